# args: --target-version 3.10
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional, Union

if TYPE_CHECKING:
    from app import User


class Node:
    parent: Optional["Node"] = None

    def owners(self) -> List["User"]: ...

    def owner(self, other: "User") -> Union["User", None]: ...
# output
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app import User


class Node:
    parent: Node | None = None

    def owners(self) -> list[User]: ...

    def owner(self, other: "User") -> User | None: ...
