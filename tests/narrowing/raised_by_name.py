"""Errors that are raised without brackets, and errors that a variable holds after it held another."""

import sys


class Odd(Exception):
    pass


class Strict(Exception):
    def __init__(self) -> None:
        raise Odd


class Noisy(Exception):
    def __init__(self, text: str = "") -> None:
        if not text:
            raise Odd
        super().__init__(text)


def without_brackets() -> int:
    prices = {"a": 1}
    try:
        if prices["a"]:
            raise Strict
        return 1
    except Exception:
        return -1


def with_brackets() -> int:
    prices = {"a": 1}
    try:
        if prices["a"]:
            raise Noisy()
        return 1
    except Exception:
        return -1


def from_another() -> int:
    prices = {"a": 1}
    try:
        if prices["a"]:
            raise ValueError("x") from Strict
        return 1
    except Exception:
        return -1


def held(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        error = OSError(text)  # type: ignore[assignment]
        raise error


def kept_in_a_name(text: str) -> int:
    try:
        return held(text)
    except Exception:
        return -1


def perhaps(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        if text:
            error = OSError(text)  # type: ignore[assignment]
        raise error


def kept_in_one_branch(text: str) -> int:
    try:
        return perhaps(text)
    except Exception:
        return -1


def reminder(left, right):  # type: ignore[no-untyped-def]
    try:
        return left % right
    except Exception:
        return -1


def annotated() -> int:
    prices = {"a": 1}

    def odd() -> type:
        raise Odd

    try:

        def inner(value: odd()) -> int:  # type: ignore[valid-type]
            return 1

        return inner(prices["b"])
    except Exception:
        return -1


def one_named_already(name: str) -> str:
    try:
        with open(name) as file:
            return file.read()
    except (KeyError, Exception):
        return ""


NARROWED = ["without_brackets", "with_brackets", "kept_in_a_name", "kept_in_one_branch", "one_named_already"]
ARRIVE = [
    ("Odd", without_brackets),
    ("Odd", with_brackets),
    ("Odd", from_another),
    ("OSError", lambda: kept_in_a_name("x")),
    ("ValueError", lambda: kept_in_one_branch("")),
    ("OSError", lambda: kept_in_one_branch("x")),
    ("ZeroDivisionError", lambda: reminder(3, 0)),
    ("ValueError", lambda: reminder("%y", 3)),
    ("KeyError", lambda: reminder("%(name)s", {})),
    ("FileNotFoundError", lambda: one_named_already("/no/such")),
    *([("Odd", annotated)] if sys.version_info < (3, 14) else []),
]
