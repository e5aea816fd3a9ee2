# args: --target-version 3.10
# skips: 1 T22-kept
from typing import (
    Any,
    Set,  # the last version of the interface had it
)


def f(x: Set[int]) -> Any: ...
# output
from typing import (
    Any,
    Set,  # the last version of the interface had it
)


def f(x: set[int]) -> Any: ...
