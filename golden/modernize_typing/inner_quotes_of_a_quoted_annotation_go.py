# args: --target-version 3.10
from typing import List, Literal, Optional, Union


def f(a: "Optional['B']", b: "Union['B', List['C']]", c: "Optional[Literal['x']]") -> None: ...


class B: ...


class C: ...
# output
from typing import Literal


def f(a: "B | None", b: "B | list[C]", c: "Literal['x'] | None") -> None: ...


class B: ...


class C: ...
