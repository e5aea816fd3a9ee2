# args: --target-version 3.10
import typing
from typing import Callable


def f(a: typing.Callable[..., int], b: Callable[..., int]) -> None: ...
# output
from collections.abc import Callable


def f(a: Callable[..., int], b: Callable[..., int]) -> None: ...
