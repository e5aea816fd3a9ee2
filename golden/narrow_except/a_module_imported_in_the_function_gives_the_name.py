# args: --unsafe
# path: shop.py
def size(data: bytes) -> int:
    import struct

    try:
        raise struct.error("bad")
    except Exception:
        return 0
# output
def size(data: bytes) -> int:
    import struct

    try:
        raise struct.error("bad")
    except struct.error:
        return 0
