# args: --unsafe
# path: shop.py
# suggest: 4
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices.get(name, 0)
    except Exception:
        return 0
