"""Fractions, means of nothing."""

import statistics
from fractions import Fraction


def part(text: str) -> str:
    try:
        return str(Fraction(text))
    except Exception:
        return "none"


def mean(values: list[float]) -> float:
    try:
        return statistics.mean(values)
    except Exception:
        return -1.0


def spread(values: list[float]) -> float:
    try:
        return statistics.stdev(values)
    except Exception:
        return -1.0


NARROWED = ["mean", "spread"]
ARRIVE = [
    ("ValueError", lambda: part("a/b")),
    ("ZeroDivisionError", lambda: part("1/0")),
    ("StatisticsError", lambda: mean([])),
    ("StatisticsError", lambda: spread([1.0])),
]
