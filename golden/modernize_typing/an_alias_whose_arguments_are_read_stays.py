# args: --target-version 3.10
# skips: 3 T13-value
from typing import List, Union

Number = Union[int, float]


def check(x: Number, xs: List[int]) -> bool:
    return isinstance(x, Number.__args__)
# output
from typing import Union

Number = Union[int, float]


def check(x: Number, xs: list[int]) -> bool:
    return isinstance(x, Number.__args__)
