# args: --unsafe
# path: settings.py
import os

POOL = os.getenv("POOL", "3")
if POOL:
    try:
        POOL = int(POOL)
    except Exception:
        POOL = 3

SIZE = os.environ.get("SIZE")
SIZE = SIZE or float("inf")


def size() -> int:
    try:
        return int(SIZE)
    except Exception:
        return 0
# output
import os

POOL = os.getenv("POOL", "3")
if POOL:
    try:
        POOL = int(POOL)
    except ValueError:
        POOL = 3

SIZE = os.environ.get("SIZE")
SIZE = SIZE or float("inf")


def size() -> int:
    try:
        return int(SIZE)
    except (OverflowError, ValueError):
        return 0
