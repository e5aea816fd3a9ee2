"""contextlib.suppress in all its forms."""

import contextlib
from contextlib import ExitStack, suppress


def dropped(prices: dict[str, int], name: str) -> int:
    with suppress(Exception):
        del prices[name]
    return len(prices)


def number(texts: list[str], place: int) -> int:
    found = -1
    with contextlib.suppress(Exception):
        found = int(texts[place])
    return found


def inner(prices: dict[str, int], names: list[str]) -> str:
    try:
        with suppress(KeyError):
            del prices[names[0]]
        return "done"
    except Exception:
        return "none"


def stacked(path: str) -> str:
    try:
        with ExitStack() as stack:
            file = stack.enter_context(open(path, encoding="utf-8"))
            return file.readline()
    except Exception:
        return "none"


NARROWED = ["dropped", "number", "inner"]
ARRIVE = [
    ("KeyError", lambda: dropped({"a": 1}, "b")),
    ("IndexError", lambda: number([], 0)),
    ("ValueError", lambda: number(["x"], 0)),
    ("IndexError", lambda: inner({}, [])),
    ("KeyError", lambda: inner({}, ["a"])),
    ("FileNotFoundError", lambda: stacked("/no/such/file")),
]
