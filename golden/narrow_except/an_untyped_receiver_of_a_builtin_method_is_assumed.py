# args: --unsafe
# path: shop.py
def remember(names, prices: dict[str, int], name: str) -> bool:
    try:
        names.append(prices[name])
    except Exception:
        return False
    return True
# output
def remember(names, prices: dict[str, int], name: str) -> bool:
    try:
        names.append(prices[name])
    except KeyError:
        return False
    return True
