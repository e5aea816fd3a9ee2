# args: --target-version 3.10
from collections.abc import Callable, Generator
from typing import Any


def f(a: Callable[[], None], b: dict[str, None]) -> Generator[None, Any, None]: ...
