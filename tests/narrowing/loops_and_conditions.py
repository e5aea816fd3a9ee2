"""Where in loops, conditions and comprehensions code runs."""

from collections.abc import Iterator


class Torn(Exception):
    pass


def checked(text: str) -> bool:
    if text == "torn":
        raise Torn
    return bool(text)


def pages(count: int) -> Iterator[str]:
    yield from ("page",) * count
    raise Torn


def while_checked(texts: list[str]) -> int:
    count = 0
    try:
        while checked(texts.pop()):
            count += 1
    except Exception:
        return -1
    return count


def in_a_filter(texts: list[str]) -> list[str]:
    try:
        return [text for text in texts if checked(text)]
    except Exception:
        return []


def in_a_nested_loop(rows: list[list[str]]) -> list[bool]:
    try:
        return [checked(text) for row in rows for text in row]
    except Exception:
        return []


def in_an_expression(texts: list[str]) -> bool:
    try:
        return any(checked(text) for text in texts)
    except Exception:
        return False


def in_a_dict(texts: list[str]) -> int:
    try:
        return len({text: checked(text) for text in texts})
    except Exception:
        return -1


def with_else(count: int) -> str:
    try:
        for page in pages(count):
            if page == "last":
                break
        else:
            return "no last"
    except Exception:
        return "torn"
    return "last"


def in_the_else(texts: list[str]) -> bool:
    found = False
    try:
        for text in texts:
            if not text:
                break
        else:
            found = checked("torn")
    except Exception:
        return False
    return found


def unpacked_in_a_loop(rows: list[tuple[str, ...]]) -> int:
    count = 0
    try:
        for left, *_, right in rows:
            count += len(left + right)
    except Exception:
        return -1
    return count


def assigned_in_a_loop(names: list[str], places: dict[str, int]) -> list[int]:
    row = [0]
    try:
        for row[places["a"]] in (1, 2):
            pass
    except Exception:
        return []
    return row


def as_a_target(prices: dict[str, list[int]]) -> bool:
    try:
        prices["a"][0], prices["b"] = 1, [2]
    except Exception:
        return False
    return True


def as_a_manager_target(prices: dict[str, dict[str, object]], path: str) -> bool:
    try:
        with open(path, encoding="utf-8") as prices["a"]["b"]:
            pass
    except Exception:
        return False
    return True


def deep(prices: dict[str, dict[str, list[int]]]) -> int:
    try:
        return prices["a"]["b"][0]
    except Exception:
        return -1


NARROWED = ["while_checked", "in_a_filter", "in_a_nested_loop", "in_an_expression", "in_a_dict", "with_else", "deep"]
ARRIVE = [
    ("Torn", lambda: while_checked(["torn", "a"])),
    ("IndexError", lambda: while_checked(["a"])),
    ("Torn", lambda: in_a_filter(["torn"])),
    ("Torn", lambda: in_a_nested_loop([["torn"]])),
    ("Torn", lambda: in_an_expression(["torn"])),
    ("Torn", lambda: in_a_dict(["torn"])),
    ("Torn", lambda: with_else(2)),
    ("Torn", lambda: in_the_else([])),
    ("ValueError", lambda: unpacked_in_a_loop([("a",)])),
    ("KeyError", lambda: assigned_in_a_loop([], {})),
    ("IndexError", lambda: assigned_in_a_loop([], {"a": 3})),
    ("KeyError", lambda: as_a_target({})),
    ("IndexError", lambda: as_a_target({"a": []})),
    ("KeyError", lambda: as_a_manager_target({}, "/dev/null")),
    ("KeyError", lambda: deep({})),
    ("IndexError", lambda: deep({"a": {"b": []}})),
]
