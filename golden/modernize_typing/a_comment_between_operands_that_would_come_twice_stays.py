# args: --target-version 3.10
# skips: 6 T25-comment
from typing import Optional


def f(
    x: (
        None  # at first
        | Optional[int]
    ),
) -> None: ...
