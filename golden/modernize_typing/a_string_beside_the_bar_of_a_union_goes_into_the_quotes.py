# args: --target-version 3.10
# skips: 7 T01-string
from typing import List, Literal, Optional


def f(a: Optional[int] | "B", b: List[int] | "B", c: Literal[1] | "B", d: "B" | Optional[int]) -> None: ...


Alias = Optional[int] | "B"


class B: ...
# output
from typing import Literal, Optional


def f(a: "int | None | B", b: "list[int] | B", c: Literal[1] | "B", d: "B | int | None") -> None: ...


Alias = Optional[int] | "B"


class B: ...
