from dataclasses import InitVar, dataclass
from typing import Optional


def f(a: list[int], b: Optional[int] = None) -> dict[str, int]: ...
@dataclass
class Config:
    seed: InitVar[Optional[int]] = None
    names: list[str] = ()
