# args: --target-version 3.10
from typing import Set, Type


def outer(type: str, items: Set[int]) -> None:
    def inner(a: Type[int], b: Set[int]) -> None: ...
# output
import builtins


def outer(type: str, items: set[int]) -> None:
    def inner(a: builtins.type[int], b: set[int]) -> None: ...
