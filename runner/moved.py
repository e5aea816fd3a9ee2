"""What moved of what was applied: definitions with their text unchanged, and whole files."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from codemods.engine.parsing import parse
from codemods.engine.values import Change, Unreadable

_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)


@dataclass(frozen=True)
class Moved:
    """How much moved."""

    definitions: int = 0  # functions, classes and variables that arrived byte for byte
    lines: int = 0  # of text that did
    files: int = 0

    @property
    def told(self) -> list[str]:
        """In words, one line each."""
        found = [f"definitions moved unchanged: {self.definitions:,} (lines: {self.lines:,})"] if self.lines else []
        return [*found, f"files moved: {self.files:,}"] if self.files else found

    @classmethod
    def of(cls, changes: Iterable[Change]) -> Moved:
        """What some changes move. Text that is altered on its way arrives in pieces: such a definition is not counted."""
        known = [*changes]
        texts = [e.new for change in known for e in change.edits if e.op == "replace" and e.moved]
        return cls(
            definitions=sum(map(_definitions, texts)),
            lines=sum(len(text.splitlines()) for text in texts),
            files=sum(len(change.moves) for change in known),
        )


def _definitions(text: str) -> int:
    try:
        body = parse(textwrap.dedent(text)).body
    except Unreadable:
        return 0
    return sum(isinstance(node, _NAMED) for node in body)
