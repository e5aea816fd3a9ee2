# args: --target-version 3.10
# skips: 10 T03-bare-string
# skips: 10 T06-may-be-none
# skips: 12 T03-bare-string
# skips: 12 T06-may-be-none
from typing import Callable, Dict, Optional, Union

try:
    from numpy import ndarray
except ImportError:
    ndarray = None


class Board:
    cells: Dict["Cell", Union[ndarray, int]]

    def pick(self) -> Callable[["Cell"], Optional[ndarray]]: ...


class Cell: ...
