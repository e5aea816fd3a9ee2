"""Bugs that a broad handler hides: they may escape when only data errors are wanted."""


class Refused(Exception):
    pass


def check(amount: int) -> None:
    if amount == 1:
        raise TypeError("one")
    if amount == 2:
        raise AttributeError("two")
    if amount == 3:
        raise NotImplementedError
    assert amount != 4
    if amount == 5:
        print(undefined_name)
    raise Refused


def pay(amount: int) -> str:
    try:
        check(amount)
    except Exception:
        return "refused"
    return "paid"


def length(value: str) -> int:
    try:
        return int(value.strip())
    except Exception:
        return -1


def only_bugs(value: str) -> int:
    try:
        return len(value)
    except Exception:
        return -1


NARROWED = ["pay", "length"]
ARRIVE = [
    ("Refused", lambda: pay(0)),
    ("ValueError", lambda: length("x")),
]
PROGRAMMING = [
    ("TypeError", lambda: pay(1)),
    ("AttributeError", lambda: pay(2)),
    ("NotImplementedError", lambda: pay(3)),
    ("AssertionError", lambda: pay(4)),
    ("NameError", lambda: pay(5)),
    ("AttributeError", lambda: length(None)),
    ("TypeError", lambda: only_bugs(3)),
]
