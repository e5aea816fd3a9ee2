# args: --target-version 3.10
# skips: 9 T07-function
# skips: 11 T08-operand
from typing import Optional


class Box:
    def item(self): ...

    size = 3

    def f(self, x: Optional[item]) -> None: ...

    def g(self, x: Optional[size]) -> None: ...

    def h(self, x: Optional[int]) -> None: ...
# output
from typing import Optional


class Box:
    def item(self): ...

    size = 3

    def f(self, x: Optional[item]) -> None: ...

    def g(self, x: Optional[size]) -> None: ...

    def h(self, x: int | None) -> None: ...
