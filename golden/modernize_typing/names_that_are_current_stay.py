# args: --target-version 3.10
from typing import IO, Any, AnyStr, ClassVar, Final, Generic, NoReturn, Protocol, TextIO, TypeVar


def f(a: IO[str], b: TextIO, c: AnyStr) -> NoReturn: ...
