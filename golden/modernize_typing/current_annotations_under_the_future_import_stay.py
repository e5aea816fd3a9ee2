# args: --target-version 3.10
from __future__ import annotations

from typing import Any


class Node:
    parent: Node | None

    def f(self, a: list[Node], b: Any) -> dict[str, Node | None]: ...
