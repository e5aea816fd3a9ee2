# args: --unsafe
# path: shop.py
def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except (
        Exception,
        ValueError,
    ):
        return 0
# output
def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except (KeyError, ValueError):
        return 0
