# args: --target-version 3.10
from collections import namedtuple
from typing import Any, Dict, Literal, NamedTuple, NewType, Optional, TypeVar

T = TypeVar("T")
UserId = NewType("UserId", int)
Pair = namedtuple("Pair", "a b")
Row = NamedTuple("Row", [("a", int)])
Names = Dict[str, int]
Text = str


class Outer:
    class Inner: ...


def f(
    a: Optional[T],
    b: Optional[UserId],
    c: Optional[Pair],
    d: Optional[Row],
    e: Optional[Names],
    g: Optional[Outer.Inner],
    h: Optional[Literal["x"]],
    i: Optional[Any],
    j: Optional[Text],
) -> None: ...
# output
from collections import namedtuple
from typing import Any, Literal, NamedTuple, NewType, TypeVar

T = TypeVar("T")
UserId = NewType("UserId", int)
Pair = namedtuple("Pair", "a b")
Row = NamedTuple("Row", [("a", int)])
Names = dict[str, int]
Text = str


class Outer:
    class Inner: ...


def f(
    a: T | None,
    b: UserId | None,
    c: Pair | None,
    d: Row | None,
    e: Names | None,
    g: Outer.Inner | None,
    h: Literal["x"] | None,
    i: Any | None,
    j: Text | None,
) -> None: ...
