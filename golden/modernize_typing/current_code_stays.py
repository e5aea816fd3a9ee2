# args: --target-version 3.10
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


def f(a: int | None, b: list[str], c: Callable[[], T]) -> dict[str, Any] | Iterable[T]: ...
