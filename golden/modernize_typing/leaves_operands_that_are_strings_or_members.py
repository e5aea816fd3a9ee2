# args: --target-version 3.10
# skips: 17 T08-operand
# skips: 18 T08-operand
# skips: 19 T08-operand
from enum import Enum
from typing import Optional, Union
from unittest.mock import Mock

NAME = "Node"
Later = "Node"
Fake = Mock()


class Color(Enum):
    RED = 1


class Node: ...


def a(x: Optional[NAME]) -> None: ...
def b(x: Union[Later, int]) -> None: ...
def c(x: Optional[Fake]) -> None: ...
def d(x: Optional[Color]) -> None: ...
# output
from enum import Enum
from typing import Optional, Union
from unittest.mock import Mock

NAME = "Node"
Later = "Node"
Fake = Mock()


class Color(Enum):
    RED = 1


class Node: ...


def a(x: Optional[NAME]) -> None: ...
def b(x: Union[Later, int]) -> None: ...
def c(x: Optional[Fake]) -> None: ...
def d(x: Color | None) -> None: ...
