# args: --target-version 3.9
# skips: 10 T00-target
from typing import Callable, Iterable, TypeVar

from typing_extensions import ParamSpec

P = ParamSpec("P")
R = TypeVar("R")



def wrap(function: Callable[P, R], names: Iterable[str]) -> None: ...
# output
from collections.abc import Iterable
from typing import Callable, TypeVar

from typing_extensions import ParamSpec

P = ParamSpec("P")
R = TypeVar("R")



def wrap(function: Callable[P, R], names: Iterable[str]) -> None: ...
