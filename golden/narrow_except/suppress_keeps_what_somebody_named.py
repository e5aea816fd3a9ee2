# args: --unsafe
# path: shop.py
from contextlib import suppress


def total(text: str) -> int:
    result = 0
    with suppress(KeyError, Exception):
        result = int(text)
    return result
# output
from contextlib import suppress


def total(text: str) -> int:
    result = 0
    with suppress(KeyError, ValueError):
        result = int(text)
    return result
