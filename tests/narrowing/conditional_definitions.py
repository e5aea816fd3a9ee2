"""Functions that are one or another."""

import sys


class Left(Exception):
    pass


class Right(Exception):
    pass


if len(sys.argv) > 1000:

    def way() -> None:
        raise Left
else:

    def way() -> None:
        raise Right


def chosen(left: bool) -> str:
    def go_left() -> None:
        raise Left

    def go_right() -> None:
        raise Right

    go = go_left if left else go_right
    try:
        go()
    except Exception:
        return "gone"
    return "here"


def taken() -> str:
    try:
        way()
    except Exception:
        return "gone"
    return "here"


def rebound(name: str) -> str:
    find = {"a": "1"}.get
    if name == "b":
        find = {"a": "1"}.__getitem__
    try:
        return find(name)
    except Exception:
        return "none"


ARRIVE = [
    ("Left", lambda: chosen(True)),
    ("Right", lambda: chosen(False)),
    ("Right", taken),
    ("KeyError", lambda: rebound("b")),
]
