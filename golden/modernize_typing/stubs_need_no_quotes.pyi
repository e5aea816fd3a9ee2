# args: --target-version 3.8
from typing import Callable, Dict, List, Optional, Union

Alias = Union[int, "Node"]

class Node:
    parent: Optional["Node"]
    def children(self) -> List["Node"]: ...
    def visit(self, visitor: Callable[["Node"], None]) -> "Dict[str, Node]": ...
# output
from collections.abc import Callable

Alias = int | Node

class Node:
    parent: Node | None
    def children(self) -> list[Node]: ...
    def visit(self, visitor: Callable[[Node], None]) -> dict[str, Node]: ...
