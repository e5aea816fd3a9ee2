from dataclasses import dataclass
from typing import Tuple, Union


@dataclass
class Model:
    nothing: Tuple[()]
    some: Tuple[int, ...]
    version: Union[Tuple[()], Tuple[int, str]]

    def f(self) -> Tuple[()]: ...
