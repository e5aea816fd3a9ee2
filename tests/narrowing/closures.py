"""Functions in functions, lambdas, partials."""

import functools
from collections.abc import Callable


class Missing(Exception):
    pass


def finder(prices: dict[str, int]) -> Callable[[str], int]:
    def find(name: str) -> int:
        if name not in prices:
            raise Missing(name)
        return prices[name]

    return find


def nested(prices: dict[str, int], name: str) -> int:
    def look() -> int:
        return prices[name]

    try:
        return look()
    except Exception:
        return -1


def returned(prices: dict[str, int], name: str) -> int:
    find = finder(prices)
    try:
        return find(name)
    except Exception:
        return -1


def small(names: list[str]) -> str:
    first = lambda: names[0]
    try:
        return first()
    except Exception:
        return "none"


def price(prices: dict[str, int], name: str) -> int:
    return prices[name]


def bound(prices: dict[str, int], name: str) -> int:
    look = functools.partial(price, prices)
    try:
        return look(name)
    except Exception:
        return -1


def handed_over(find: Callable[[str], int], name: str) -> int:
    try:
        return find(name)
    except Exception:
        return -2


NARROWED = ["nested", "small", "bound"]
ARRIVE = [
    ("KeyError", lambda: nested({}, "a")),
    ("Missing", lambda: returned({}, "a")),
    ("IndexError", lambda: small([])),
    ("KeyError", lambda: bound({}, "a")),
    ("Missing", lambda: handed_over(finder({}), "a")),
    ("ValueError", lambda: handed_over(int, "a")),
]
