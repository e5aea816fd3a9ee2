# args: --unsafe
# path: shop.py
class Refused(Exception):
    pass


class TooMuch(Refused):
    pass


def check(amount: int) -> None:
    if amount > 100:
        raise TooMuch("too much")
    if amount < 0:
        raise Refused("negative")


def pay(amount: int) -> str:
    try:
        check(amount)
    except TooMuch:
        return "less, please"
    except Exception:
        return "refused"
    return "paid"
# output
class Refused(Exception):
    pass


class TooMuch(Refused):
    pass


def check(amount: int) -> None:
    if amount > 100:
        raise TooMuch("too much")
    if amount < 0:
        raise Refused("negative")


def pay(amount: int) -> str:
    try:
        check(amount)
    except TooMuch:
        return "less, please"
    except Refused:
        return "refused"
    return "paid"
