"""Orders."""

from __future__ import annotations

import logging
from decimal import Decimal

from .money import cents

__all__ = ["Order", "total"]

log = logging.getLogger(__name__)


# ---- orders ----


class Order:
    """One order."""

    def __init__(self, lines: list[Decimal]) -> None:
        self.lines = lines


# ---- sums ----


def total(order: Order) -> int:
    """The sum in cents."""
    log.debug("total of %s", order)
    return cents(_sum(order))


def _sum(order: Order) -> Decimal:
    # exact
    return sum(order.lines, Decimal(0))
