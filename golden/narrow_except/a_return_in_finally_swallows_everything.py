# args: --unsafe
# path: shop.py
# skips: 11 N02-nothing
def price(prices: dict[str, int]) -> int:
    try:
        return prices["apple"]
    finally:
        return 0


def shown(prices: dict[str, int]) -> int:
    try:
        return price(prices)
    except Exception:
        return 1
