# args: --unsafe
# path: shop.py
import contextlib


def forget(prices: dict[str, int], name: str) -> None:
    with contextlib.suppress(Exception):
        del prices[name]
# output
import contextlib


def forget(prices: dict[str, int], name: str) -> None:
    with contextlib.suppress(KeyError):
        del prices[name]
