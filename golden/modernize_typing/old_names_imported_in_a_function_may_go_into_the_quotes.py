# args: --target-version 3.10
from typing import Callable


def outer():
    from typing import Dict as D, Optional as O

    def inner(a: D[str, Callable[[None], "int"]], b: "O[int]") -> O["int"]: ...

    return inner
# output
from collections.abc import Callable


def outer():
    def inner(a: "dict[str, Callable[[None], int]]", b: "int | None") -> "int | None": ...

    return inner
