# args: --target-version 3.10
from typing import NamedTuple, NewType, TypedDict, TypeVar, cast

T = TypeVar("T", bound="Node | None")
Ids = NewType("Ids", list[int])
Point = NamedTuple("Point", [("x", int | None)])
Movie = TypedDict("Movie", {"Optional": str, "List[int]": int})


def f(x):
    return cast("list[int]", x)
