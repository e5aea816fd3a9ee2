# args: --unsafe
# path: shop.py
# skips: 14 N01-unknown
# skips: 21 N01-unknown
import warehouse


def parts(scheme, number: str) -> int:
    try:
        return scheme.count("+") + int(number)
    except Exception:
        return 0


def orders(table) -> int:
    try:
        return table.count()
    except Exception:
        return 0


def stock() -> int:
    try:
        return warehouse.count("bread")
    except Exception:
        return 0
# output
import warehouse


def parts(scheme, number: str) -> int:
    try:
        return scheme.count("+") + int(number)
    except ValueError:
        return 0


def orders(table) -> int:
    try:
        return table.count()
    except Exception:
        return 0


def stock() -> int:
    try:
        return warehouse.count("bread")
    except Exception:
        return 0
