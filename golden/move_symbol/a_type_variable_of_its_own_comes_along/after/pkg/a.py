import typing

_T = typing.TypeVar("_T")


def two(x: _T) -> _T:
    return x
