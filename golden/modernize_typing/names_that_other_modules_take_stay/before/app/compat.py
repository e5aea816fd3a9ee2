from typing import Any, Dict, List, Optional, Set, Union


def f(a: List[int], b: Optional[Dict[str, Any]], c: Union[int, str], d: Set[int]) -> None: ...
