from . import b
from .b import x


def one():
    from .c import z

    return x + z


def two():
    return b.y
