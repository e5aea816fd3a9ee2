# args: --target-version 3.10
from typing import Any


def f(a: int | None | int, b: None, c: str | str) -> Any | None: ...
