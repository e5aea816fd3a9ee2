"""Loops that go on after a bad item."""

import logging

log = logging.getLogger("loops")
log.addHandler(logging.NullHandler())
log.propagate = False


class Torn(Exception):
    pass


def read(page: str) -> int:
    if page == "torn":
        raise Torn(page)
    return int(page)


def pages(texts: list[str]) -> int:
    total = 0
    for text in texts:
        try:
            total += read(text)
        except Exception:
            log.exception("cannot read %s", text)
    return total


def numbers(texts: list[str]) -> list[int]:
    found = []
    for text in texts:
        try:
            found.append(int(text))
        except Exception:
            continue
    return found


def until_bad(texts: list[str]) -> int:
    count = 0
    for text in texts:
        try:
            int(text)
        except Exception:
            break
        count += 1
    return count


def in_turn(prices: dict[str, int], names: list[str]) -> int:
    while names:
        try:
            return prices[names.pop()]
        except Exception:
            log.warning("not that one")
    return -1


NARROWED = ["numbers", "until_bad"]
ARRIVE = [
    ("Torn", lambda: pages(["1", "torn", "2"])),
    ("ValueError", lambda: pages(["1", "x", "2"])),
    ("ValueError", lambda: numbers(["1", "x", "2"])),
    ("ValueError", lambda: until_bad(["1", "x", "2"])),
    ("KeyError", lambda: in_turn({"a": 1}, ["a", "b"])),
]
