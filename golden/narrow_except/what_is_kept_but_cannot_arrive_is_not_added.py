# args: --unsafe --keep AttributeError
# path: shop.py
class Refused(Exception):
    pass


def check() -> None:
    raise Refused("too much")


def pay() -> str:
    try:
        check()
    except Exception:
        return "refused"
    return "paid"
# output
class Refused(Exception):
    pass


def check() -> None:
    raise Refused("too much")


def pay() -> str:
    try:
        check()
    except Refused:
        return "refused"
    return "paid"
