# args: --target-version 3.10
# skips: 1 T22-kept
# skips: 1 T22-kept
from typing import (  # all of these
    List,
    Dict,
)
def f(a: List[int], b: Dict[str, int]): ...
# output
from typing import (  # all of these
    List,
    Dict,
)
def f(a: list[int], b: dict[str, int]): ...
