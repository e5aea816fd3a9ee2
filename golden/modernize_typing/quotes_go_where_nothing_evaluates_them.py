# args: --target-version 3.10 --only quotes
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app import User


class Node:
    other: "Node"
    user: list["User"]

    def f(self, a: "User", b: list["Node"], c: "Literal") -> "Node":
        x: "Node" = a
        return {"a": "Node"}
# output
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app import User


class Node:
    other: Node
    user: list["User"]

    def f(self, a: User, b: list[Node], c: "Literal") -> Node:
        x: Node = a
        return {"a": "Node"}
