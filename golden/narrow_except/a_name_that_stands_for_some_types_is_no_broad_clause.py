# args: --unsafe
# path: shop.py
ERRORS = (ValueError, KeyError)


def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except ERRORS:
        return 0
