# args: --unsafe
# path: shop.py
class Lost(Exception):
    pass


class Gone(Lost):
    pass


def price(name: str) -> int:
    try:
        raise Gone(name)
    except (Exception, Lost):
        return 0
# output
class Lost(Exception):
    pass


class Gone(Lost):
    pass


def price(name: str) -> int:
    try:
        raise Gone(name)
    except Lost:
        return 0
