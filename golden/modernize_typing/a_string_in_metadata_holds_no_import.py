# args: --target-version 3.10
from typing import Annotated, Dict, List, Literal, Optional


class B:
    def f(
        self,
        a: "List['B']",
        b: "Optional[Literal['B']]",
        c: "Dict[Literal['List'], Optional['B']]",
        d: "Optional[Annotated[int, 'List[int]']]",
    ) -> "Optional[List['B']]": ...
# output
from typing import Annotated, Literal


class B:
    def f(
        self,
        a: "list[B]",
        b: "Literal['B'] | None",
        c: "dict[Literal['List'], B | None]",
        d: "Annotated[int, 'List[int]'] | None",
    ) -> "list[B] | None": ...
