# args: --target-version 3.10
# skips: 7 T12-variable
# skips: 8 T12-variable
# skips: 15 T12-variable
from typing import Callable, List, Optional, TypeVar, Union

from typing_extensions import TypeAlias

T = TypeVar("T")

One = Union[List[T], T]
Maybe = Optional[T]
Other = Union[List[T], int]
Call = Callable[[Optional[T]], T]
Said: TypeAlias = Optional[T]


class Box:
    Item = Union[T, List[T], str]

    def get(self, key: T) -> Optional[T]: ...
# output
from collections.abc import Callable
from typing import Optional, TypeAlias, TypeVar, Union

T = TypeVar("T")

One = Union[list[T], T]
Maybe = Optional[T]
Other = list[T] | int
Call = Callable[[T | None], T]
Said: TypeAlias = T | None


class Box:
    Item = Union[T, list[T], str]

    def get(self, key: T) -> T | None: ...
