# args: --unsafe
# path: shop.py
# skips: 15 N02-nothing
import os
import time


def limit() -> int:
    try:
        return int(os.getenv("LIMIT"))
    except Exception:
        return 10


def now() -> int:
    try:
        return int(time.time())
    except Exception:
        return 0
# output
import os
import time


def limit() -> int:
    try:
        return int(os.getenv("LIMIT"))
    except ValueError:
        return 10


def now() -> int:
    try:
        return int(time.time())
    except Exception:
        return 0
