# args: --unsafe
# path: shop.py
# skips: 13 N04-no-name
import struct


def check(data: bytes) -> int:
    raise struct.error("bad")


def size(data: bytes) -> int:
    struct = {"a": 1}
    error = 0
    try:
        return check(data)
    except Exception:
        return len(struct) + error
