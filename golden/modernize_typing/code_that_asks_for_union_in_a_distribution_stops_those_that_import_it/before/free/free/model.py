from dataclasses import dataclass
from typing import Optional


@dataclass
class Model:
    name: Optional[str] = None
