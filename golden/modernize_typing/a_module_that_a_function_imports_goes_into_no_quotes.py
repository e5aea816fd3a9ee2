# args: --target-version 3.10
# skips: 7 T03-bare-string
from typing import ContextManager, Dict


def outer():
    import contextlib

    def inner(a: Dict["Later", ContextManager[int]], b: Dict["Later", int]) -> None: ...

    return contextlib, inner


class Later: ...
# output
from typing import Dict


def outer():
    import contextlib

    def inner(a: Dict["Later", contextlib.AbstractContextManager[int]], b: "dict[Later, int]") -> None: ...

    return contextlib, inner


class Later: ...
