"""Members that do not exist."""

import enum


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Size(enum.IntEnum):
    SMALL = 1


class Way(enum.Flag, boundary=enum.STRICT):
    UP = 1
    DOWN = 2


def by_value(value: int) -> str:
    try:
        return Color(value).name
    except Exception:
        return "none"


def by_name(name: str) -> int:
    try:
        return Color[name].value
    except Exception:
        return 0


def size(value: int) -> str:
    try:
        return Size(value).name
    except Exception:
        return "none"


def way(value: int) -> str:
    try:
        return str(Way(value))
    except Exception:
        return "none"


ARRIVE = [
    ("ValueError", lambda: by_value(9)),
    ("KeyError", lambda: by_name("GREEN")),
    ("ValueError", lambda: size(9)),
    ("ValueError", lambda: way(9)),
]
