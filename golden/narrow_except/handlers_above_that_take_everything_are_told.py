# args: --unsafe
# path: shop.py
# skips: 6 N03-taken
def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except (KeyError, ValueError):
        return -1
    except Exception:
        return 0
