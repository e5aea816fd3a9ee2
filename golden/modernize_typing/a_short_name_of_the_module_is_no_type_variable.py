# args: --target-version 3.10
import typing as t


class A(t.Iterable[t.Union[int, bytes]]):
    x: "t.Optional[int]"
# output
from collections.abc import Iterable


class A(Iterable[int | bytes]):
    x: "int | None"
