# args: --symbol mod.load --to fetch
# path: mod.py
from functools import singledispatch
from typing import overload


@overload
def load(size: int) -> int: ...
@overload
def load(size: str) -> str: ...
def load(size):
    return size


@singledispatch
def show(x):
    return x


@show.register
def show_int(x: int):
    return load(x)
# output
from functools import singledispatch
from typing import overload


@overload
def fetch(size: int) -> int: ...
@overload
def fetch(size: str) -> str: ...
def fetch(size):
    return size


@singledispatch
def show(x):
    return x


@show.register
def show_int(x: int):
    return fetch(x)
