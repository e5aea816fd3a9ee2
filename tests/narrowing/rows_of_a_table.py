"""Look-ups in dictionaries and lists."""


def cell(rows: list[dict[str, str]], number: int, column: str) -> str:
    try:
        return rows[number][column]
    except Exception:
        return ""


def count(rows: list[dict[str, str]], number: int) -> int:
    try:
        return int(rows[number]["count"])
    except Exception:
        return 0


def drop(row: dict[str, str], column: str) -> bool:
    try:
        del row[column]
    except Exception:
        return False
    return True


def taken(row: dict[str, str], column: str) -> str:
    try:
        return row.pop(column)
    except Exception:
        return "none"


ROWS = [{"name": "apple", "count": "3"}, {"name": "pear", "count": "many"}]
NARROWED = ["cell", "count", "drop", "taken"]
ARRIVE = [
    ("IndexError", lambda: cell(ROWS, 9, "name")),
    ("KeyError", lambda: cell(ROWS, 0, "price")),
    ("ValueError", lambda: count(ROWS, 1)),
    ("IndexError", lambda: count(ROWS, 2)),
    ("KeyError", lambda: count([{}], 0)),
    ("KeyError", lambda: drop({}, "name")),
    ("KeyError", lambda: taken({}, "name")),
]
