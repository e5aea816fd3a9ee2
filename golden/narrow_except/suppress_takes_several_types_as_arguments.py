# args: --unsafe
# path: shop.py
from contextlib import suppress


def total(prices: dict[str, str], names: list[str]) -> int:
    result = 0
    with suppress(Exception):
        result = int(prices[names[0]])
    return result
# output
from contextlib import suppress


def total(prices: dict[str, str], names: list[str]) -> int:
    result = 0
    with suppress(IndexError, KeyError, ValueError):
        result = int(prices[names[0]])
    return result
