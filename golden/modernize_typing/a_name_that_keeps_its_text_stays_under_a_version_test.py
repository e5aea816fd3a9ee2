# args: --target-version 3.10
# skips: 4 T23-conditional
import sys

if sys.version_info >= (3, 9):
    from typing import OrderedDict
else:
    from typing_extensions import OrderedDict


def f(a: OrderedDict[str, int]) -> None: ...
