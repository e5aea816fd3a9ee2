# args: --target-version 3.6
# skips: 3 T00-target
# skips: 3 T00-target
import typing
class A:
    def f(self, x: typing.Callable[["A"], int]) -> None: q: "typing.Optional[int]" = None
    def g(self, x: "typing.List['A']", y: typing.Dict[str, typing.Set["A"]]) -> "A": ...
