"""int, float, bool, index and bytes of the objects of a project."""

import math
import operator


class Unset(Exception):
    pass


class Amount:
    def __init__(self, value: int | None) -> None:
        self.value = value

    def __int__(self) -> int:
        if self.value is None:
            raise Unset("int")
        return self.value

    def __float__(self) -> float:
        raise Unset("float")

    def __index__(self) -> int:
        raise Unset("index")

    def __bytes__(self) -> bytes:
        raise Unset("bytes")

    def __round__(self, digits: int = 0) -> int:
        raise Unset("round")

    def __abs__(self) -> int:
        raise Unset("abs")

    def __len__(self) -> int:
        if self.value is None:
            raise Unset("len")
        return self.value


def whole(amount: Amount) -> int:
    try:
        return int(amount)
    except Exception:
        return -1


def real(amount: Amount) -> float:
    try:
        return float(amount)
    except Exception:
        return -1.0


def root(amount: Amount) -> float:
    try:
        return math.sqrt(amount)
    except Exception:
        return -1.0


def item(values: list[int], amount: Amount) -> int:
    try:
        return values[amount]
    except Exception:
        return -1


def as_index(amount: Amount) -> int:
    try:
        return operator.index(amount)
    except Exception:
        return -1


def raw(amount: Amount) -> bytes:
    try:
        return bytes(amount)
    except Exception:
        return b"none"


def rounded(amount: Amount) -> int:
    try:
        return round(amount)
    except Exception:
        return -1


def absolute(amount: Amount) -> int:
    try:
        return abs(amount)
    except Exception:
        return -1


def filled(amount: Amount) -> bool:
    try:
        return not amount
    except Exception:
        return True


def while_filled(amount: Amount) -> int:
    count = 0
    try:
        while amount:
            count += 1
            amount.value = None
    except Exception:
        return -count
    return count


def either(amount: Amount, other: int) -> object:
    try:
        return amount or other
    except Exception:
        return -1


NARROWED = []
ARRIVE = [
    ("Unset", lambda: whole(Amount(None))),
    ("Unset", lambda: real(Amount(1))),
    ("Unset", lambda: root(Amount(1))),
    ("Unset", lambda: item([1], Amount(1))),
    ("Unset", lambda: as_index(Amount(1))),
    ("Unset", lambda: raw(Amount(1))),
    ("Unset", lambda: rounded(Amount(1))),
    ("Unset", lambda: absolute(Amount(1))),
    ("Unset", lambda: filled(Amount(None))),
    ("Unset", lambda: while_filled(Amount(3))),
    ("Unset", lambda: either(Amount(None), 3)),
]
