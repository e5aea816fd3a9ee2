# args: --target-version 3.10
# skips: 4 T13-value
# skips: 5 T13-value
from typing import Dict, List


def f(kind=List[int]):
    return Dict[str, int]
