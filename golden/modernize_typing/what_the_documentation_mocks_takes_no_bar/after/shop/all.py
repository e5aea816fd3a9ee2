from typing import List, Optional, Union

import eighth
import fourth.x
import third
import tkinter
from fifth import Fifth
from seventh import Seventh
from sixth import Sixth
from third import Top
from third.sub import Low

from .types import Grid

Local = eighth.Thing


def f(a: Optional[Grid], b: Grid | Optional[int], c: Union[str, Fifth], d: list[Fifth]) -> None: ...
def g(a: Optional[Sixth[int]], b: Union[Seventh, None], c: Optional[fourth.x.Thing]) -> None: ...
def h(a: Optional[Low], b: Optional[third.sub.Thing], c: Optional[tkinter.Tk], d: Optional[Local]) -> None: ...
def i(a: Top | None, b: third.other.Thing | None, c: int | None) -> None: ...
def j(a: Fifth | List[int], b: "Fifth | None") -> None:
    local: Fifth | None = None
