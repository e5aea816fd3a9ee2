# args: --target-version 3.10
from dataclasses import dataclass
from typing import Dict, List, Set, Type


class Store:
    def before(self, ids: List[int]) -> None: ...

    def list(self) -> List[int]: ...

    def after(self, ids: List[int], names: Set[str]) -> None: ...


@dataclass
class Field:
    kind: Type[int]
    type: str
    base: Type[int]


def dict(): ...


def f(a: Dict[str, int]) -> None: ...
# output
import builtins
from dataclasses import dataclass


class Store:
    def before(self, ids: builtins.list[int]) -> None: ...

    def list(self) -> builtins.list[int]: ...

    def after(self, ids: builtins.list[int], names: set[str]) -> None: ...


@dataclass
class Field:
    kind: builtins.type[int]
    type: str
    base: builtins.type[int]


def dict(): ...


def f(a: builtins.dict[str, int]) -> None: ...
