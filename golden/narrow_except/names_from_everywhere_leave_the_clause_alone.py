# args: --unsafe
# path: shop.py
# skips: 7 N01-unknown
from warehouse import *


def stock(name: str) -> int:
    try:
        return count(name)
    except Exception:
        return 0
