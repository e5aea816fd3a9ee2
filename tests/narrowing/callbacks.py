"""Functions that are handed over, kept and called later."""

from collections.abc import Callable


class Broken(Exception):
    pass


class Bell:
    def __init__(self) -> None:
        self.hearers: list[Callable[[str], None]] = []
        self.last: Callable[[str], None] | None = None

    def add(self, hearer: Callable[[str], None]) -> None:
        self.hearers.append(hearer)
        self.last = hearer

    def ring(self, name: str) -> int:
        heard = 0
        for hearer in self.hearers:
            try:
                hearer(name)
                heard += 1
            except Exception:
                print("somebody failed")
        return heard

    def ring_last(self, name: str) -> bool:
        try:
            if self.last is not None:
                self.last(name)
        except Exception:
            return False
        return True


def breaks(name: str) -> None:
    raise Broken(name)


def rung() -> int:
    bell = Bell()
    bell.add(breaks)
    bell.add(print)
    return bell.ring("a")


def rung_last() -> bool:
    bell = Bell()
    bell.add(breaks)
    return bell.ring_last("a")


def applied(func: Callable[..., int], *values: object) -> int:
    try:
        return func(*values)
    except Exception:
        return -1


ARRIVE = [
    ("Broken", rung),
    ("Broken", rung_last),
    ("ValueError", lambda: applied(int, "x")),
    ("KeyError", lambda: applied({}.__getitem__, "x")),
]
