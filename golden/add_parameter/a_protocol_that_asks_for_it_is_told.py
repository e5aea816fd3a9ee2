# args: --function mod.Real.load --parameter "strict: bool = False" --value True
# path: mod.py
# skips: 4 P07-protocol
from typing import Protocol


class Loader(Protocol):
    def load(self, path: str) -> str: ...


class Real:
    def load(self, path: str) -> str:
        return path


def use(loader: Loader, real: Real) -> str:
    return loader.load("a") + real.load("b")
# output
from typing import Protocol


class Loader(Protocol):
    def load(self, path: str) -> str: ...


class Real:
    def load(self, path: str, strict: bool = False) -> str:
        return path


def use(loader: Loader, real: Real) -> str:
    return loader.load("a") + real.load("b", strict=True)
