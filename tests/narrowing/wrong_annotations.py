"""Annotations that lie: data errors that come of them are still handled."""


class Odd(dict):
    def __missing__(self, name: str) -> str:
        raise KeyError(name)


def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except Exception:
        return -1


def first(names: list[str]) -> str:
    try:
        return names[0]
    except Exception:
        return "none"


ARRIVE = [
    ("KeyError", lambda: price(Odd(), "a")),
    ("ValueError", lambda: price({"a": "x"}, "a")),
    ("IndexError", lambda: first(())),
]
PROGRAMMING = [
    ("TypeError", lambda: price(None, "a")),
    ("TypeError", lambda: first(None)),
    ("TypeError", lambda: price({"a": None}, "a")),
]
