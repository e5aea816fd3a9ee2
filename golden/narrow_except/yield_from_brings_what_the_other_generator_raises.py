# args: --unsafe
# path: shop.py
from collections.abc import Iterator


def each(prices: dict[str, int], names: list[str]) -> Iterator[int]:
    for name in names:
        yield prices[name]


def twice(prices: dict[str, int], names: list[str]) -> Iterator[int]:
    yield from each(prices, names)
    yield from each(prices, names)


def total(prices: dict[str, int], names: list[str]) -> list[int]:
    try:
        return [price for price in twice(prices, names)]
    except Exception:
        return []
# output
from collections.abc import Iterator


def each(prices: dict[str, int], names: list[str]) -> Iterator[int]:
    for name in names:
        yield prices[name]


def twice(prices: dict[str, int], names: list[str]) -> Iterator[int]:
    yield from each(prices, names)
    yield from each(prices, names)


def total(prices: dict[str, int], names: list[str]) -> list[int]:
    try:
        return [price for price in twice(prices, names)]
    except KeyError:
        return []
