# args: --unsafe
# path: shop.py
from datetime import date, datetime


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except Exception:
        return None


def moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except Exception:
        return None
# output
from datetime import date, datetime


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        return None
