# args: --unsafe
# path: shop.py
import re
import sqlite3


def check(number: int) -> None:
    if number == 1:
        raise re.error("bad pattern")
    if number == 2:
        raise sqlite3.OperationalError("locked")
    if number == 3:
        raise ValueError("bad")
    raise OSError(5, "broken")


def ok(number: int) -> bool:
    try:
        check(number)
    except Exception:
        return False
    return True
# output
import re
import sqlite3


def check(number: int) -> None:
    if number == 1:
        raise re.error("bad pattern")
    if number == 2:
        raise sqlite3.OperationalError("locked")
    if number == 3:
        raise ValueError("bad")
    raise OSError(5, "broken")


def ok(number: int) -> bool:
    try:
        check(number)
    except (OSError, ValueError, re.error, sqlite3.OperationalError):
        return False
    return True
