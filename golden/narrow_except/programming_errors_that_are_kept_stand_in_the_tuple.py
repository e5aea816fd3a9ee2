# args: --unsafe --keep TypeError
# path: shop.py
class Refused(Exception):
    pass


def check(amount: int) -> None:
    if amount < 0:
        raise TypeError("an amount is not negative")
    if amount > 100:
        raise Refused("too much")


def pay(amount: int) -> str:
    try:
        check(amount)
    except Exception:
        return "refused"
    return "paid"
# output
class Refused(Exception):
    pass


def check(amount: int) -> None:
    if amount < 0:
        raise TypeError("an amount is not negative")
    if amount > 100:
        raise Refused("too much")


def pay(amount: int) -> str:
    try:
        check(amount)
    except (TypeError, Refused):
        return "refused"
    return "paid"
