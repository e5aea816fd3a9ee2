"""Metaclasses, class decorators, named tuples, enumerations with code, class attributes made by calls."""

import enum
from typing import NamedTuple


class Refused(Exception):
    pass


class Checked(type):
    def __call__(cls, *values: object) -> object:
        if not values:
            raise Refused("nothing given")
        return super().__call__(*values)

    def __getattr__(cls, name: str) -> int:
        raise Refused(name)

    def __getitem__(cls, name: str) -> int:
        raise Refused(name)


class Thing(metaclass=Checked):
    def __init__(self, *values: object) -> None:
        self.values = values


class Point(NamedTuple):
    x: int
    y: int

    @property
    def slope(self) -> float:
        return self.y / self.x


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"

    @classmethod
    def _missing_(cls, value: object) -> "Color":
        raise Refused(value)

    @property
    def code(self) -> int:
        return {"red": 1}[self.value]


def counted(cls: type) -> type:
    plain = cls.__init__

    def init(self, amount: int) -> None:
        if amount > 9:
            raise Refused(amount)
        plain(self, amount)

    cls.__init__ = init
    return cls


@counted
class Amount:
    def __init__(self, amount: int) -> None:
        self.amount = amount


class Generic:
    def __class_getitem__(cls, name: str) -> str:
        raise Refused(name)


def made() -> bool:
    try:
        Thing()
    except Exception:
        return False
    return True


def attribute() -> int:
    try:
        return Thing.missing
    except Exception:
        return -1


def subscript() -> int:
    try:
        return Thing["a"]
    except Exception:
        return -1


def slope(point: Point) -> float:
    try:
        return point.slope
    except Exception:
        return -1.0


def color(name: str) -> str:
    try:
        return Color(name).name
    except Exception:
        return "none"


def code(color: Color) -> int:
    try:
        return color.code
    except Exception:
        return -1


def amount(number: int) -> int:
    try:
        return Amount(number).amount
    except Exception:
        return -1


def generic() -> str:
    try:
        return Generic["a"]
    except Exception:
        return "none"


def derived() -> bool:
    class Base:
        def __init_subclass__(cls) -> None:
            raise Refused

    try:

        class Child(Base):
            pass

    except Exception:
        return False
    return True


NARROWED = []
ARRIVE = [
    ("Refused", made),
    ("Refused", attribute),
    ("Refused", subscript),
    ("ZeroDivisionError", lambda: slope(Point(0, 1))),
    ("Refused", lambda: color("green")),
    ("KeyError", lambda: code(Color.BLUE)),
    ("Refused", lambda: amount(10)),
    ("Refused", generic),
    ("Refused", derived),
]
