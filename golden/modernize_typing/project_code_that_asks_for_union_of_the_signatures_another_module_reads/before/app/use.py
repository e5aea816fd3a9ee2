from typing import List, Optional


def f(a: Optional[int], b: List[int]) -> None: ...
