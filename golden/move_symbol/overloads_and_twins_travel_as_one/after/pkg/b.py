import sys
from typing import overload

B = 0


@overload
def one(x: int) -> int: ...
@overload
def one(x: str) -> str: ...
def one(x):
    return x


if sys.platform == "linux":
    def fast():
        return 1
else:
    def fast():
        return 2
