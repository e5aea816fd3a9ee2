"""Bytes that nothing was compressed to."""

import bz2
import gzip
import io
import lzma
import zlib


def inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except Exception:
        return b"none"


def unzipped(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except Exception:
        return b"none"


def unlzma(data: bytes) -> bytes:
    try:
        return lzma.decompress(data)
    except Exception:
        return b"none"


def unbz2(data: bytes) -> bytes:
    try:
        return bz2.decompress(data)
    except Exception:
        return b"none"


def from_file(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read()
    except Exception:
        return b"none"


WHOLE = gzip.compress(b"a" * 1000)
NARROWED = ["inflated", "unlzma"]
ARRIVE = [
    ("error", lambda: inflated(b"nothing")),
    ("BadGzipFile", lambda: unzipped(b"nothing at all")),
    ("EOFError", lambda: unzipped(WHOLE[:-5])),
    ("error", lambda: unzipped(WHOLE[:12] + b"x" * 10 + WHOLE[22:])),
    ("LZMAError", lambda: unlzma(b"nothing")),
    ("OSError", lambda: unbz2(b"nothing")),
    ("ValueError", lambda: unbz2(bz2.compress(b"a")[:-3])),
    ("BadGzipFile", lambda: from_file(b"nothing at all")),
    ("EOFError", lambda: from_file(WHOLE[:-5])),
]
