# args: --target-version 3.10
from typing import AbstractSet, Any, Callable, ContextManager, Iterable, Pattern, Text


def f(a: Callable[[int], Any], b: Iterable[str], c: AbstractSet[int]) -> ContextManager[None]: ...


def g(a: Pattern[str], b: Text) -> Callable[..., Any]: ...
# output
from collections.abc import Callable, Iterable, Set as AbstractSet
from contextlib import AbstractContextManager
from re import Pattern
from typing import Any


def f(a: Callable[[int], Any], b: Iterable[str], c: AbstractSet[int]) -> AbstractContextManager[None]: ...


def g(a: Pattern[str], b: str) -> Callable[..., Any]: ...
