# args: --unsafe
# path: shop.py
import threading

PRICES = {"apple": 3}


def count(name: str) -> int:
    try:
        return PRICES[name]
    except Exception:
        return 0


def other() -> None:
    print("other")


def start() -> None:
    threading.Thread(target=other).start()
# output
import threading

PRICES = {"apple": 3}


def count(name: str) -> int:
    try:
        return PRICES[name]
    except KeyError:
        return 0


def other() -> None:
    print("other")


def start() -> None:
    threading.Thread(target=other).start()
