"""Names of the language that mean something else here."""

import os


class TimeoutError(Exception):
    pass


class ConnectionError(Exception):
    pass


class OSError(Exception):
    pass


def ours(number: int) -> None:
    if number == 1:
        raise TimeoutError
    if number == 2:
        raise ConnectionError
    raise OSError


def check(number: int) -> str:
    try:
        ours(number)
    except Exception:
        return "ours"
    return "none"


def removed(path: str) -> bool:
    try:
        os.remove(path)
    except Exception:
        return False
    return True


def number(text: str, ValueError: int) -> int:
    try:
        return int(text)
    except Exception:
        return ValueError


NARROWED = ["check"]
ARRIVE = [
    ("TimeoutError", lambda: check(1)),
    ("ConnectionError", lambda: check(2)),
    ("OSError", lambda: check(3)),
    ("FileNotFoundError", lambda: removed("/no/such/file")),
    ("ValueError", lambda: number("x", -1)),
]
