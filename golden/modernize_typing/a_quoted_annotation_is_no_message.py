# args: --target-version 3.10
import typing


class A:
    x: "typing.Optional[str]"
    y: typing.Optional[str]


def f(a: typing.Optional[str]) -> "typing.Optional[str]": ...
# output
class A:
    x: "str | None"
    y: str | None


def f(a: str | None) -> "str | None": ...
