# args: --target-version 3.10
import typing
from typing import Dict, List, NewType, Optional, TypeVar, cast as as_type

T = TypeVar("T", bound="Optional[Node]")
S = TypeVar("S", bound=List[int])
Ids = NewType("Ids", Dict[str, int])


class Node:
    def f(self, x):
        a = as_type("Dict[str, Optional[Node]]", x)
        b = typing.cast(Optional[int], x)
        return a, b
# output
import typing
from typing import NewType, TypeVar, cast as as_type

T = TypeVar("T", bound="Node | None")
S = TypeVar("S", bound=list[int])
Ids = NewType("Ids", dict[str, int])


class Node:
    def f(self, x):
        a = as_type("dict[str, Node | None]", x)
        b = typing.cast(int | None, x)
        return a, b
