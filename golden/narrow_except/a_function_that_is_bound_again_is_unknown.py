# args: --unsafe
# path: shop.py
# skips: 17 N01-unknown
import warehouse

PRICES = {"apple": 3}


def price(name: str) -> int:
    return PRICES[name]


if warehouse.PRICES:
    price = warehouse.price


def shown(name: str) -> int:
    try:
        return price(name)
    except Exception:
        return 0
