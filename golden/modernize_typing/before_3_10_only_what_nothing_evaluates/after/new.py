from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional

from app import command

Alias = Optional[int]


def f(a: int | None, b: list[int]) -> str | None: ...


class Plain:
    name: str | None = None

    def method(self, a: int | None) -> Callable[[], dict[str, int]]: ...


@dataclass
class Data:
    name: str
    ids: list[int]


@command
def main(
    a: list[int],
    b: Optional[int],
) -> None: ...
