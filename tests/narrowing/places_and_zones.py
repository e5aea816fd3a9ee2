"""Time zones, locales, calendars."""

import calendar
import locale
import time
import zoneinfo


def zone(name: str) -> str:
    try:
        return zoneinfo.ZoneInfo(name).key
    except Exception:
        return "none"


def month(year: int, number: int) -> int:
    try:
        return calendar.monthrange(year, number)[1]
    except Exception:
        return 0


def language(name: str) -> str:
    try:
        return locale.setlocale(locale.LC_NUMERIC, name)
    except Exception:
        return "none"


def clock(text: str) -> int:
    try:
        return time.strptime(text, "%H:%M").tm_hour
    except Exception:
        return -1


def seconds(moment: tuple) -> float:
    try:
        return time.mktime(moment)
    except Exception:
        return -1.0


def pause(length: float) -> bool:
    try:
        time.sleep(length)
    except Exception:
        return False
    return True


NARROWED = ["month", "clock"]
ARRIVE = [
    ("ZoneInfoNotFoundError", lambda: zone("No/Such")),
    ("ValueError", lambda: zone("../etc")),
    ("IllegalMonthError", lambda: month(2026, 13)),
    ("Error", lambda: language("no_SUCH")),
    ("ValueError", lambda: clock("25:00")),
    ("OverflowError", lambda: seconds((10**20, 1, 1, 0, 0, 0, 0, 0, 0))),
    ("ValueError", lambda: pause(-1.0)),
]
