"""Handlers in handlers, handlers beside handlers."""


def inner_takes_one(prices: dict[str, str], name: str) -> int:
    try:
        try:
            return int(prices[name])
        except ValueError:
            return -1
    except Exception:
        return -2


def in_the_handler(prices: dict[str, str], name: str) -> int:
    try:
        try:
            return int(prices[name])
        except KeyError:
            return int(prices["default"])
    except Exception:
        return -3


def in_the_else(prices: dict[str, str], name: str) -> int:
    try:
        try:
            text = prices[name]
        except KeyError:
            return -4
        else:
            return int(text)
    except Exception:
        return -5


def in_the_finally(prices: dict[str, str], name: str) -> int:
    try:
        try:
            return len(prices[name])
        finally:
            print(int(prices["number"]))
    except Exception:
        return -6


def both_broad(prices: dict[str, str], name: str) -> int:
    try:
        try:
            return int(prices[name])
        except Exception:
            return int(prices["default"])
    except Exception:
        return -7


NARROWED = ["inner_takes_one", "in_the_handler", "in_the_else", "in_the_finally", "both_broad"]
ARRIVE = [
    ("KeyError", lambda: inner_takes_one({}, "a")),
    ("ValueError", lambda: inner_takes_one({"a": "x"}, "a")),
    ("KeyError", lambda: in_the_handler({}, "a")),
    ("ValueError", lambda: in_the_handler({"default": "x"}, "a")),
    ("ValueError", lambda: in_the_handler({"a": "x"}, "a")),
    ("KeyError", lambda: in_the_else({}, "a")),
    ("ValueError", lambda: in_the_else({"a": "x"}, "a")),
    ("ValueError", lambda: in_the_finally({"a": "x", "number": "x"}, "a")),
    ("KeyError", lambda: in_the_finally({"a": "x"}, "a")),
    ("KeyError", lambda: both_broad({}, "a")),
    ("ValueError", lambda: both_broad({"a": "x", "default": "y"}, "a")),
]
