"""What is made lazily in the body may be consumed outside, and what is made outside in the body."""

from collections.abc import Iterable, Iterator


class Torn(Exception):
    pass


def lines(texts: list[str]) -> Iterator[str]:
    for text in texts:
        if text == "torn":
            raise Torn
        yield text


def numbers(texts: Iterable[str]) -> Iterator[int]:
    return (int(text) for text in texts)


def consumed(texts: Iterable[int]) -> int:
    total = 0
    try:
        for text in texts:
            total += text
    except Exception:
        return -1
    return total


def piped(texts: list[str]) -> int:
    try:
        return sum(numbers(lines(texts)))
    except Exception:
        return -1


def zipped(texts: list[str]) -> list[tuple[int, str]]:
    try:
        return [(number, text) for number, text in enumerate(lines(texts))]
    except Exception:
        return []


def extended(texts: list[str]) -> list[str]:
    found: list[str] = []
    try:
        found.extend(lines(texts))
        found += lines(texts)
    except Exception:
        found.append("torn")
    return found


def as_dict(texts: list[str]) -> dict[str, int]:
    try:
        return dict.fromkeys(lines(texts), 1)
    except Exception:
        return {}


def is_in(texts: list[str], word: str) -> bool:
    try:
        return word in lines(texts)
    except Exception:
        return False


def every(texts: list[str]) -> bool:
    try:
        return all(lines(texts))
    except Exception:
        return False


def starred(texts: list[str]) -> str:
    try:
        return "".join([*lines(texts)])
    except Exception:
        return "none"


def passed_on(*texts: str) -> int:
    return len(texts)


def as_arguments(texts: list[str]) -> int:
    try:
        return passed_on(*lines(texts))
    except Exception:
        return -1


def assigned(texts: list[str]) -> list[str]:
    found = ["a", "b"]
    try:
        found[:] = lines(texts)
    except Exception:
        return []
    return found


def in_a_with(texts: list[str]) -> str:
    try:
        for text in reversed(list(lines(texts))):
            return text
    except Exception:
        return "torn"
    return "none"


NARROWED = ["piped", "zipped", "is_in", "starred"]
ARRIVE = [
    ("ValueError", lambda: consumed(numbers(["1", "x"]))),
    ("Torn", lambda: consumed(len(line) for line in lines(["torn"]))),
    ("Torn", lambda: piped(["1", "torn"])),
    ("ValueError", lambda: piped(["1", "x"])),
    ("Torn", lambda: zipped(["torn"])),
    ("Torn", lambda: extended(["a", "torn"])),
    ("Torn", lambda: as_dict(["torn"])),
    ("Torn", lambda: is_in(["torn"], "a")),
    ("Torn", lambda: every(["torn"])),
    ("Torn", lambda: starred(["torn"])),
    ("Torn", lambda: as_arguments(["torn"])),
    ("Torn", lambda: assigned(["torn"])),
    ("Torn", lambda: in_a_with(["torn"])),
]
