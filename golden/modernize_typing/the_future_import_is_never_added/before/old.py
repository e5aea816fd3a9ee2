from typing import Dict, List, Optional, Union


def f(a: Optional[int], b: Union[int, str]) -> Dict[str, List[int]]: ...
