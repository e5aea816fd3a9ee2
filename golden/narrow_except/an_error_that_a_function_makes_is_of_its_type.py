# args: --unsafe
# path: shop.py
class Refused(Exception):
    pass


def refused(amount: int) -> Refused:
    return Refused(amount)


def ok(amount: int) -> bool:
    try:
        raise refused(amount)
    except Exception:
        return False
    return True
# output
class Refused(Exception):
    pass


def refused(amount: int) -> Refused:
    return Refused(amount)


def ok(amount: int) -> bool:
    try:
        raise refused(amount)
    except Refused:
        return False
    return True
