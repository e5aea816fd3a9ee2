from __future__ import annotations

from typing import TYPE_CHECKING

from store import load

if TYPE_CHECKING:
    from decimal import Decimal


def price(name: str) -> Decimal | None:
    try:
        load(name)
    except Exception:
        return None
    return None
