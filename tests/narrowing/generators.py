"""Generators raise where they are iterated."""

from collections.abc import Iterator


class Empty(Exception):
    pass


def numbers(texts: list[str]) -> Iterator[int]:
    if not texts:
        raise Empty
    for text in texts:
        yield int(text)


def total(texts: list[str]) -> int:
    try:
        return sum(numbers(texts))
    except Exception:
        return -1


def in_a_loop(texts: list[str]) -> int:
    result = 0
    try:
        for number in numbers(texts):
            result += number
    except Exception:
        return -1
    return result


def listed(texts: list[str]) -> list[int]:
    try:
        return [n * 2 for n in numbers(texts)]
    except Exception:
        return []


def first(texts: list[str]) -> int:
    try:
        return next(numbers(texts))
    except Exception:
        return -1


def unpacked(texts: list[str]) -> int:
    try:
        one, two = numbers(texts)
    except Exception:
        return -1
    return one + two


def starred(texts: list[str]) -> list[int]:
    try:
        return [0, *numbers(texts)]
    except Exception:
        return []


def made_outside(texts: list[str]) -> int:
    found = numbers(texts)
    try:
        return max(found)
    except Exception:
        return -1


NARROWED = ["total", "in_a_loop", "listed", "first", "unpacked", "starred", "made_outside"]
ARRIVE = [
    ("ValueError", lambda: total(["x"])),
    ("Empty", lambda: total([])),
    ("ValueError", lambda: in_a_loop(["1", "x"])),
    ("Empty", lambda: in_a_loop([])),
    ("ValueError", lambda: listed(["1", "x"])),
    ("Empty", lambda: first([])),
    ("ValueError", lambda: first(["x"])),
    ("ValueError", lambda: unpacked(["1", "2", "3"])),
    ("Empty", lambda: unpacked([])),
    ("ValueError", lambda: starred(["x"])),
    ("Empty", lambda: made_outside([])),
    ("ValueError", lambda: made_outside(["x"])),
]
