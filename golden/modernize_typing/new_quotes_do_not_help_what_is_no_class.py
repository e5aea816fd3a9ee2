# args: --target-version 3.10
# skips: 15 T09-metaclass
# skips: 16 T07-function
# skips: 18 T07-function
from typing import Callable, Dict, List, Optional, Union


class Meta(type):
    def __or__(cls, other): ...


class Odd(metaclass=Meta): ...


def made(): ...


class Board:
    cells: Dict["Cell", Union[Odd, int]]
    rows: Dict["Cell", Union[made, "Cell"]]

    def pick(self, by: Callable[["Cell"], List[Optional[made]]]) -> None: ...


class Cell: ...
# output
from collections.abc import Callable
from typing import Optional, Union


class Meta(type):
    def __or__(cls, other): ...


class Odd(metaclass=Meta): ...


def made(): ...


class Board:
    cells: "dict[Cell, Union[Odd, int]]"
    rows: "dict[Cell, Union[made, Cell]]"

    def pick(self, by: "Callable[[Cell], list[Optional[made]]]") -> None: ...


class Cell: ...
