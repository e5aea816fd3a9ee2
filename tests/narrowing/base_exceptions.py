"""Exits and interrupts that are raised by name."""

import sys


class Stop(BaseException):
    pass


def check(number: int) -> int:
    if number == 1:
        raise SystemExit(3)
    if number == 2:
        raise KeyboardInterrupt
    if number == 3:
        raise Stop
    return {4: 4}[number]


def everything(number: int) -> int:
    try:
        return check(number)
    except BaseException:
        return -1


def bare(number: int) -> int:
    try:
        return check(number)
    except:
        return -2


def exits(number: int) -> int:
    try:
        sys.exit(number)
    except BaseException:
        return -3


def apart(number: int) -> int:
    try:
        return check(number)
    except (SystemExit, KeyboardInterrupt, Stop):
        return -4
    except Exception:
        return -5


NARROWED = ["apart"]
ARRIVE = [
    ("SystemExit", lambda: everything(1)),
    ("KeyboardInterrupt", lambda: everything(2)),
    ("Stop", lambda: everything(3)),
    ("KeyError", lambda: everything(5)),
    ("SystemExit", lambda: bare(1)),
    ("KeyboardInterrupt", lambda: bare(2)),
    ("Stop", lambda: bare(3)),
    ("KeyError", lambda: bare(5)),
    ("SystemExit", lambda: exits(1)),
    ("Stop", lambda: apart(3)),
    ("KeyError", lambda: apart(5)),
]
