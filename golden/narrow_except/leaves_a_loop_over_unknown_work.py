# args: --unsafe
# path: shop.py
# skips: 12 N13-isolates
import logging

import warehouse

log = logging.getLogger(__name__)


def ship_all(orders: list[str]) -> None:
    for order in orders:
        try:
            warehouse.ship(order)
        except Exception:
            log.exception("cannot ship %s", order)
            continue
