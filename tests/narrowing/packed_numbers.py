"""Bytes that are too short, numbers that do not fit."""

import struct


def number(data: bytes) -> int:
    try:
        return struct.unpack("<I", data)[0]
    except Exception:
        return -1


def packed(value: int) -> bytes:
    try:
        return struct.pack("<H", value)
    except Exception:
        return b""


def at(data: bytes, offset: int) -> tuple:
    try:
        return struct.unpack_from("<HH", data, offset)
    except Exception:
        return ()


def size(form: str) -> int:
    try:
        return struct.calcsize(form)
    except Exception:
        return -1


NARROWED = ["number", "packed", "at", "size"]
ARRIVE = [
    ("error", lambda: number(b"12")),
    ("error", lambda: packed(70000)),
    ("error", lambda: packed(-1)),
    ("error", lambda: at(b"1234", 3)),
    ("error", lambda: size("Z")),
]
