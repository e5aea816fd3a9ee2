from collections.abc import Callable
from dataclasses import dataclass
from typing import List


@dataclass
class Model:
    nothing: List[None]
    call: Callable[[], None]

    def f(self) -> dict[str, None]: ...
