# args: --target-version 3.10
from typing import Dict, List, NamedTuple, NewType, Optional, TypedDict, TypeVar, Union, cast

Ids = NewType("Ids", List[int])
T = TypeVar("T", bound=Union[int, str])
S = TypeVar("S", List[int], Dict[str, int])
Point = NamedTuple("Point", [("x", Optional[int]), ("y", "Optional[int]")])
Movie = TypedDict("Movie", {"name": Optional[str], "cast": List["Movie"]})


def f(x):
    return cast("Optional[List[int]]", x), cast(Optional["Movie"], x), cast(List[int], x)
# output
from typing import NamedTuple, NewType, TypedDict, TypeVar, cast

Ids = NewType("Ids", list[int])
T = TypeVar("T", bound=int | str)
S = TypeVar("S", list[int], dict[str, int])
Point = NamedTuple("Point", [("x", int | None), ("y", "int | None")])
Movie = TypedDict("Movie", {"name": str | None, "cast": "list[Movie]"})


def f(x):
    return cast("list[int] | None", x), cast("Movie | None", x), cast(list[int], x)
