"""The system: variables, users, signals, folders."""

import grp
import os
import pwd
import shutil
import signal
import tempfile


def variable(name: str) -> str:
    try:
        return os.environ[name]
    except Exception:
        return "none"


def user(name: str) -> int:
    try:
        return pwd.getpwnam(name).pw_uid
    except Exception:
        return -1


def group(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except Exception:
        return "none"


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except Exception:
        return False
    return True


def way(name: str) -> int:
    try:
        return signal.Signals[name].value
    except Exception:
        return 0


def copied(path: str) -> bool:
    try:
        shutil.copy(path, path)
    except Exception:
        return False
    return True


def same_file() -> bool:
    with tempfile.NamedTemporaryFile() as file:
        return copied(file.name)


def tree(path: str) -> bool:
    try:
        shutil.rmtree(path)
    except Exception:
        return False
    return True


def moved(path: str) -> bool:
    try:
        os.rename(path, path + ".old")
    except Exception:
        return False
    return True


def linked(path: str) -> str:
    try:
        return os.readlink(path)
    except Exception:
        return "none"


def read(number: int) -> bytes:
    try:
        return os.read(number, 1)
    except Exception:
        return b"none"


NARROWED = ["variable", "copied", "tree", "moved", "linked"]
ARRIVE = [
    ("KeyError", lambda: variable("NO_SUCH_VARIABLE")),
    ("KeyError", lambda: user("no such user")),
    ("KeyError", lambda: group(123456789)),
    ("ProcessLookupError", lambda: alive(4194300)),
    ("OverflowError", lambda: alive(10**20)),
    ("KeyError", lambda: way("SIGNONE")),
    ("FileNotFoundError", lambda: copied("/no/such/file")),
    ("SameFileError", same_file),
    ("FileNotFoundError", lambda: tree("/no/such/folder")),
    ("FileNotFoundError", lambda: moved("/no/such/file")),
    ("OSError", lambda: linked("/")),
    ("OSError", lambda: read(9999)),
]
