# args: --target-version 3.10
from typing import Optional, Union


class Outer:
    class Inner: ...


def f(a: Optional[Union["Outer.Inner"]], b: Union["Outer.Inner"], c: Union["int", None]) -> None: ...
# output
class Outer:
    class Inner: ...


def f(a: "Outer.Inner | None", b: "Outer.Inner", c: "int | None") -> None: ...
