from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

ONE = 1


def cut(text: ModuleType) -> None:
    pass
