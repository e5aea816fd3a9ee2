from typing import List, Optional, TypeVar

T = TypeVar("T")
Rows = List[T]
Maybe = Optional[int]
