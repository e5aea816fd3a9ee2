from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def one(x: Decimal) -> None: ...
