# args: --target-version 3.11
# skips: 6 T16-not-types
from typing import List, Union

TYPES = (int, str)


def f(a: Union[*TYPES]) -> None: ...
def g(a: List[int]) -> None: ...
# output
from typing import Union

TYPES = (int, str)


def f(a: Union[*TYPES]) -> None: ...
def g(a: list[int]) -> None: ...
