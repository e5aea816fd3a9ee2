# args: --unsafe
# path: shop.py
def price(prices: dict[str, int], names: list[str]) -> int:
    try:
        return prices[names[0]]
    except KeyError:
        print("no price")
        raise
    except IndexError:
        return 0


def shown(prices: dict[str, int], names: list[str]) -> int:
    try:
        return price(prices, names)
    except Exception:
        return 0
# output
def price(prices: dict[str, int], names: list[str]) -> int:
    try:
        return prices[names[0]]
    except KeyError:
        print("no price")
        raise
    except IndexError:
        return 0


def shown(prices: dict[str, int], names: list[str]) -> int:
    try:
        return price(prices, names)
    except KeyError:
        return 0
