# args: --target-version 3.10
# skips: 5 T30-report
import typing
from typing import List


def f(a: typing.ByteString, b: List[int]) -> typing.AnyStr: ...
# output
import typing


def f(a: typing.ByteString, b: list[int]) -> typing.AnyStr: ...
