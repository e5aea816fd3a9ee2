import sys
from typing import get_type_hints


def classes():
    return [n for n, o in vars(sys.modules[__name__]).items() if isinstance(o, type)]


def table(cls):
    """Columns by the annotations of a class."""
    cls.columns = get_type_hints(cls)
    return cls


class Point:
    pass


@table
class Line:
    start: "Point"


CLASSES = classes()


def later():
    return sys.modules[__name__].Point
