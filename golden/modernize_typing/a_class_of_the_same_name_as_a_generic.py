# args: --target-version 3.10
from typing import Any

from app.shapes import List


class Type:
    def __class_getitem__(cls, item): ...


class Deque: ...


def f(a: Type[int], b: Deque, c: List[Any]) -> None: ...
