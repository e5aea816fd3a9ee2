import typing

_T = typing.TypeVar("_T")


def one(x: _T) -> _T:
    return x


def two(x: _T) -> _T:
    return x
