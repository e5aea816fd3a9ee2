# path: shop.py
# unsafe: 4
def remember(names, prices: dict[str, int], name: str) -> bool:
    try:
        names.append(prices[name])
    except Exception:
        return False
    return True
