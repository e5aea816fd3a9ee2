# args: --target-version 3.10
from typing import Callable, Optional

handler: Callable[[Optional[int]], Optional["Node"]] = lambda x: None


class Node:
    def f(self, g: Callable[..., Optional["Node"]] = lambda *a: None) -> None: ...
# output
from collections.abc import Callable

handler: "Callable[[int | None], Node | None]" = lambda x: None


class Node:
    def f(self, g: "Callable[..., Node | None]" = lambda *a: None) -> None: ...
