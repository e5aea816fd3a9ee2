# args: --unsafe
# path: shop.py
# skips: 21 N02-nothing
class Shop:
    def __init__(self, prices: dict[str, int]) -> None:
        self.prices = prices
        self.name = "corner"

    @property
    def apple(self) -> int:
        return self.prices["apple"]


def price(shop: Shop) -> int:
    try:
        return shop.apple
    except Exception:
        return 0


def name(shop: Shop) -> str:
    try:
        return shop.name
    except Exception:
        return ""
# output
class Shop:
    def __init__(self, prices: dict[str, int]) -> None:
        self.prices = prices
        self.name = "corner"

    @property
    def apple(self) -> int:
        return self.prices["apple"]


def price(shop: Shop) -> int:
    try:
        return shop.apple
    except KeyError:
        return 0


def name(shop: Shop) -> str:
    try:
        return shop.name
    except Exception:
        return ""
