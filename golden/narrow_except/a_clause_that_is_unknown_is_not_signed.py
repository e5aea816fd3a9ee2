# args: --annotate
# path: shop.py
# skips: 7 N01-unknown
import warehouse


def stock(name: str) -> int:
    try:
        return warehouse.count(name)
    except Exception:
        return 0
