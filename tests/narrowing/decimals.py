"""Decimal numbers."""

from decimal import Decimal


def price(text: str) -> str:
    try:
        return str(Decimal(text))
    except Exception:
        return "none"


def share(whole: Decimal, count: Decimal) -> str:
    try:
        return str(whole / count)
    except Exception:
        return "none"


def rounded(value: Decimal, places: str) -> str:
    try:
        return str(value.quantize(Decimal(places)))
    except Exception:
        return "none"


NARROWED = ["price"]
ARRIVE = [
    ("InvalidOperation", lambda: price("three")),
    ("DivisionByZero", lambda: share(Decimal(1), Decimal(0))),
    ("InvalidOperation", lambda: share(Decimal(0), Decimal(0))),
    ("InvalidOperation", lambda: rounded(Decimal("1e30"), "0.01")),
]
