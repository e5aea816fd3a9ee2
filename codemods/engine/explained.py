"""What `codemod why` tells of a line beside the reason: where things come from, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from .known import Known


@dataclass(frozen=True)
class Line:
    """One step: a line of a file, and what stands there."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Item:
    """One thing, where it comes from, and what says so."""

    name: str
    lines: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Explained:
    """All that is told. `line` is the one that it is about, where the line that was asked for belongs to that."""

    line: int
    sections: tuple[Section, ...]


class Explains(Protocol):
    """What a codemod can tell of a line, for `Codemod.explains`: in the parent, when all is known."""

    def of(self, codemod: Any, known: Known, path: str, line: int) -> Explained | None: ...
