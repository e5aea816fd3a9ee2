# args: --unsafe
# path: shop.py
def first(prices: dict[str, int], names: list[str]) -> int:
    for name in names:
        try:
            if not name:
                continue
            return prices[name]
        except Exception:
            break
    return 0
# output
def first(prices: dict[str, int], names: list[str]) -> int:
    for name in names:
        try:
            if not name:
                continue
            return prices[name]
        except KeyError:
            break
    return 0
