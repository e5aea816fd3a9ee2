"""Files that are closed, that cannot be written, that cannot be searched."""

import io
import os
import tempfile


def written(file: io.StringIO, text: str) -> int:
    try:
        return file.write(text)
    except Exception:
        return -1


def closed() -> int:
    file = io.StringIO()
    file.close()
    return written(file, "a")


def read_what_is_written(path: str) -> str:
    try:
        with open(path, "w", encoding="utf-8") as file:
            return file.read()
    except Exception:
        return "none"


def in_a_folder() -> str:
    with tempfile.TemporaryDirectory() as folder:
        return read_what_is_written(os.path.join(folder, "a"))


def lines(path: str) -> int:
    count = 0
    try:
        with open(path, encoding="ascii") as file:
            for _ in file:
                count += 1
    except Exception:
        return -1
    return count


def no_ascii() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a")
        with open(path, "wb") as file:
            file.write(b"a\nb\xff\n")
        return lines(path)


def mode(path: str, how: str) -> bool:
    try:
        with open(path, how):
            return True
    except Exception:
        return False


def sought(data: bytes, place: int) -> int:
    try:
        return io.BytesIO(data).seek(place)
    except Exception:
        return -1


NARROWED = ["read_what_is_written", "lines", "mode"]
ARRIVE = [
    ("ValueError", closed),
    ("UnsupportedOperation", in_a_folder),
    ("FileNotFoundError", lambda: lines("/no/such/file")),
    ("UnicodeDecodeError", no_ascii),
    ("ValueError", lambda: mode("/dev/null", "odd")),
    ("FileNotFoundError", lambda: mode("/no/such/file", "r")),
    ("ValueError", lambda: sought(b"", -1)),
]
