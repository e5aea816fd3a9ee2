# args: --unsafe --max-types 2
# path: shop.py
# skips: 6 N05-too-many
import contextlib


def total(prices: dict[str, str], names: list[str]) -> int:
    result = 0
    with contextlib.suppress(Exception):
        result = int(prices[names[0]])
    return result
