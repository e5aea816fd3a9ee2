# args: --unsafe
# path: shop.py
# skips: 10 N24-retries
import time

import warehouse


def stock(name: str) -> int:
    for attempt in range(3):
        try:
            return warehouse.count(name)
        except Exception:
            time.sleep(2**attempt)
    return 0
