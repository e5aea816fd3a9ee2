# args: --unsafe
# path: shop.py
# skips: 7 N01-unknown
from typing import Any


def price(store: Any, name: str) -> int:
    try:
        return store.price_of(name)
    except Exception:
        return 0
