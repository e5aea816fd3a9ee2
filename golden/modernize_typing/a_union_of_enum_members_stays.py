# args: --target-version 3.10
# skips: 10 T08-operand
from enum import Enum
from typing import Union


class Color(Enum):
    RED = 1
    BLUE = 2


def f(a: Union[Color.RED, Color.BLUE]) -> None: ...
