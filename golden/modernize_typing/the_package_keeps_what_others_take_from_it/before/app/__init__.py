from typing import Dict, List, Optional


def f(a: List[int]) -> Optional[int]: ...
