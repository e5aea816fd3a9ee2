# args: --unsafe
# path: shop.py
import threading

lock = threading.Lock()


def price(prices: dict[str, int]) -> int:
    try:
        with lock:
            return prices["apple"]
    except Exception:
        return 0
# output
import threading

lock = threading.Lock()


def price(prices: dict[str, int]) -> int:
    try:
        with lock:
            return prices["apple"]
    except KeyError:
        return 0
