# args: --target-version 3.10
import sys

if sys.version_info >= (3, 8):
    from typing import Deque, Literal
else:
    from typing_extensions import Deque, Literal


def f(a: Deque[int], b: Literal["x"]) -> None: ...
# output
import sys
from collections import deque

if sys.version_info >= (3, 8):
    from typing import Literal
else:
    from typing_extensions import Literal


def f(a: deque[int], b: Literal["x"]) -> None: ...
