# args: --unsafe
# path: shop.py
def first(prices: dict[str, int], names: list[str]) -> int:
    try:
        return prices[names[0]]
    except Exception:
        return 0
# output
def first(prices: dict[str, int], names: list[str]) -> int:
    try:
        return prices[names[0]]
    except (IndexError, KeyError):
        return 0
