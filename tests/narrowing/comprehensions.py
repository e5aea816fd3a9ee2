"""Comprehensions, conditional expressions, assignments in expressions."""


def squares(texts: list[str]) -> list[int]:
    try:
        return [int(text) ** 2 for text in texts if text]
    except Exception:
        return []


def by_name(rows: list[dict[str, str]]) -> dict[str, int]:
    try:
        return {row["name"]: int(row["price"]) for row in rows}
    except Exception:
        return {}


def distinct(rows: list[list[str]]) -> int:
    try:
        return len({row[0] for row in rows})
    except Exception:
        return -1


def every(texts: list[str]) -> bool:
    try:
        return all(int(text) > 0 for text in texts)
    except Exception:
        return False


def lazy(texts: list[str]) -> int:
    try:
        numbers = (int(text) for text in texts)
        return sum(numbers)
    except Exception:
        return -1


def chosen(prices: dict[str, int], name: str) -> int:
    try:
        return found if (found := prices[name]) else prices["default"]
    except Exception:
        return -1


def short_circuit(prices: dict[str, int], name: str) -> bool:
    try:
        return name in prices and prices[name] / prices["count"] > 1
    except Exception:
        return False


NARROWED = ["squares", "by_name", "distinct", "every", "lazy", "chosen", "short_circuit"]
ARRIVE = [
    ("ValueError", lambda: squares(["1", "x"])),
    ("KeyError", lambda: by_name([{"name": "a"}])),
    ("ValueError", lambda: by_name([{"name": "a", "price": "x"}])),
    ("IndexError", lambda: distinct([[]])),
    ("ValueError", lambda: every(["1", "x"])),
    ("ValueError", lambda: lazy(["x"])),
    ("KeyError", lambda: chosen({}, "a")),
    ("KeyError", lambda: chosen({"a": 0}, "a")),
    ("ZeroDivisionError", lambda: short_circuit({"a": 1, "count": 0}, "a")),
    ("KeyError", lambda: short_circuit({"a": 1}, "a")),
]
