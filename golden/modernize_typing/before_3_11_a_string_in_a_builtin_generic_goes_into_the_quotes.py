# args: --target-version 3.10
from typing import Callable, List


class Node:
    def children(self) -> List["Node"]: ...

    def visit(self, visitor: Callable[["Node"], None]) -> None: ...
# output
from collections.abc import Callable


class Node:
    def children(self) -> "list[Node]": ...

    def visit(self, visitor: "Callable[[Node], None]") -> None: ...
