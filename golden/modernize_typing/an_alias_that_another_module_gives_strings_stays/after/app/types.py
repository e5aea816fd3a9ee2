from typing import List, TypeVar

T = TypeVar("T")
Rows = List[T]
Maybe = int | None
