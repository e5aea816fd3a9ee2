# args: --target-version 3.10
# skips: 1 T24-clash
from typing import Dict, List


def outer():
    class List: ...

    def inner(a: List, b: Dict[str, int]) -> None: ...

    return inner


def other(a: List[int]) -> None: ...
# output
from typing import List


def outer():
    class List: ...

    def inner(a: List, b: dict[str, int]) -> None: ...

    return inner


def other(a: list[int]) -> None: ...
