# args: --unsafe
# path: shop.py
# skips: 15 N13-isolates
import logging

log = logging.getLogger(__name__)


def ship(order: str) -> None:
    if not order:
        raise ValueError("empty")


def ship_all(orders: list[str]) -> None:
    for order in orders:
        try:
            ship(order)
        except Exception:
            log.exception("cannot ship %s", order)
