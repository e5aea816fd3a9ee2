"""Broad types in tuples, beside narrow ones."""

import json


def number(text: str) -> int:
    try:
        return int(text)
    except (ValueError, Exception):
        return -1


def price(text: str) -> int:
    try:
        return json.loads(text)["price"]
    except (KeyError, json.JSONDecodeError, Exception):
        return -2


def all_of_it(text: str) -> int:
    try:
        return int(text) // len(text.strip("0"))
    except (BaseException, ArithmeticError):
        return -3


NARROWED = ["number", "price", "all_of_it"]
ARRIVE = [
    ("ValueError", lambda: number("x")),
    ("JSONDecodeError", lambda: price("x")),
    ("KeyError", lambda: price("{}")),
    ("ZeroDivisionError", lambda: all_of_it("0")),
    ("ValueError", lambda: all_of_it("x")),
]
PROGRAMMING = [("TypeError", lambda: price("[]"))]
