# args: --unsafe
# path: shop.py
import struct
import zlib


def check(number: int) -> None:
    if number == 1:
        raise zlib.error("bad")
    if number == 2:
        raise ValueError("bad")
    if number == 3:
        raise struct.error("bad")
    raise EOFError("short")


def ok(number: int) -> bool:
    try:
        check(number)
    except Exception:
        return False
    return True
# output
import struct
import zlib


def check(number: int) -> None:
    if number == 1:
        raise zlib.error("bad")
    if number == 2:
        raise ValueError("bad")
    if number == 3:
        raise struct.error("bad")
    raise EOFError("short")


def ok(number: int) -> bool:
    try:
        check(number)
    except (EOFError, ValueError, struct.error, zlib.error):
        return False
    return True
