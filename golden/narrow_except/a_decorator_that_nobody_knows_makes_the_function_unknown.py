# args: --unsafe
# path: shop.py
# skips: 14 N01-unknown
from permissions import allowed

PRICES = {"apple": 3}


@allowed
def price(name: str) -> int:
    return PRICES[name]


def shown(name: str) -> int:
    try:
        return price(name)
    except Exception:
        return 0
