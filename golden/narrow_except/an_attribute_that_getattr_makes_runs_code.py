# args: --unsafe
# path: shop.py
class Missing(Exception):
    pass


class Row:
    def __getattr__(self, name: str) -> int:
        raise Missing(name)


def price(row: Row) -> int:
    try:
        return row.price
    except Exception:
        return 0
# output
class Missing(Exception):
    pass


class Row:
    def __getattr__(self, name: str) -> int:
        raise Missing(name)


def price(row: Row) -> int:
    try:
        return row.price
    except Missing:
        return 0
