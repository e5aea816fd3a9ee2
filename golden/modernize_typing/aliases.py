# args: --target-version 3.10
# skips: 7 T03-bare-string
# skips: 8 T01-string
# skips: 16 T13-value
from typing import Any, Callable, Dict, List, Optional, TypeAlias, Union

JSON = Union[str, int, Dict[str, Any], List[Any], None]
Handler = Callable[[JSON], Optional[str]]
Scalar: TypeAlias = Union[int, float]
Later: TypeAlias = "Optional[Node]"
Node = Dict[str, "int"]
Forward = Optional["Node"]


class Config:
    Value = Optional[str]


def f():
    Local = Optional[int]
    return Local
# output
from collections.abc import Callable
from typing import Any, Dict, Optional, TypeAlias

JSON = str | int | dict[str, Any] | list[Any] | None
Handler = Callable[[JSON], str | None]
Scalar: TypeAlias = int | float
Later: TypeAlias = "Node | None"
Node = Dict[str, "int"]
Forward = Optional["Node"]


class Config:
    Value = str | None


def f():
    Local = Optional[int]
    return Local
