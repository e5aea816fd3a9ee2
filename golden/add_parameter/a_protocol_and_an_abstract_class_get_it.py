# args: --function mod.Loader.load --parameter "strict: bool = False" --value True
# path: mod.py
from abc import ABC, abstractmethod
from typing import Protocol


class Loader(Protocol):
    def load(self, path: str) -> str: ...


class Abstract(Loader, ABC):
    @abstractmethod
    def load(self, path: str) -> str: ...


class Real(Abstract):
    def load(self, path: str) -> str:
        return path


def use(loader: Loader) -> str:
    return loader.load("a")
# output
from abc import ABC, abstractmethod
from typing import Protocol


class Loader(Protocol):
    def load(self, path: str, strict: bool = False) -> str: ...


class Abstract(Loader, ABC):
    @abstractmethod
    def load(self, path: str, strict: bool = False) -> str: ...


class Real(Abstract):
    def load(self, path: str, strict: bool = False) -> str:
        return path


def use(loader: Loader) -> str:
    return loader.load("a", strict=True)
