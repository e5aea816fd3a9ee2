# args: --annotate
# path: shop.py
# unsafe: 4
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:
        return 0
