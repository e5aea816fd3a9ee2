"""Dates that do not exist, and formats that do not fit."""

from datetime import date, datetime, timedelta, timezone


def day(text: str) -> str:
    try:
        return str(date.fromisoformat(text))
    except Exception:
        return "no day"


def moment(text: str, form: str) -> str:
    try:
        return str(datetime.strptime(text, form))
    except Exception:
        return "no moment"


def made(year: int, month: int, number: int) -> str:
    try:
        return str(date(year, month, number))
    except Exception:
        return "no date"


def later(days: int) -> str:
    try:
        return str(date(2026, 1, 1) + timedelta(days=days))
    except Exception:
        return "too far"


def stamp(seconds: float) -> str:
    try:
        return str(datetime.fromtimestamp(seconds, timezone.utc))
    except Exception:
        return "no stamp"


NARROWED = ["day", "moment", "made"]
ARRIVE = [
    ("ValueError", lambda: day("2026-02-30")),
    ("ValueError", lambda: day("tomorrow")),
    ("ValueError", lambda: moment("1", "%Y-%m")),
    ("ValueError", lambda: moment("1", "%Q")),
    ("ValueError", lambda: made(2026, 13, 1)),
    ("OverflowError", lambda: made(10**20, 1, 1)),
    ("OverflowError", lambda: later(10**7)),
    ("OverflowError", lambda: later(10**12)),
    ("ValueError", lambda: stamp(1e15)),
    ("OverflowError", lambda: stamp(1e30)),
]
PROGRAMMING = [("TypeError", lambda: day(None))]
