# args: --unsafe
# path: shop.py
# skips: 9 N15-thread-or-task
from concurrent.futures import ThreadPoolExecutor

PRICES = {"apple": 3}


def count(name: str) -> None:
    try:
        print(PRICES[name])
    except Exception:
        print("no price of", name)


def start(pool: ThreadPoolExecutor) -> None:
    pool.submit(count, "apple")
