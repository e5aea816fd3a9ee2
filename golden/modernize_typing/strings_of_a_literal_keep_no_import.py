# args: --target-version 3.10
from typing import Annotated, Dict, FrozenSet, List, Literal, Optional, Set, Text, Tuple, Type, Union
from typing import Literal as L


def pick(kind: Literal["List", "Set"], xs: List[int]) -> None: ...
def odd(kind: Optional[Literal["1x", "List"]], xs: Set[int]) -> None: ...
def deep(kind: "Dict[str, Literal['Dict', 'Union[int, str]']]", other: L["Dict"]) -> None: ...
def told(kind: Annotated[int, "Tuple[int]", "Type"], xs: Tuple[int, ...], ys: Type[int]) -> None: ...
def given(kind: str = "Union", *, other: str = "Text[int]", xs: Union[int, str] = 0, y: Text = "") -> None:
    """Union and FrozenSet[int] are spoken of."""


def asked(kind: str, xs: FrozenSet[int]) -> bool:
    return kind == "FrozenSet" or kind in ("FrozenSet", "Text") or {"Text": 1}[kind] == 1
# output
from typing import Annotated, Literal
from typing import Literal as L


def pick(kind: Literal["List", "Set"], xs: list[int]) -> None: ...
def odd(kind: Literal["1x", "List"] | None, xs: set[int]) -> None: ...
def deep(kind: "dict[str, Literal['Dict', 'Union[int, str]']]", other: L["Dict"]) -> None: ...
def told(kind: Annotated[int, "Tuple[int]", "Type"], xs: tuple[int, ...], ys: type[int]) -> None: ...
def given(kind: str = "Union", *, other: str = "Text[int]", xs: int | str = 0, y: str = "") -> None:
    """Union and FrozenSet[int] are spoken of."""


def asked(kind: str, xs: frozenset[int]) -> bool:
    return kind == "FrozenSet" or kind in ("FrozenSet", "Text") or {"Text": 1}[kind] == 1
