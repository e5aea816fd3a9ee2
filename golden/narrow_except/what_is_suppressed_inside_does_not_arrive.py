# args: --unsafe
# path: shop.py
# skips: 17 N02-nothing
import contextlib


def forget(prices: dict[str, int], names: list[str]) -> bool:
    try:
        with contextlib.suppress(KeyError):
            del prices[names[0]]
    except Exception:
        return False
    return True


def all_of_it(prices: dict[str, int]) -> bool:
    try:
        with contextlib.suppress(KeyError):
            del prices["apple"]
    except Exception:
        return False
    return True
# output
import contextlib


def forget(prices: dict[str, int], names: list[str]) -> bool:
    try:
        with contextlib.suppress(KeyError):
            del prices[names[0]]
    except IndexError:
        return False
    return True


def all_of_it(prices: dict[str, int]) -> bool:
    try:
        with contextlib.suppress(KeyError):
            del prices["apple"]
    except Exception:
        return False
    return True
