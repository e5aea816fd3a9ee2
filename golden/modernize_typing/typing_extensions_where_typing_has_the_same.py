# args: --target-version 3.10
from typing_extensions import Annotated, Literal, Protocol, Self, TypeAlias, TypedDict

Mode: TypeAlias = Literal["r", "w"]


class Movie(TypedDict):
    name: Annotated[str, "title"]


class Reader(Protocol):
    def read(self) -> Self: ...
# output
from typing import Annotated, Literal, TypeAlias

from typing_extensions import Protocol, Self, TypedDict

Mode: TypeAlias = Literal["r", "w"]


class Movie(TypedDict):
    name: Annotated[str, "title"]


class Reader(Protocol):
    def read(self) -> Self: ...
