from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, List, Optional

from app import command

Alias = Optional[int]


def f(a: Optional[int], b: List[int]) -> Optional[str]: ...


class Plain:
    name: Optional[str] = None

    def method(self, a: Optional[int]) -> Callable[[], Dict[str, int]]: ...


@dataclass
class Data:
    name: str
    ids: List[int]


@command
def main(
    a: List[int],
    b: Optional[int],
) -> None: ...
