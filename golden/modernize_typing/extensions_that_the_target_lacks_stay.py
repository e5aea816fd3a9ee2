# args: --target-version 3.10
from typing_extensions import Literal, Self, TypedDict, override


class A(TypedDict):
    a: Literal["x"]


class B:
    @override
    def f(self) -> Self: ...
# output
from typing import Literal

from typing_extensions import Self, TypedDict, override


class A(TypedDict):
    a: Literal["x"]


class B:
    @override
    def f(self) -> Self: ...
