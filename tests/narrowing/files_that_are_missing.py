"""Files that are missing, folders where files should be, names that cannot be."""

import os
import tempfile


def text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except Exception:
        return "none"


def size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except Exception:
        return -1


def listed(path: str) -> int:
    try:
        return len(os.listdir(path))
    except Exception:
        return -1


def removed(path: str) -> bool:
    try:
        os.remove(path)
    except Exception:
        return False
    return True


def with_bytes(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.txt")
        with open(path, "wb") as file:
            file.write(data)
        return text(path)


NARROWED = ["text", "size", "listed", "removed"]
ARRIVE = [
    ("FileNotFoundError", lambda: text("/no/such/file")),
    ("IsADirectoryError", lambda: text("/")),
    ("NotADirectoryError", lambda: text("/dev/null/a")),
    ("ValueError", lambda: text("a\0b")),
    ("UnicodeDecodeError", lambda: with_bytes(b"\xff\xfe\xfa")),
    ("FileNotFoundError", lambda: size("/no/such/file")),
    ("FileNotFoundError", lambda: listed("/no/such/folder")),
    ("NotADirectoryError", lambda: listed("/dev/null")),
    ("FileNotFoundError", lambda: removed("/no/such/file")),
]
