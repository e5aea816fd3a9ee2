# args: --target-version 3.10
# skips: 15 T09-metaclass
# skips: 16 T09-metaclass
from typing import List, Optional, Union


class Meta(type):
    def __ror__(cls, other):
        return NotImplementedError


class Column(metaclass=Meta): ...


class Number(Column): ...


def f(a: Optional[Column]) -> None: ...
def g(a: Union[int, Number]) -> None: ...
def h(a: List[Column]) -> None: ...
# output
from typing import Optional, Union


class Meta(type):
    def __ror__(cls, other):
        return NotImplementedError


class Column(metaclass=Meta): ...


class Number(Column): ...


def f(a: Optional[Column]) -> None: ...
def g(a: Union[int, Number]) -> None: ...
def h(a: list[Column]) -> None: ...
