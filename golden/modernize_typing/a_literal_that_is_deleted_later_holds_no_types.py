# args: --target-version 3.10
# skips: 4 T08-operand
from typing import List, Literal, Optional


def f(a: Optional[Literal["List[int]"]], b: "List[Literal['B']]", c: List[int]) -> None: ...


del Literal
# output
from typing import Literal, Optional


def f(a: Optional[Literal["List[int]"]], b: "list[Literal['B']]", c: list[int]) -> None: ...


del Literal
