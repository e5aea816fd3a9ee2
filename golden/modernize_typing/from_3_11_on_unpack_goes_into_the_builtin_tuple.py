# args: --target-version 3.11
from typing import Generic, Tuple, TypeVarTuple, Unpack

Ts = TypeVarTuple("Ts")


class Row(Generic[Unpack[Ts]]):
    cells: Tuple[int, Unpack[Ts]]
# output
from typing import Generic, TypeVarTuple, Unpack

Ts = TypeVarTuple("Ts")


class Row(Generic[Unpack[Ts]]):
    cells: tuple[int, Unpack[Ts]]
