# args: --unsafe
# path: shop.py
# skips: 17 N02-nothing
import logging

log = logging.getLogger(__name__)


def price(prices: dict[str, int], name: str) -> int:
    try:
        log.info("price of %s", name)
        return prices[name]
    except Exception:
        return 0


def told(name: str) -> None:
    try:
        log.info("price of %s", name)
    except Exception:
        print("not logged")
# output
import logging

log = logging.getLogger(__name__)


def price(prices: dict[str, int], name: str) -> int:
    try:
        log.info("price of %s", name)
        return prices[name]
    except KeyError:
        return 0


def told(name: str) -> None:
    try:
        log.info("price of %s", name)
    except Exception:
        print("not logged")
