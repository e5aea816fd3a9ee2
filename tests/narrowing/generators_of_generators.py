"""Generators that pass on what others yield, and that are sent values."""

from collections.abc import Generator, Iterator


class Stop(Exception):
    pass


def letters(words: list[str]) -> Iterator[str]:
    for word in words:
        yield word[0]


def twice(words: list[str]) -> Iterator[str]:
    yield from letters(words)
    yield from letters(words)


def joined(words: list[str]) -> str:
    try:
        return "".join(twice(words))
    except Exception:
        return "none"


def counter() -> Generator[int, str, None]:
    count = 0
    while True:
        word = yield count
        if word == "stop":
            raise Stop
        count += int(word)


def sent(words: list[str]) -> int:
    counting = counter()
    next(counting)
    found = 0
    try:
        for word in words:
            found = counting.send(word)
    except Exception:
        return -found - 1
    return found


def thrown() -> str:
    counting = counter()
    next(counting)
    try:
        counting.throw(KeyError("a"))
    except Exception:
        return "thrown"
    return "none"


NARROWED = ["joined"]
ARRIVE = [
    ("IndexError", lambda: joined(["a", ""])),
    ("Stop", lambda: sent(["1", "stop"])),
    ("ValueError", lambda: sent(["1", "x"])),
    ("KeyError", thrown),
]
