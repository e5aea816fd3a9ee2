# args: --target-version 3.10
# skips: 10 T13-value
from typing import Callable, Dict


def same(x: type) -> "Callable[[Callable[..., int]], Callable[..., int]]":
    return lambda f: f


def outer() -> "Callable[..., int]":

    @same(Dict[str, int])
    @same(int)
    @same(str)
    def inner() -> int:
        return 1

    return inner
# output
from collections.abc import Callable
from typing import Dict


def same(x: type) -> "Callable[[Callable[..., int]], Callable[..., int]]":
    return lambda f: f


def outer() -> "Callable[..., int]":

    @same(Dict[str, int])
    @same(int)
    @same(str)
    def inner() -> int:
        return 1

    return inner
