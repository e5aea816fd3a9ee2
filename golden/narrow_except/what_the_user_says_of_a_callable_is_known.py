# args: --unsafe --raises warehouse.count=OSError
# path: shop.py
import warehouse


def stock(name: str) -> int:
    try:
        return warehouse.count(name)
    except Exception:
        return 0
# output
import warehouse


def stock(name: str) -> int:
    try:
        return warehouse.count(name)
    except OSError:
        return 0
