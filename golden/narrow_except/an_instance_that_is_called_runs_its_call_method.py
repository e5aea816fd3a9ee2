# args: --unsafe
# path: shop.py
class Refused(Exception):
    pass


class Check:
    def __call__(self, amount: int) -> None:
        raise Refused(amount)


def ok(amount: int) -> bool:
    check = Check()
    try:
        check(amount)
    except Exception:
        return False
    return True
# output
class Refused(Exception):
    pass


class Check:
    def __call__(self, amount: int) -> None:
        raise Refused(amount)


def ok(amount: int) -> bool:
    check = Check()
    try:
        check(amount)
    except Refused:
        return False
    return True
