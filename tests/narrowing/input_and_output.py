"""What is read from a terminal and written to a stream of the project."""

import io
import sys


class Full(Exception):
    pass


class Drain(io.TextIOBase):
    def write(self, text: str) -> int:
        raise Full

    def readline(self, size: int = -1) -> str:
        raise Full

    def __iter__(self):
        raise Full


class Plain:
    def write(self, text: str) -> int:
        raise Full


def asked(text: str) -> str:
    old, sys.stdin = sys.stdin, io.StringIO(text)
    try:
        return input()
    except Exception:
        return "none"
    finally:
        sys.stdin = old


def printed(text: str) -> bool:
    try:
        print(text, file=Plain())
    except Exception:
        return False
    return True


def written(stream: io.TextIOBase, text: str) -> bool:
    try:
        stream.write(text)
    except Exception:
        return False
    return True


def lines(stream: io.TextIOBase) -> int:
    try:
        return len(list(stream))
    except Exception:
        return -1


def line(stream: io.TextIOBase) -> str:
    try:
        return stream.readline()
    except Exception:
        return "none"


def lonely(text: str) -> bytes:
    try:
        return text.encode()
    except Exception:
        return b"none"


def position(stream: io.TextIOBase) -> int:
    try:
        return stream.tell()
    except Exception:
        return -1


NARROWED = ["lonely"]
ARRIVE = [
    ("EOFError", lambda: asked("")),
    ("Full", lambda: printed("a")),
    ("Full", lambda: written(Drain(), "a")),
    ("Full", lambda: lines(Drain())),
    ("Full", lambda: line(Drain())),
    ("UnicodeEncodeError", lambda: lonely("\ud800")),
    ("UnsupportedOperation", lambda: position(Drain())),
]
