# args: --unsafe
# path: shop.py
class Unset(Exception):
    pass


class Amount:
    def __int__(self) -> int:
        raise Unset


def whole(amount: Amount) -> int:
    try:
        return int(amount)
    except Exception:
        return 0
# output
class Unset(Exception):
    pass


class Amount:
    def __int__(self) -> int:
        raise Unset


def whole(amount: Amount) -> int:
    try:
        return int(amount)
    except (OverflowError, ValueError, Unset):
        return 0
