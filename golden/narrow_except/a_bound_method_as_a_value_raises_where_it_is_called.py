# args: --unsafe
# path: shop.py
class Shop:
    def __init__(self, prices: dict[str, int]) -> None:
        self.prices = prices

    def price(self, name: str) -> int:
        return self.prices[name]


def shown(shop: Shop) -> int:
    look = shop.price
    try:
        return look("apple")
    except Exception:
        return 0
# output
class Shop:
    def __init__(self, prices: dict[str, int]) -> None:
        self.prices = prices

    def price(self, name: str) -> int:
        return self.prices[name]


def shown(shop: Shop) -> int:
    look = shop.price
    try:
        return look("apple")
    except KeyError:
        return 0
