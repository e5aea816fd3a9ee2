# args: --target-version 3.10
from typing import Dict, List, NamedTuple, Optional, TypedDict


class Movie(TypedDict, total=False):
    name: Optional[str]
    cast: List[str]


class Point(NamedTuple):
    x: Optional[int] = None
    names: Dict[str, int] = {}
    after: Optional["Point"] = None
# output
from typing import NamedTuple, TypedDict


class Movie(TypedDict, total=False):
    name: str | None
    cast: list[str]


class Point(NamedTuple):
    x: int | None = None
    names: dict[str, int] = {}
    after: "Point | None" = None
