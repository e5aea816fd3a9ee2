"""What moved of what was applied: definitions, with their text as it was or with changes in it, and whole files."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codemods.engine.grouping import grouped
from codemods.engine.source import Source
from codemods.engine.values import Change, Edit, Unreadable

_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
_BLOCK = "if 1:\n"  # what text with an indentation can stand below


@dataclass(frozen=True)
class Moved:
    """How much moved."""

    definitions: int = 0  # functions, classes and variables that arrived byte for byte
    altered: int = 0  # those with another text in them
    lines: int = 0  # of text that arrived byte for byte
    files: int = 0

    @property
    def told(self) -> list[str]:
        """In words, one line each."""
        altered = f", with changes: {self.altered:,}" if self.altered else ""
        lines = f"definitions moved unchanged: {self.definitions:,}{altered} (lines: {self.lines:,})"
        return [*([lines] if self.lines else []), *([f"files moved: {self.files:,}"] if self.files else [])]

    @classmethod
    def of(cls, changes: Iterable[Change]) -> Moved:
        """What some changes move."""
        counts: Counter[str] = Counter()
        for change in (c for c in changes if not c.until):  # else another moves the same
            counts["files"] += len(change.moves)
            puts = (e for part in change.parts for e in part.edits if e.op == "replace" and e.new)
            for edits in grouped(((e.path, e.start, e.end), e) for e in puts).values():
                if any(e.moved for e in edits):
                    counts["lines"] += sum(len(e.new.splitlines()) for e in edits if e.moved)
                    counts.update(_definitions(edits))
        return cls(**counts)


def _definitions(edits: Sequence[Edit]) -> list[str]:
    """A word for each definition in texts that are put one behind the other, where it moves."""
    above = _BLOCK if edits[0].new[:1] in (" ", "\t") else ""
    pieces: list[tuple[int, int]] = []
    text = above
    for edit in edits:
        if edit.moved:
            pieces.append((len(text), len(text) + len(edit.new)))
        text += edit.new
    file = Source("moved.py", text.encode("utf-8", "surrogatepass"))
    try:
        body = file.tree.body
    except Unreadable:
        return []
    if above and isinstance(body[0], ast.If):
        body = body[0].body
    found = []
    for node in (node for node in body if isinstance(node, _NAMED)):
        start, end = file.line_starts[file.first_line(node) - 1], file.end(node)
        if any(a <= start and end <= b for a, b in pieces):
            found.append("definitions")
        elif any(a < end and start < b for a, b in pieces):
            found.append("altered")
    return found
