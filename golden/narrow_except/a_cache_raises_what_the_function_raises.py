# args: --unsafe
# path: shop.py
import functools

PRICES = {"apple": 3}


@functools.lru_cache
def price(name: str) -> int:
    return PRICES[name]


def shown(name: str) -> int:
    try:
        return price(name)
    except Exception:
        return 0
# output
import functools

PRICES = {"apple": 3}


@functools.lru_cache
def price(name: str) -> int:
    return PRICES[name]


def shown(name: str) -> int:
    try:
        return price(name)
    except KeyError:
        return 0
