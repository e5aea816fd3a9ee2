# args: --target-version 3.10 --introspection patch --unsafe
# skips: 1 T13-value
from typing import Union, get_origin


def f(tp):
    if (get_origin(tp)) is Union or (tp) == (Union):
        return 1
    if ((tp)) is not ( Union ):
        return 2
    return get_origin(tp) is Union
# output
from types import UnionType
from typing import Union, get_origin


def f(tp):
    if (get_origin(tp)) in (Union, UnionType) or (tp) in (Union, UnionType):
        return 1
    if ((tp)) not in (Union, UnionType ):
        return 2
    return get_origin(tp) in (Union, UnionType)
