# args: --unsafe
# path: shop.py
# skips: 9 N04-no-name
def check(amount: int) -> None:
    if amount < 0:
        raise Exception("negative")


def pay(amount: int) -> str:
    try:
        check(amount)
    except Exception:
        return "refused"
    return "paid"


def named(**options) -> object:
    try:
        return options["name"]
    except Exception:
        return None
# output
def check(amount: int) -> None:
    if amount < 0:
        raise Exception("negative")


def pay(amount: int) -> str:
    try:
        check(amount)
    except Exception:
        return "refused"
    return "paid"


def named(**options) -> object:
    try:
        return options["name"]
    except KeyError:
        return None
