# args: --target-version 3.10
# skips: 3 T13-value
from typing import List, Union

Number = Union[int, float]
Numbers = Number.copy_with((int, str))


def f(a: List[int]) -> None: ...
# output
from typing import Union

Number = Union[int, float]
Numbers = Number.copy_with((int, str))


def f(a: list[int]) -> None: ...
