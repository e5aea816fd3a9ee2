# args: --unsafe
# path: shop.py
# skips: 5 N08-group
def price(prices: dict[str, int], name: str) -> int:
    found = 0
    try:
        found = prices[name]
    except* Exception:
        print("no price")
    return found
