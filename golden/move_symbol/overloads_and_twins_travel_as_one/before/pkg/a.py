import sys
from typing import overload


@overload
def one(x: int) -> int: ...
@overload
def one(x: str) -> str: ...
def one(x):
    return x


# ---- speed ----

if sys.platform == "linux":
    def fast():
        return 1
else:
    def fast():
        return 2


def two():
    return 2
