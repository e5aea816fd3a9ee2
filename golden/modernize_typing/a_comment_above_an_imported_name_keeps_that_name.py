# args: --target-version 3.10
# skips: 1 T22-kept
from typing import (
    Any,
    # drop with 3.8
    List,
    Union,
)
def f(a: Union[str, Any], b: List[int]): ...
# output
from typing import (
    Any,
    # drop with 3.8
    List,
)
def f(a: str | Any, b: list[int]): ...
