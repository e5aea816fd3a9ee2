# args: --target-version 3.8
# skips: 9 T00-target
# skips: 9 T00-target
from typing import Optional, List, Union, Callable
async def g():
    x: "Optional[int]" = 1
    y: List["Optional[int]"] = []
    z: "Callable[[List[int]], Union[str, 'K']]"
    if (w := 1):
        self_v: "List[int]" = 0
    class K:
        a: "Optional[int]" = 1
        def f(self) -> "List[int]":
            self.q: "Optional[K]" = None
# output
from collections.abc import Callable
from typing import Optional, List
async def g():
    x: int | None = 1
    y: list[int | None] = []
    z: Callable[[list[int]], str | K]
    if (w := 1):
        self_v: list[int] = 0
    class K:
        a: "Optional[int]" = 1
        def f(self) -> "List[int]":
            self.q: K | None = None
