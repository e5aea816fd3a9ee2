# args: --target-version 3.10
import typing as t
from typing import Dict, List, Literal, Optional, Union

limit: None | Optional[None | int] = None
nothing: None | Optional[None] = None
inside: list[None | Optional[None | int]] = []
quoted: "None | Optional[None | int]" = None
behind: Optional[int] | None = None
parted: (None) | (Optional[(None | int)]) = None
first: int | Optional[int] | str = 0
nested: Dict[str, None | t.Union[None, List[int], list[int]]] = {}
halves: Union[int, str] | Union[str, bytes] = 0
brought: List[int] | list[int] = []
values: Optional[Literal["None"]] | Literal["None"] = None
Alias = None | Optional[None | str]


def f(x: Optional["X"] | None, *y: "X" | Optional["X | int"]) -> "X | None | Optional[X]": ...


class X: ...
# output
from typing import Literal

limit: int | None = None
nothing: None = None
inside: list[int | None] = []
quoted: "int | None" = None
behind: int | None = None
parted: int | None = None
first: int | None | str = 0
nested: dict[str, None | list[int]] = {}
halves: int | str | bytes = 0
brought: list[int] = []
values: Literal["None"] | None = None
Alias = str | None


def f(x: "X | None", *y: "X | int | None") -> "X | None": ...


class X: ...
