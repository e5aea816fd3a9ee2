"""Unpacking in assignments, loops and calls."""


def pair(words: list[str]) -> str:
    try:
        first, second = words
    except Exception:
        return "none"
    return first + second


def rest(words: list[str]) -> int:
    try:
        _, *others = words
    except Exception:
        return -1
    return len(others)


def nested(line: str) -> str:
    try:
        name, (day, month) = line.split(), line.split("-")
    except Exception:
        return "none"
    return str(name) + day + month


def in_a_loop(rows: list[list[int]]) -> int:
    total = 0
    try:
        for left, right in rows:
            total += left * right
    except Exception:
        return -1
    return total


def in_a_comprehension(rows: list[str]) -> dict[str, str]:
    try:
        return {key: value for key, value in (row.split("=") for row in rows)}
    except Exception:
        return {}


def as_a_dict(rows: list[list[str]]) -> dict[str, str]:
    try:
        return dict(rows)
    except Exception:
        return {}


NARROWED = ["pair", "rest", "in_a_loop"]
ARRIVE = [
    ("ValueError", lambda: pair(["a"])),
    ("ValueError", lambda: pair(["a", "b", "c"])),
    ("ValueError", lambda: rest([])),
    ("ValueError", lambda: nested("a")),
    ("ValueError", lambda: in_a_loop([[1]])),
    ("ValueError", lambda: in_a_comprehension(["a"])),
    ("ValueError", lambda: as_a_dict([["a", "b", "c"]])),
]
