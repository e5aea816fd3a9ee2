# args: --unsafe
# path: shop.py
from typing_extensions import TypedDict


class Order(TypedDict):
    price: int


def order(text: str) -> Order | None:
    try:
        return Order(price=int(text))
    except Exception:
        return None
# output
from typing_extensions import TypedDict


class Order(TypedDict):
    price: int


def order(text: str) -> Order | None:
    try:
        return Order(price=int(text))
    except ValueError:
        return None
