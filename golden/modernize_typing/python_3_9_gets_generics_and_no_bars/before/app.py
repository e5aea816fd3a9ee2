from dataclasses import InitVar, dataclass
from typing import Dict, List, Optional


def f(a: List[int], b: Optional[int] = None) -> Dict[str, int]: ...
@dataclass
class Config:
    seed: InitVar[Optional[int]] = None
    names: List[str] = ()
