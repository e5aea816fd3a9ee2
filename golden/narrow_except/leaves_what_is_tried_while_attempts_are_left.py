# args: --unsafe
# path: shop.py
# skips: 11 N24-retries
import time

import warehouse


def stock(name: str) -> int:
    attempts = 0
    while attempts < 3:
        try:
            return warehouse.count(name)
        except Exception:
            attempts += 1
            time.sleep(1)
    return 0
