# args: --unsafe
# path: shop.py
# skips: 4 N10-reraises
def price(prices: dict[str, int], name: str, strict: bool) -> int:
    try:
        return prices[name]
    except Exception:
        if strict:
            raise
        return 0
