# args: --target-version 3.10
from ast import List, Set
from collections import Counter, OrderedDict

from lxml.text import Text
from typing import Any


class Optional:
    def __class_getitem__(cls, item): ...


def Union(*a): ...


def f(a: List, b: Set, c: Counter[str], d: OrderedDict[str, Any], e: Text, g: Optional[int]) -> None: ...
