# args: --unsafe
# path: shop.py
# skips: 4 N10-reraises
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception as error:
        raise error from None
