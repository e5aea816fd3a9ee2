# args: --target-version 3.10
# skips: 1 T22-kept
from typing import (
    Callable,  # called
    Iterable,
    Any,
)
def f(a: Callable[[], int], b: Iterable[Any]): ...
# output
from collections.abc import Iterable
from typing import (
    Callable,  # called
    Any,
)
def f(a: Callable[[], int], b: Iterable[Any]): ...
