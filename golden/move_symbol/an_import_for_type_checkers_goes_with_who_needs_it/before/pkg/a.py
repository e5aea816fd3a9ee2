from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType, TracebackType


def cut(text: ModuleType) -> None:
    pass


def trim(text: TracebackType) -> None:
    pass
