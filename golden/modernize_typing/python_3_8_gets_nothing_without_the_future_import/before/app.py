from dataclasses import dataclass
from typing import List, Optional

@dataclass
class Config:
    names: Optional[List[str]] = None
