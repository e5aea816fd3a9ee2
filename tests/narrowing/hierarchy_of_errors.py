"""Errors of a project, some below others."""


class ShopError(Exception):
    pass


class Refused(ShopError):
    pass


class TooMuch(Refused):
    def __init__(self, amount: int) -> None:
        super().__init__(f"{amount} is too much")
        self.amount = amount


class Closed(ShopError):
    pass


def check(amount: int) -> None:
    if amount == 0:
        raise Closed("closed")
    if amount > 100:
        raise TooMuch(amount)
    if amount < 0:
        raise Refused("negative")


def pay(amount: int) -> str:
    try:
        check(amount)
    except Exception:
        return "not paid"
    return "paid"


def pay_or_say(amount: int) -> str:
    try:
        check(amount)
    except TooMuch as error:
        return f"{error.amount}"
    except Exception as error:
        return str(error)
    return "paid"


def closed_first(amount: int) -> str:
    try:
        check(amount)
    except Closed:
        return "closed"
    except Refused:
        return "refused"
    except Exception:
        return "never"
    return "paid"


NARROWED = ["pay", "pay_or_say"]
ARRIVE = [
    ("Closed", lambda: pay(0)),
    ("TooMuch", lambda: pay(101)),
    ("Refused", lambda: pay(-1)),
    ("TooMuch", lambda: pay_or_say(101)),
    ("Refused", lambda: pay_or_say(-1)),
    ("Closed", lambda: pay_or_say(0)),
    ("Closed", lambda: closed_first(0)),
    ("TooMuch", lambda: closed_first(200)),
]
