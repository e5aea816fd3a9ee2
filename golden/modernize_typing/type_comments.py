# args: --target-version 3.10
from typing import Dict, List, Optional


def f(a, *b):
    # type: (List[int], *Optional[str]) -> Optional[Dict[str, int]]
    x = []  # type: List[int]
    for y in b:  # type: ignore
        pass
# output
def f(a, *b):
    # type: (list[int], *str | None) -> dict[str, int] | None
    x = []  # type: list[int]
    for y in b:  # type: ignore
        pass
