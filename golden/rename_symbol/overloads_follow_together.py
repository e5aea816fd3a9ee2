# args: --symbol 'mod.load(size)' --to limit
# path: mod.py
from typing import overload


@overload
def load(size: int) -> int: ...
@overload
def load(size: str) -> str: ...
def load(size):
    return size


load(size=1)
# output
from typing import overload


@overload
def load(limit: int) -> int: ...
@overload
def load(limit: str) -> str: ...
def load(limit):
    return limit


load(limit=1)
