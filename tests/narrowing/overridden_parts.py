"""Properties, attributes and helpers that the children of a class define anew."""

import functools


class Missing(Exception):
    pass


class Late(Exception):
    pass


class Base:
    def __init__(self) -> None:
        self.setup()

    def setup(self) -> None:
        self.ready = True

    @property
    def name(self) -> str:
        return "base"

    def label(self) -> str:
        return self.name + self._suffix()

    def _suffix(self) -> str:
        return ""

    @classmethod
    def default(cls) -> "Base":
        return cls()

    def __enter__(self) -> "Base":
        return self

    def __exit__(self, *caught: object) -> None:
        self.finish()

    def finish(self) -> None:
        pass

    def __delattr__(self, name: str) -> None:
        raise Missing(name)

    def __iadd__(self, other: str) -> "Base":
        raise Missing(other)


class Named(Base):
    @property
    def name(self) -> str:
        raise Missing("name")


class Ended(Base):
    def _suffix(self) -> str:
        raise Late

    def finish(self) -> None:
        raise Late


class Unready(Base):
    def setup(self) -> None:
        raise Late


class Counter:
    def __init__(self) -> None:
        self.rows = {"a": 1}

    @property
    def count(self) -> int:
        return self.rows["a"]

    @count.setter
    def count(self, value: int) -> None:
        if value > 2:
            raise Late
        self.rows["a"] = value

    @count.deleter
    def count(self) -> None:
        del self.rows["b"]


class Step:
    def __init__(self, func) -> None:
        functools.update_wrapper(self, func)
        self.func = func

    def __call__(self, name: str) -> int:
        if not name:
            raise Missing
        return self.func(name)


@Step
def step(name: str) -> int:
    return {"a": 1}[name]


def label(base: Base) -> str:
    try:
        return base.label()
    except Exception:
        return "none"


def name(base: Base) -> str:
    try:
        return base.name
    except Exception:
        return "none"


def made(kind: type[Base]) -> bool:
    try:
        kind.default()
    except Exception:
        return False
    return True


def entered(base: Base) -> bool:
    try:
        with base:
            pass
    except Exception:
        return False
    return True


def dropped(base: Base) -> bool:
    try:
        del base.ready
    except Exception:
        return False
    return True


def extended(base: Base) -> bool:
    try:
        base += "a"
    except Exception:
        return False
    return True


def counted(counter: Counter) -> int:
    try:
        counter.count += 2
    except Exception:
        return -1
    return counter.count


def uncounted(counter: Counter) -> int:
    try:
        del counter.count
    except Exception:
        return -1
    return 0


def stepped(name: str) -> int:
    try:
        return step(name)
    except Exception:
        return -1


NARROWED = ["label", "name", "counted"]
ARRIVE = [
    ("Missing", lambda: label(Named())),
    ("Late", lambda: label(Ended())),
    ("Missing", lambda: name(Named())),
    ("Late", lambda: made(Unready)),
    ("Late", lambda: entered(Ended())),
    ("Missing", lambda: dropped(Base())),
    ("Missing", lambda: extended(Base())),
    ("Late", lambda: counted(Counter())),
    ("KeyError", lambda: uncounted(Counter())),
    ("KeyError", lambda: stepped("b")),
    ("Missing", lambda: stepped("")),
]
