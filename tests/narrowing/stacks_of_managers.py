"""ExitStack, closing, nullcontext, managers that are made by functions, returned and inherited."""

import contextlib
from collections.abc import Iterator


class Stuck(Exception):
    pass


class Door:
    def __init__(self, sticks: bool = False) -> None:
        self.sticks = sticks

    def close(self) -> None:
        if self.sticks:
            raise Stuck

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *caught: object) -> None:
        self.close()


class Gate(Door):
    def close(self) -> None:
        raise Stuck("gate")


class Swallows(contextlib.ContextDecorator):
    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type | None, *caught: object) -> bool:
        if kind is KeyError:
            return True
        if kind is not None:
            raise Stuck
        return False


def opened(name: str) -> Door:
    if not name:
        raise Stuck("no name")
    return Door()


@contextlib.contextmanager
def twice(sticks: bool) -> Iterator[None]:
    with Door(), Door(sticks):
        yield


@contextlib.contextmanager
def finishing() -> Iterator[None]:
    try:
        yield
    finally:
        Gate().close()


def entered(door: Door) -> bool:
    try:
        with door:
            pass
    except Exception:
        return False
    return True


def by_closing(door: Door) -> bool:
    try:
        with contextlib.closing(door):
            pass
    except Exception:
        return False
    return True


def by_stack(door: Door) -> bool:
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(Door())
            stack.callback(door.close)
    except Exception:
        return False
    return True


def by_function(name: str) -> bool:
    try:
        with opened(name):
            pass
    except Exception:
        return False
    return True


def by_generator(sticks: bool) -> bool:
    try:
        with twice(sticks):
            pass
    except Exception:
        return False
    return True


def finished() -> bool:
    try:
        with finishing():
            pass
    except Exception:
        return False
    return True


def translated(prices: dict[str, int], name: str) -> int:
    try:
        with Swallows():
            return 1 // prices[name]
    except Exception:
        return -1
    return 0


@Swallows()
def decorated(prices: dict[str, int], name: str) -> int:
    return 1 // prices[name]


def through_decorator(prices: dict[str, int], name: str) -> int | None:
    try:
        return decorated(prices, name)
    except Exception:
        return -1


NARROWED = []
ARRIVE = [
    ("Stuck", lambda: entered(Door(sticks=True))),
    ("Stuck", lambda: entered(Gate())),
    ("Stuck", lambda: by_closing(Gate())),
    ("Stuck", lambda: by_stack(Gate())),
    ("Stuck", lambda: by_function("")),
    ("Stuck", lambda: by_generator(True)),
    ("Stuck", finished),
    ("KeyError", lambda: translated({}, "a")),
    ("Stuck", lambda: translated({"a": 0}, "a")),
    ("Stuck", lambda: through_decorator({"a": 0}, "a")),
]
