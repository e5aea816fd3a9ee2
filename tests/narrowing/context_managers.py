"""Managers that raise on entering, on leaving, and that swallow."""

import types


class Locked(Exception):
    pass


class Dirty(Exception):
    pass


class Till:
    def __init__(self, locked: bool = False, dirty: bool = False) -> None:
        self.locked = locked
        self.dirty = dirty

    def __enter__(self) -> dict[str, int]:
        if self.locked:
            raise Locked
        return {"penny": 1}

    def __exit__(self, kind: type | None, error: BaseException | None, trace: types.TracebackType | None) -> None:
        if self.dirty:
            raise Dirty


class Forgiving:
    def __enter__(self) -> dict[str, int]:
        return {"penny": 1}

    def __exit__(self, kind: type | None, error: BaseException | None, trace: types.TracebackType | None) -> bool:
        return kind is not None and issubclass(kind, KeyError)


def coins(till: Till, name: str) -> int:
    try:
        with till as box:
            return box[name]
    except Exception:
        return -1


def forgiven(name: str, by: int) -> int:
    found = 0
    try:
        with Forgiving() as box:
            found = box[name] // by
    except Exception:
        return -1
    return found


NARROWED = ["coins"]
ARRIVE = [
    ("Locked", lambda: coins(Till(locked=True), "penny")),
    ("Dirty", lambda: coins(Till(dirty=True), "penny")),
    ("KeyError", lambda: coins(Till(), "pound")),
    ("ZeroDivisionError", lambda: forgiven("penny", 0)),
    ("KeyError", lambda: forgiven("pound", 1)),
]
