from __future__ import annotations

from typing import TYPE_CHECKING

from store import load

if TYPE_CHECKING:
    from store import Missing


def price(name: str) -> str | Missing:
    try:
        return load(name)
    except Exception:
        return ""
