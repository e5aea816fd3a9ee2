# args: --target-version 3.10
# skips: 4 T22-kept
from typing import *


def f(a: Optional[int], b: List[str], c: Callable[[], int]) -> Any: ...
# output
from typing import *


def f(a: int | None, b: list[str], c: Callable[[], int]) -> Any: ...
