# args: --target-version 3.10
# skips: 9 T12-variable
from dataclasses import dataclass
from typing import Generic, List, Optional, TypeVar

T = TypeVar("T")


@dataclass
class Box(Generic[T]):
    many: Optional[List[T]]
    one: Optional[T]
    rest: List[T]
# output
from dataclasses import dataclass
from typing import Generic, Optional, TypeVar

T = TypeVar("T")


@dataclass
class Box(Generic[T]):
    many: Optional[list[T]]
    one: T | None
    rest: list[T]
