# args: --unsafe
# path: shop.py
# skips: 16 N01-unknown
from typing import Protocol


class Good(Protocol):
    def price(self) -> int: ...


class Apple:
    def price(self) -> int:
        raise OSError


def priced(good: Good, text: str) -> int:
    try:
        return good.price() + int(text)
    except Exception:
        return 0


def plain(good: Apple, text: str) -> int:
    try:
        return good.price() + int(text)
    except Exception:
        return 0
# output
from typing import Protocol


class Good(Protocol):
    def price(self) -> int: ...


class Apple:
    def price(self) -> int:
        raise OSError


def priced(good: Good, text: str) -> int:
    try:
        return good.price() + int(text)
    except Exception:
        return 0


def plain(good: Apple, text: str) -> int:
    try:
        return good.price() + int(text)
    except (OSError, ValueError):
        return 0
