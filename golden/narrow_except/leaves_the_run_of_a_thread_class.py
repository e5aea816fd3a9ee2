# args: --unsafe
# path: shop.py
# skips: 10 N15-thread-or-task
import threading

PRICES = {"apple": 3}


class Counter(threading.Thread):
    def run(self) -> None:
        try:
            print(PRICES["apple"])
        except Exception:
            print("no apples")
