# args: --target-version 3.9
from __future__ import annotations

from typing import Dict, Optional


class Node:
    def up(self) -> Optional["Node"]: ...

    def named(self) -> Dict[str, Optional["Node"]]: ...
# output
from __future__ import annotations


class Node:
    def up(self) -> Node | None: ...

    def named(self) -> dict[str, Node | None]: ...
