from dataclasses import dataclass
from typing import List, Optional


@dataclass
class Model:
    name: Optional[str]
    tags: List[str]
