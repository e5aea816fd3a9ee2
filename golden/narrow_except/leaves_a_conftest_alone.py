# args: --unsafe
# path: conftest.py
# skips: 4 N07-test
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:
        return 0
