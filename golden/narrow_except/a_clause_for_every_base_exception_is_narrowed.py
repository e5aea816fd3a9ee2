# args: --unsafe
# path: shop.py
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except BaseException:
        return 0
# output
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError:
        return 0
