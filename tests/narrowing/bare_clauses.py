"""Clauses without a type."""

import struct


def number(text: str) -> int:
    try:
        return int(text)
    except:  # noqa: E722
        return -1


def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except:
        return -1


def first(data: bytes) -> int:
    try:
        return struct.unpack(">B", data)[0]
    except:
        return -1


def unknown(thing) -> str:
    try:
        return thing.look()
    except:
        return "none"


class Odd:
    def look(self) -> str:
        raise OSError(5, "odd")


class Leaves:
    def look(self) -> str:
        raise ValueError


NARROWED = ["price", "first"]
ARRIVE = [
    ("ValueError", lambda: number("x")),
    ("KeyError", lambda: price({}, "a")),
    ("error", lambda: first(b"")),
    ("OSError", lambda: unknown(Odd())),
    ("ValueError", lambda: unknown(Leaves())),
]
PROGRAMMING = [("AttributeError", lambda: unknown(3))]
