"""Sums of orders."""

from __future__ import annotations

import logging
from decimal import Decimal

from ..money import cents
from ._models import Order

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


log = logging.getLogger(__name__)


# ---- sums ----


def total(order: Order) -> int:
    """The sum in cents."""
    log.debug("total of %s", order)
    return cents(_sum(order))


def _sum(order: Order) -> Decimal:
    # exact
    return sum(order.lines, Decimal(0))
