# args: --unsafe
# path: shop.py
# skips: 7 N02-nothing
def price(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except Exception:
            return -1
    except Exception:
        return 0
# output
def price(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except KeyError:
            return -1
    except Exception:
        return 0
