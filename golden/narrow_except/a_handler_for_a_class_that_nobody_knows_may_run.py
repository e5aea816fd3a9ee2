# args: --unsafe
# path: shop.py
# skips: 13 N01-unknown
import warehouse


class Gone(Exception):
    """What the shop says instead."""


def stock(name: str) -> int:
    try:
        return warehouse.count(name)
    except warehouse.Broken:
        raise Gone
    except Exception:
        return 0


def price(prices: dict, name: str) -> int:
    try:
        return prices[name] * stock(name)
    except Exception:
        return 0
# output
import warehouse


class Gone(Exception):
    """What the shop says instead."""


def stock(name: str) -> int:
    try:
        return warehouse.count(name)
    except warehouse.Broken:
        raise Gone
    except Exception:
        return 0


def price(prices: dict, name: str) -> int:
    try:
        return prices[name] * stock(name)
    except (KeyError, Gone):
        return 0
