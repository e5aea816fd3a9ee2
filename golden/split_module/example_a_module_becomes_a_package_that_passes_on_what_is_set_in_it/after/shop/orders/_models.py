from __future__ import annotations

from decimal import Decimal

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


# ---- orders ----


class Order:
    """One order."""

    def __init__(self, lines: list[Decimal]) -> None:
        self.lines = lines
