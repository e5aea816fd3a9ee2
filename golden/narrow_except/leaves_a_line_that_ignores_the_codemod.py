# args: --unsafe
# path: shop.py
# skips: 4 C002-ignored
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:  # codemod: ignore[narrow-except]
        return 0
