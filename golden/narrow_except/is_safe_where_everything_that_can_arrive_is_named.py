# path: shop.py
class Refused(Exception):
    pass


def refuse() -> None:
    raise Refused("too much")


def pay() -> str:
    try:
        refuse()
    except Exception:
        return "refused"
    return "paid"
# output
class Refused(Exception):
    pass


def refuse() -> None:
    raise Refused("too much")


def pay() -> str:
    try:
        refuse()
    except Refused:
        return "refused"
    return "paid"
