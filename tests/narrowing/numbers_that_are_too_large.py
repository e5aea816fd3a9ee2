"""Numbers that overflow, that are no numbers, and that are printed."""

import math


def share(part: int, whole: int) -> float:
    try:
        return part / whole
    except Exception:
        return -1.0


def both(part: int, whole: int) -> tuple[int, int]:
    try:
        return divmod(part, whole)
    except Exception:
        return -1, -1


def rounded(value: float) -> int:
    try:
        return round(value)
    except Exception:
        return -1


def floor(value: float) -> int:
    try:
        return math.floor(value)
    except Exception:
        return -1


def whole(value: float) -> int:
    try:
        return int(value)
    except Exception:
        return -1


def real(value: int) -> float:
    try:
        return float(value)
    except Exception:
        return -1.0


def added(value: float, other: int) -> float:
    try:
        return value + other
    except Exception:
        return -1.0


def repeated(text: str, count: int) -> int:
    try:
        return len(text * count)
    except Exception:
        return -1


def listed(count: int) -> int:
    try:
        return len(range(count))
    except Exception:
        return -1


def digits(value: int) -> int:
    try:
        return len(str(value))
    except Exception:
        return -1


def in_a_text(value: int) -> int:
    try:
        return len(f"{value}")
    except Exception:
        return -1


def with_places(value: float, form: str) -> str:
    try:
        return f"{value:{form}}"
    except Exception:
        return "none"


def as_decimal(value: float) -> str:
    try:
        return f"{value:d}"
    except Exception:
        return "none"


def letter(value: int) -> str:
    try:
        return "%c" % value
    except Exception:
        return "none"


def factorial(value: int) -> int:
    try:
        return math.factorial(value)
    except Exception:
        return -1


def logarithm(value: float) -> float:
    try:
        return math.log(value)
    except Exception:
        return -1.0


def complex_of(text: str) -> str:
    try:
        return str(complex(text))
    except Exception:
        return "none"


def power(base: int, exponent: int, modulus: int) -> int:
    try:
        return pow(base, exponent, modulus)
    except Exception:
        return -1


NARROWED = ["share", "floor", "whole", "factorial", "logarithm"]
ARRIVE = [
    ("ZeroDivisionError", lambda: share(1, 0)),
    ("ZeroDivisionError", lambda: both(1, 0)),
    ("ValueError", lambda: rounded(float("nan"))),
    ("OverflowError", lambda: rounded(float("inf"))),
    ("OverflowError", lambda: floor(float("inf"))),
    ("ValueError", lambda: floor(float("nan"))),
    ("OverflowError", lambda: whole(float("inf"))),
    ("ValueError", lambda: whole(float("nan"))),
    ("OverflowError", lambda: real(10**400)),
    ("OverflowError", lambda: added(1.0, 10**400)),
    ("OverflowError", lambda: repeated("a", 10**30)),
    ("ValueError", lambda: digits(10**5000)),
    ("ValueError", lambda: in_a_text(10**5000)),
    ("ValueError", lambda: with_places(1.0, "Q")),
    ("ValueError", lambda: as_decimal(1.5)),
    ("OverflowError", lambda: letter(10**7)),
    ("ValueError", lambda: factorial(-1)),
    ("ValueError", lambda: logarithm(0.0)),
    ("ValueError", lambda: complex_of("x")),
    ("ValueError", lambda: power(2, -1, 4)),
    ("ValueError", lambda: power(2, 1, 0)),
]
