# args: --unsafe
# path: shop.py
# skips: 7 N01-unknown
import warehouse


def stock(text: str) -> int:
    try:
        return warehouse.count(int(text))
    except Exception:
        return 0
