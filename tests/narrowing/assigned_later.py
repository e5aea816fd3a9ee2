"""Methods and functions that are put in place of others while the program runs."""


class Refused(Exception):
    pass


class Till:
    def count(self) -> int:
        return 1

    close = None


def refuse(self: Till) -> int:
    raise Refused


Till.close = refuse


class Shop:
    def __init__(self) -> None:
        self.till = Till()
        self.look = self._look

    def _look(self, name: str) -> int:
        return {"apple": 3}[name]


class Loud(Shop):
    def _look(self, name: str) -> int:
        raise Refused(name)


def closed(till: Till) -> int:
    try:
        return till.close()
    except Exception:
        return -1


def patched() -> int:
    till = Till()
    till.count = lambda: refuse(till)
    try:
        return till.count()
    except Exception:
        return -1


def looked(shop: Shop, name: str) -> int:
    try:
        return shop.look(name)
    except Exception:
        return -1


def price() -> int:
    return 1


def dear() -> int:
    raise Refused


def raise_prices() -> None:
    global price
    price = dear


def shown() -> int:
    raise_prices()
    try:
        return price()
    except Exception:
        return -1


def taken(kind: str) -> int:
    if kind == "dear":
        from operator import truediv as share
    else:
        from operator import add as share
    try:
        return int(share(1, 0))
    except Exception:
        return -1


NARROWED = []
ARRIVE = [
    ("Refused", lambda: closed(Till())),
    ("Refused", patched),
    ("KeyError", lambda: looked(Shop(), "pear")),
    ("Refused", lambda: looked(Loud(), "apple")),
    ("Refused", shown),
    ("ZeroDivisionError", lambda: taken("dear")),
]
