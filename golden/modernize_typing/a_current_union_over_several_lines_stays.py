# args: --target-version 3.10
from typing import Any


def f(
    a: (
        int
        | str
    ),
    b: dict[
        str, Any
    ],
) -> None: ...
