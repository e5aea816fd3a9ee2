# args: --unsafe
# path: shop.py
# skips: 10 N04-no-name
try:
    import zlib
except ImportError:
    zlib = None


def size(data: bytes) -> int:
    try:
        raise zlib.error("bad")
    except Exception:
        return 0
