import typing

from app.compat import List


def f(a: List[int]) -> typing.Any: ...
