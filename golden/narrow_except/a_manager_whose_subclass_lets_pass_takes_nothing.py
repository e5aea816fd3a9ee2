# args: --unsafe
# path: shop.py
class Till:
    def __enter__(self) -> "Till":
        return self

    def __exit__(self, *error: object) -> bool:
        return True


class Strict(Till):
    def __exit__(self, *error: object) -> bool:
        return False


def price(till: Till, prices: dict[str, int], text: str) -> int:
    amount = 0
    try:
        amount = int(text)
        with till:
            amount *= prices["apple"]
    except Exception:
        amount = 0
    return amount


def exact(prices: dict[str, int], text: str) -> int:
    amount = 0
    try:
        amount = int(text)
        with Till():
            amount *= prices["apple"]
    except Exception:
        amount = 0
    return amount
# output
class Till:
    def __enter__(self) -> "Till":
        return self

    def __exit__(self, *error: object) -> bool:
        return True


class Strict(Till):
    def __exit__(self, *error: object) -> bool:
        return False


def price(till: Till, prices: dict[str, int], text: str) -> int:
    amount = 0
    try:
        amount = int(text)
        with till:
            amount *= prices["apple"]
    except (KeyError, ValueError):
        amount = 0
    return amount


def exact(prices: dict[str, int], text: str) -> int:
    amount = 0
    try:
        amount = int(text)
        with Till():
            amount *= prices["apple"]
    except ValueError:
        amount = 0
    return amount
