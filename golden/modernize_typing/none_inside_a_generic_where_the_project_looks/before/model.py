from dataclasses import dataclass
from typing import Callable, Dict, List


@dataclass
class Model:
    nothing: List[None]
    call: Callable[[], None]

    def f(self) -> Dict[str, None]: ...
