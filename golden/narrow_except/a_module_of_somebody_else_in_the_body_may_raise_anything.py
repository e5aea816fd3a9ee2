# args: --unsafe
# path: shop.py
# skips: 6 N01-unknown
def price(prices: dict[str, int], name: str) -> int:
    try:
        import warehouse

        return prices[name]
    except Exception:
        return 0
