# args: --unsafe
# path: shop.py
from struct import unpack


def number(data: bytes) -> tuple[int, ...]:
    try:
        return unpack("<I", data)
    except Exception:
        return ()
# output
import struct
from struct import unpack


def number(data: bytes) -> tuple[int, ...]:
    try:
        return unpack("<I", data)
    except struct.error:
        return ()
