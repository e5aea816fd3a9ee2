# args: --target-version 3.10
from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Union

if TYPE_CHECKING:
    from app.user import User


def owner(a: Optional["User"], b: Union["User", int]) -> Optional["User"]: ...
# output
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.user import User


def owner(a: User | None, b: User | int) -> User | None: ...
