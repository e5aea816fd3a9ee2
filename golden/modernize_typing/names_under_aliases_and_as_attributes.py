# args: --target-version 3.10
import typing
import typing as t
from typing import Callable as Fn, List as L, Optional as Opt


def f(a: L[int], b: Opt[Fn[[], int]], c: t.Dict[str, int]) -> typing.Optional[t.Iterable[int]]: ...
# output
from collections.abc import Callable as Fn, Iterable


def f(a: list[int], b: Fn[[], int] | None, c: dict[str, int]) -> Iterable[int] | None: ...
