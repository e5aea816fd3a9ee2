# args: --target-version 3.10
# skips: 17 T12-variable
# skips: 20 T06-may-be-none
# skips: 21 T06-may-be-none
# skips: 22 T09-metaclass
from typing import List, Optional, TypeVar, Union

T = TypeVar("T")


class Meta(type):
    def __or__(cls, other): ...


class Odd(metaclass=Meta): ...


try:
    from lib import Ctx
except ImportError:
    Ctx = None
Alias = T | Optional[int]


def f(a: Ctx | Optional[str]): ...
def g(a: Ctx | List[str]): ...
def h(a: Odd | Union[int, str]): ...
def i(a: T | Optional[int], b: int | bytes | Optional[T]) -> T: ...
# output
from typing import List, Optional, TypeVar, Union

T = TypeVar("T")


class Meta(type):
    def __or__(cls, other): ...


class Odd(metaclass=Meta): ...


try:
    from lib import Ctx
except ImportError:
    Ctx = None
Alias = T | Optional[int]


def f(a: Ctx | Optional[str]): ...
def g(a: Ctx | List[str]): ...
def h(a: Odd | Union[int, str]): ...
def i(a: T | int | None, b: int | bytes | T | None) -> T: ...
