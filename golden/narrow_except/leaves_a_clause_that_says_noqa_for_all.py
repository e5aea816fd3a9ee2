# args: --unsafe
# path: shop.py
# skips: 4 N21-signed
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:  # noqa
        return 0
