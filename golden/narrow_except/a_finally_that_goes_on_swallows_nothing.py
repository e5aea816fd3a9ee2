# args: --unsafe
# path: shop.py
def price(prices: dict[str, int]) -> int:
    try:
        return prices["apple"]
    finally:
        print("looked")


def shown(prices: dict[str, int]) -> int:
    try:
        return price(prices)
    except Exception:
        return 1
# output
def price(prices: dict[str, int]) -> int:
    try:
        return prices["apple"]
    finally:
        print("looked")


def shown(prices: dict[str, int]) -> int:
    try:
        return price(prices)
    except KeyError:
        return 1
