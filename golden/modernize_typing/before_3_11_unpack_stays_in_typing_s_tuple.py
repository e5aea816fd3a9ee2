# args: --target-version 3.10
# skips: 11 T16-not-types
# skips: 13 T16-not-types
# skips: 13 T16-not-types
from dataclasses import dataclass
from typing import Generic, List, Tuple

from typing_extensions import TypeVarTuple, Unpack

Ts = TypeVarTuple("Ts")


@dataclass
class Row(Generic[Unpack[Ts]]):
    cells: Tuple[int, Unpack[Ts]]
    names: List[str]
    more: List[Tuple[Unpack[Ts]]]

    def first(self) -> List[int]:
        found: Tuple[int, Unpack[Ts]] = self.cells
        return [found[0]]
# output
from dataclasses import dataclass
from typing import Generic, List, Tuple

from typing_extensions import TypeVarTuple, Unpack

Ts = TypeVarTuple("Ts")


@dataclass
class Row(Generic[Unpack[Ts]]):
    cells: Tuple[int, Unpack[Ts]]
    names: list[str]
    more: List[Tuple[Unpack[Ts]]]

    def first(self) -> list[int]:
        found: tuple[int, Unpack[Ts]] = self.cells
        return [found[0]]
