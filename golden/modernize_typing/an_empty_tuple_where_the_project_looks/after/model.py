from dataclasses import dataclass
from typing import Tuple


@dataclass
class Model:
    nothing: Tuple[()]
    some: tuple[int, ...]
    version: Tuple[()] | tuple[int, str]

    def f(self) -> tuple[()]: ...
