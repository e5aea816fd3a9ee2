"""contextlib.contextmanager: what the body raises arrives at the yield."""

import contextlib
from collections.abc import Iterator


class Closed(Exception):
    pass


class Failed(Exception):
    pass


@contextlib.contextmanager
def opened(is_open: bool) -> Iterator[dict[str, int]]:
    if not is_open:
        raise Closed
    yield {"penny": 1}


@contextlib.contextmanager
def translating() -> Iterator[None]:
    try:
        yield
    except KeyError as error:
        raise Failed from error


@contextlib.contextmanager
def swallowing() -> Iterator[None]:
    try:
        yield
    except Exception:
        print("swallowed")


def coins(is_open: bool, name: str) -> int:
    try:
        with opened(is_open) as box:
            return box[name]
    except Exception:
        return -1


def translated(name: str, by: int) -> int:
    try:
        with translating():
            return {"penny": 1}[name] // by
    except Exception:
        return -1


def swallowed(name: str) -> int:
    found = 0
    with swallowing():
        found = {"penny": 1}[name]
    return found


def several(is_open: bool, name: str) -> int:
    try:
        with translating(), opened(is_open) as box:
            return box[name]
    except Exception:
        return -1


NARROWED = ["coins", "translated", "several"]
ARRIVE = [
    ("Closed", lambda: coins(False, "penny")),
    ("KeyError", lambda: coins(True, "pound")),
    ("Failed", lambda: translated("pound", 1)),
    ("ZeroDivisionError", lambda: translated("penny", 0)),
    ("KeyError", lambda: swallowed("pound")),
    ("Closed", lambda: several(False, "penny")),
    ("Failed", lambda: several(True, "pound")),
]
