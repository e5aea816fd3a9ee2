"""Tables as text: quotes that never end, columns that are missing."""

import csv
import io


def read(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), strict=True))
    except Exception:
        return []


def column(text: str, name: str) -> list[str]:
    try:
        return [row[name] for row in csv.DictReader(io.StringIO(text))]
    except Exception:
        return []


def total(text: str) -> float:
    try:
        return sum(float(row["price"]) for row in csv.DictReader(io.StringIO(text)))
    except Exception:
        return -1.0


def written(row: dict[str, str], names: list[str]) -> str:
    buffer = io.StringIO()
    try:
        csv.DictWriter(buffer, names).writerow(row)
    except Exception:
        return "cannot"
    return buffer.getvalue()


NARROWED = ["column", "total"]
ARRIVE = [
    ("Error", lambda: read('"a\n')),
    ("Error", lambda: read('"a"b\n')),
    ("KeyError", lambda: column("a,b\n1,2\n", "c")),
    ("ValueError", lambda: total("price\ncheap\n")),
    ("KeyError", lambda: total("name\napple\n")),
    ("ValueError", lambda: written({"a": "1", "b": "2"}, ["a"])),
]
