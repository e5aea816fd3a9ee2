"""The package."""

from ._a import x


def one():
    from . import _a

    return _a.x


def two():
    return x
