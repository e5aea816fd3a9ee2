# args: --unsafe
# path: shop.py
# skips: 7 N15-thread-or-task
import threading


def count(prices: dict[str, int]) -> None:
    try:
        print(prices["apple"])
    except Exception:
        print("no apples")


def start(prices: dict[str, int]) -> None:
    threading.Thread(target=count, args=(prices,)).start()
