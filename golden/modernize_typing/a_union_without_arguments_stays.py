# args: --target-version 3.10
# skips: 4 T13-value
from typing import Optional, Union


def f(kind: Union, other: Optional[int]) -> None: ...
# output
from typing import Union


def f(kind: Union, other: int | None) -> None: ...
