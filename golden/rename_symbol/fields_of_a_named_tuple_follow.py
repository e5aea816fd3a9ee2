# args: --symbol mod.Point.x --to left
# path: mod.py
from typing import NamedTuple


class Point(NamedTuple):
    x: int
    y: int = 0


def move(point: Point, x=1):
    other = Point(x=x)
    match point:
        case Point(x=1):
            pass
    return point._replace(x=2).x + other.x
# output
from typing import NamedTuple


class Point(NamedTuple):
    left: int
    y: int = 0


def move(point: Point, x=1):
    other = Point(left=x)
    match point:
        case Point(left=1):
            pass
    return point._replace(left=2).left + other.left
