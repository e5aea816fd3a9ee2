# args: --unsafe
# path: shop.py
PRICES = {"apple": 3}


def price(name: str) -> int:
    return PRICES[name]


def cheapest(names: list[str]) -> list[str]:
    try:
        return sorted(names, key=price)
    except Exception:
        return names
# output
PRICES = {"apple": 3}


def price(name: str) -> int:
    return PRICES[name]


def cheapest(names: list[str]) -> list[str]:
    try:
        return sorted(names, key=price)
    except KeyError:
        return names
