# args: --target-version 3.10
# skips: 4 T03-bare-string
# skips: 5 T03-bare-string
# skips: 5 T03-bare-string
# skips: 7 T03-bare-string
from typing import Callable, Dict, List, TypeVar, Union

T = TypeVar("T")
Rows = List[T]
Makes = Callable[[T], Rows[T]]
Table = Dict[str, T]
Either = Union[Rows[T], Makes[T]]


def show(either: Either["Node"], table: Table[int]) -> None: ...


class Node: ...
# output
from typing import Callable, List, TypeVar, Union

T = TypeVar("T")
Rows = List[T]
Makes = Callable[[T], Rows[T]]
Table = dict[str, T]
Either = Union[Rows[T], Makes[T]]


def show(either: Either["Node"], table: Table[int]) -> None: ...


class Node: ...
