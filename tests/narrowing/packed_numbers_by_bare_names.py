"""The same, where the module itself is not imported."""

from struct import Struct, pack, unpack

HEAD = Struct("<HI")


def number(data: bytes) -> int:
    try:
        (found,) = unpack("<I", data)
        return found
    except Exception:
        return -1


def packed(value: int) -> bytes:
    try:
        return pack("<B", value)
    except Exception:
        return b""


def head(data: bytes) -> tuple:
    try:
        return HEAD.unpack(data)
    except Exception:
        return ()


NARROWED = ["number", "packed", "head"]
ARRIVE = [
    ("error", lambda: number(b"")),
    ("error", lambda: packed(256)),
    ("error", lambda: head(b"123")),
]
