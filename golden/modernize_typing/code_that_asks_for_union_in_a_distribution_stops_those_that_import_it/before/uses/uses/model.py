from dataclasses import dataclass
from typing import Optional

from asks import core


@dataclass
class Model:
    name: Optional[str] = None
