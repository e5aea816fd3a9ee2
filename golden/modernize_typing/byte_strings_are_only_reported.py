# args: --target-version 3.10
# skips: 4 T30-report
from typing import AnyStr, ByteString, NoReturn


def f(a: ByteString, b: AnyStr) -> NoReturn: ...
