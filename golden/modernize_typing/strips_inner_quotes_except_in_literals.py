# args: --target-version 3.10
from typing import Dict, List, Literal, Optional


class B:
    def f(
        self,
        a: "List['B']",
        b: "Optional[Literal['B']]",
        c: "Dict[Literal['x'], Optional['B']]",
    ) -> "Optional[List['B']]": ...
# output
from typing import Literal


class B:
    def f(
        self,
        a: "list[B]",
        b: "Literal['B'] | None",
        c: "dict[Literal['x'], B | None]",
    ) -> "list[B] | None": ...
