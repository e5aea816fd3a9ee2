# args: --target-version 3.10
# skips: 1 T30-report
# skips: 2 T30-report
import typing.io
from typing.re import Pattern


def f(a: Pattern, b: typing.io.IO) -> None: ...
