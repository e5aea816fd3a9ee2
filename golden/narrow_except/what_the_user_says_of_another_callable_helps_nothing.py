# args: --unsafe --raises warehouse.count=OSError
# path: shop.py
# skips: 7 N01-unknown
import warehouse


def stock(name: str) -> int:
    try:
        return warehouse.weigh(name)
    except Exception:
        return 0
