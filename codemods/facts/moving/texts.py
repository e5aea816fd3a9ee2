"""Moved statements as they arrive: their text as it was, but for what must be said otherwise there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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


def taken_out(outline: Outline, units: Sequence[Unit]) -> list[Text]:
    """The module without some statements: of the blank lines around them the wider gap stays."""
    text = outline.file.text
    texts: list[Text] = []
    runs: list[list[Unit]] = []
    for unit in units:
        if runs and not text[runs[-1][-1].end : unit.start].strip():
            runs[-1].append(unit)
        else:
            runs.append([unit])
    for run in runs:
        start, end = run[0].start, run[-1].end
        first, last = outline.blank_before(start), outline.blank_after(run[-1])
        if last >= len(text):
            texts.append(Text(first, len(text)))
        elif text[end:last].count("\n") > text[first:start].count("\n") and first > 0:
            texts.append(Text(first, end))
        else:
            texts.append(Text(start, last))
    return texts
