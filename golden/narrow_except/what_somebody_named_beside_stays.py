# args: --unsafe
# path: shop.py
def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except (OSError, Exception):
        return 0
# output
def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except (KeyError, OSError, ValueError):
        return 0
