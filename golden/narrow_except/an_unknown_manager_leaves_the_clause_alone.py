# args: --unsafe
# path: shop.py
# skips: 8 N01-unknown
import warehouse


def price(prices: dict[str, int], name: str) -> int:
    try:
        with warehouse.locked():
            return prices[name]
    except Exception:
        return 0
