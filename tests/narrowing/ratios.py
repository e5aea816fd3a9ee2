"""Arithmetic that has no answer."""

import math


def ratio(part: float, whole: float) -> float:
    try:
        return part / whole
    except Exception:
        return 0.0


def rest(part: int, whole: int) -> int:
    try:
        return part % whole
    except Exception:
        return 0


def root(number: float) -> float:
    try:
        return math.sqrt(number)
    except Exception:
        return 0.0


def growth(rate: float) -> float:
    try:
        return math.exp(rate)
    except Exception:
        return -1.0


def power(base: float, exponent: float) -> float:
    try:
        return base**exponent
    except Exception:
        return -1.0


def mean(values: list[float]) -> float:
    try:
        return sum(values) / len(values)
    except Exception:
        return 0.0


NARROWED = ["ratio", "rest", "root", "growth", "mean"]
ARRIVE = [
    ("ZeroDivisionError", lambda: ratio(1.0, 0.0)),
    ("ZeroDivisionError", lambda: rest(1, 0)),
    ("ValueError", lambda: root(-1.0)),
    ("OverflowError", lambda: growth(1e6)),
    ("OverflowError", lambda: power(1e300, 2.0)),
    ("ZeroDivisionError", lambda: power(0.0, -1.0)),
    ("ZeroDivisionError", lambda: mean([])),
]
