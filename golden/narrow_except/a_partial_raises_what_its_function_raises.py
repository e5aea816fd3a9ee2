# args: --unsafe
# path: shop.py
# skips: 19 N02-nothing
import functools


def price(prices: dict[str, int], name: str) -> int:
    return prices[name]


def shown(prices: dict[str, int]) -> int:
    look = functools.partial(price, prices)
    try:
        return look("apple")
    except Exception:
        return 0


def made(prices: dict[str, int]) -> int:
    try:
        look = functools.partial(price, prices)
    except Exception:
        return 0
    return look("apple")
# output
import functools


def price(prices: dict[str, int], name: str) -> int:
    return prices[name]


def shown(prices: dict[str, int]) -> int:
    look = functools.partial(price, prices)
    try:
        return look("apple")
    except KeyError:
        return 0


def made(prices: dict[str, int]) -> int:
    try:
        look = functools.partial(price, prices)
    except Exception:
        return 0
    return look("apple")
