# args: --target-version 3.10
# skips: 1 T22-kept
from typing import (
    List,  # a list
    Dict,
)
def f(a: List[int], b: Dict[str, int]): ...
# output
from typing import (
    List,  # a list
)
def f(a: list[int], b: dict[str, int]): ...
