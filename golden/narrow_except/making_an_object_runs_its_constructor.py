# args: --unsafe
# path: shop.py
# skips: 27 N02-nothing
class Refused(Exception):
    pass


class Amount:
    def __init__(self, amount: int) -> None:
        if amount < 0:
            raise Refused(amount)
        self.amount = amount


class Plain:
    size = 3


def ok(amount: int) -> bool:
    try:
        Amount(amount)
    except Exception:
        return False
    return True


def plain() -> bool:
    try:
        Plain()
    except Exception:
        return False
    return True
# output
class Refused(Exception):
    pass


class Amount:
    def __init__(self, amount: int) -> None:
        if amount < 0:
            raise Refused(amount)
        self.amount = amount


class Plain:
    size = 3


def ok(amount: int) -> bool:
    try:
        Amount(amount)
    except Refused:
        return False
    return True


def plain() -> bool:
    try:
        Plain()
    except Exception:
        return False
    return True
