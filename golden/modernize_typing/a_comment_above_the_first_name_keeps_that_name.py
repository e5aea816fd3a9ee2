# args: --target-version 3.10
# skips: 1 T22-kept
from typing import (
    # first
    List,
    Dict,
)
def f(a: List[int], b: Dict[str, int]): ...
# output
from typing import (
    # first
    List,
)
def f(a: list[int], b: dict[str, int]): ...
