"""Moved statements as they arrive: their text as it was, but for what must be said otherwise there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...engine.values import Span
from .units import Outline, Unit, is_definition
from .values import Text


def pieces(outline: Outline, unit: Unit, edits: Mapping[int, tuple[int, str]], at: int) -> Iterator[Text]:
    """A statement as it arrives at an offset. `edits` are start → end and new text."""
    path, done = outline.file.path, unit.start
    for start in sorted(s for s in edits if unit.start <= s < unit.end):
        end, new = edits[start]
        if start > done:
            yield Text(at, at, moved=Span(path, done, start))
        yield Text(at, at, new)
        done = end
    if unit.end > done:
        yield Text(at, at, moved=Span(path, done, unit.end))
    if not outline.file.text[: unit.end].endswith(("\n", "\r")):
        yield Text(at, at, "\n")


def gap(outline: Outline, before: Unit, unit: Unit) -> int:
    """How many blank lines part two statements: as many as there were, or by PEP 8."""
    between = [u for u in outline.units if before.end <= u.start and u.end <= unit.start]
    if not between:
        text = outline.file.text[before.end : unit.start]
        if not text.strip():
            return len(text.splitlines())
    return 2 if is_definition(before) or is_definition(unit) else 1
