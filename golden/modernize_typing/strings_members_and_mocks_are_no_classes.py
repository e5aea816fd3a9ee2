# args: --target-version 3.10
# skips: 14 T08-operand
# skips: 14 T08-operand
# skips: 14 T08-operand
# skips: 14 T08-operand
import enum
from typing import Optional
from unittest.mock import Mock

NAME = "Node"
Fake = Mock()


class Colour(str, enum.Enum):
    RED_ONE = "red"


def make(cls):
    def f(a: Optional[NAME], b: Optional[Fake], c: Optional[Colour.RED_ONE], d: Optional[cls]) -> None: ...
