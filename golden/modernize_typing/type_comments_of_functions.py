# args: --target-version 3.10
from typing import Dict, List, Optional


def f(a, b):
    # type: (Dict[str, int], Optional[str]) -> List[int]
    return []
# output
def f(a, b):
    # type: (dict[str, int], str | None) -> list[int]
    return []
