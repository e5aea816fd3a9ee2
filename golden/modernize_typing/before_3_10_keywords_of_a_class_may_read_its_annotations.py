# args: --target-version 3.9
# skips: 7 T00-target
from __future__ import annotations

from typing import Dict, Optional, Protocol


class Row(table=True):
    name: Optional[str]


class Shape(Protocol, frozen=True):
    sides: Optional[int]


class Plain(Protocol):
    sides: Optional[int]


class Made(metaclass=type):
    names: Dict[str, int]

    def method(self, a: Optional[int]) -> None: ...
# output
from __future__ import annotations

from typing import Optional, Protocol


class Row(table=True):
    name: Optional[str]


class Shape(Protocol, frozen=True):
    sides: Optional[int]


class Plain(Protocol):
    sides: int | None


class Made(metaclass=type):
    names: dict[str, int]

    def method(self, a: int | None) -> None: ...
