# args: --unsafe
# path: shop.py
class Unnamed(Exception):
    pass


class Item:
    def __init__(self, name: str) -> None:
        self.name = name

    def __hash__(self) -> int:
        if not self.name:
            raise Unnamed
        return 1


def price(prices: dict[Item, int], item: Item) -> int:
    try:
        return prices[item]
    except Exception:
        return 0
# output
class Unnamed(Exception):
    pass


class Item:
    def __init__(self, name: str) -> None:
        self.name = name

    def __hash__(self) -> int:
        if not self.name:
            raise Unnamed
        return 1


def price(prices: dict[Item, int], item: Item) -> int:
    try:
        return prices[item]
    except (KeyError, Unnamed):
        return 0
