# args: --unsafe
# path: shop.py
# skips: 12 N02-nothing
from collections.abc import Iterator


def each(prices: dict[str, int], names: list[str]) -> Iterator[int]:
    for name in names:
        yield prices[name]


def made(prices: dict[str, int], names: list[str]) -> int:
    try:
        found = each(prices, names)
    except Exception:
        return 0
    return sum(found)


def iterated(prices: dict[str, int], names: list[str]) -> int:
    total = 0
    try:
        for price in each(prices, names):
            total += price
    except Exception:
        return 0
    return total


def consumed(prices: dict[str, int], names: list[str]) -> list[int]:
    try:
        return list(each(prices, names))
    except Exception:
        return []
# output
from collections.abc import Iterator


def each(prices: dict[str, int], names: list[str]) -> Iterator[int]:
    for name in names:
        yield prices[name]


def made(prices: dict[str, int], names: list[str]) -> int:
    try:
        found = each(prices, names)
    except Exception:
        return 0
    return sum(found)


def iterated(prices: dict[str, int], names: list[str]) -> int:
    total = 0
    try:
        for price in each(prices, names):
            total += price
    except KeyError:
        return 0
    return total


def consumed(prices: dict[str, int], names: list[str]) -> list[int]:
    try:
        return list(each(prices, names))
    except KeyError:
        return []
