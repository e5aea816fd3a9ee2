"""Archives that are none, and members that are missing."""

import io
import tarfile
import zipfile


def names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except Exception:
        return []


def member(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(name)
    except Exception:
        return b"none"


def tar_names(data: bytes) -> list[str]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            return archive.getnames()
    except Exception:
        return []


def packed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "a" * 100)
    return buffer.getvalue()


NARROWED = ["names", "tar_names"]
ARRIVE = [
    ("BadZipFile", lambda: names(b"no zip")),
    ("BadZipFile", lambda: names(b"")),
    ("KeyError", lambda: member(packed(), "b.txt")),
    ("BadZipFile", lambda: member(packed().replace(b"a" * 100, b"b" * 100), "a.txt")),
    ("ReadError", lambda: tar_names(b"no tar" * 200)),
]
