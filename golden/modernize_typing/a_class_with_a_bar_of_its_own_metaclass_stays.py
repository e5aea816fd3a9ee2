# args: --target-version 3.10
# skips: 12 T09-metaclass
from typing import Optional


class Meta(type):
    def __or__(cls, other):
        return cls


class Query(metaclass=Meta): ...


def f(a: Optional[Query]) -> None: ...
