"""Bytes as text: base64, hexadecimal, encodings."""

import base64
import binascii
import codecs


def decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except Exception:
        return b"none"


def from_hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except Exception:
        return b"none"


def unhex(data: bytes) -> bytes:
    try:
        return binascii.unhexlify(data)
    except Exception:
        return b"none"


def text(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except Exception:
        return "none"


def ascii_bytes(word: str) -> bytes:
    try:
        return word.encode("ascii")
    except Exception:
        return b"none"


def codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except Exception:
        return "none"


NARROWED = ["decoded", "unhex", "text", "ascii_bytes", "codec"]
ARRIVE = [
    ("Error", lambda: decoded("a")),
    ("Error", lambda: decoded("!!!!")),
    ("ValueError", lambda: decoded("\u00e9")),
    ("ValueError", lambda: from_hex("xy")),
    ("Error", lambda: unhex(b"abc")),
    ("UnicodeDecodeError", lambda: text(b"\xff", "utf-8")),
    ("LookupError", lambda: text(b"a", "no-such")),
    ("UnicodeEncodeError", lambda: ascii_bytes("\u00e9")),
    ("LookupError", lambda: codec("no-such")),
]
