# args: --unsafe
# path: shop.py
# skips: 9 N16-cleanup
import atexit

coins = {"penny": 1}


def empty() -> None:
    try:
        del coins["penny"]
    except Exception:
        pass


atexit.register(empty)
