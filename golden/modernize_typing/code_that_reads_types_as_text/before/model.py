from dataclasses import dataclass
from typing import List, Sequence


@dataclass
class Model:
    names: List[str]
    tags: Sequence[str]

    def all(self) -> List[str]: ...
