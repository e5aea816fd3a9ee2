# args: --target-version 3.11
from typing import List, TypeVar, Union

T = TypeVar("T")
Rows = List[T]
Either = Union[Rows[T], None]


def show(either: Either["Node"]) -> None: ...


class Node: ...
# output
from typing import TypeVar

T = TypeVar("T")
Rows = list[T]
Either = Rows[T] | None


def show(either: Either["Node"]) -> None: ...


class Node: ...
