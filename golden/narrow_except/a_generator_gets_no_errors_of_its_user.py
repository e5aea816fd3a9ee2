# args: --unsafe
# path: shop.py
from collections.abc import Iterator


def each(prices: dict[str, int], names: list[str]) -> Iterator[int]:
    for name in names:
        try:
            yield prices[name]
        except Exception:
            print("no price of", name)
# output
from collections.abc import Iterator


def each(prices: dict[str, int], names: list[str]) -> Iterator[int]:
    for name in names:
        try:
            yield prices[name]
        except KeyError:
            print("no price of", name)
