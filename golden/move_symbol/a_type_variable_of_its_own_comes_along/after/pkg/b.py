X = 1

import typing

Y: typing.Any = X

_T = typing.TypeVar("_T")


def one(x: _T) -> _T:
    return x
