"""The fast pass: what was decided is written straight into the text of a region, unless ruff objects.

ruff decides from its own model of names and scopes, so its fixes are a second opinion on every span that it
has one for; what it would write otherwise, what is laid out anew and what has comments goes to the finisher.
Its import edits are not asked for (UP035): compose computes imports from what the accepted changes need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..source import Source
from .actions import Action, Reading, Span
from .strings import in_quotes

RULES = "UP006,UP007,UP037,UP045"
RuffEdit = tuple[int, int, int, int, str]  # row, column, end row, end column (1-based characters), text


def arguments() -> list[str]:
    """One run over all files: what a lower Python cannot take is our own guards' business."""
    return ["--select", RULES, "--target-version", "py310", "--ignore-noqa"]


def edits_of(diagnostics: Sequence[Mapping[str, Any]]) -> tuple[RuffEdit, ...]:
    """The replacements among ruff's fixes, as plain data."""
    found = []
    for diagnostic in diagnostics:
        for edit in (diagnostic.get("fix") or {}).get("edits", ()):
            start, end = edit["location"], edit["end_location"]
            if start != end:
                found.append((start["row"], start["column"], end["row"], end["column"], edit["content"]))
    return tuple(found)


def by_span(file: Source, edits: Iterable[RuffEdit]) -> dict[Span, str]:
    """ruff's replacements by character span of the file."""
    starts = file.line_starts
    return {
        (starts[r - 1] + c - 1, starts[er - 1] + ec - 1): text for r, c, er, ec, text in edits if er <= len(starts)
    }


def fast(file: Source, reading: Reading, edits: Mapping[Span, str]) -> str | None:
    """The region's new text where its layout asks for no decisions and ruff proposes nothing else; None for the
    finisher's work."""
    start, end = file.span(reading.region.node)
    text = file.text
    lines = "\n" in text[start:end] or "\r" in text[start:end]
    if lines and (reading.quote is not None or any(a.kind == "union" for a in reading.actions)):
        return None
    for action in reading.actions:
        expected = _expected(text, action)
        if not action.plain or edits.get(action.span, expected) != expected:
            return None
    if reading.quote is None:
        return _spliced(text, start, end, reading.actions)
    first, last = reading.quote
    inside = [a for a in reading.actions if first <= a.start and a.end <= last]
    literal = in_quotes(_spliced(text, first, last, inside))
    if literal is None or len(inside) < len(reading.actions):
        return None
    return text[start:first] + literal + text[last:end]


def _expected(text: str, action: Action) -> str:
    if action.kind != "union":
        return action.text
    operands = [text[a:b] for a, b in action.operands]
    return " | ".join([*operands, "None"] if action.none else operands)


def _spliced(text: str, start: int, end: int, actions: Iterable[Action]) -> str:
    """The region with each action's own characters replaced; nested actions touch different ones."""
    pieces: list[tuple[int, int, str]] = []
    for action in actions:
        if action.kind == "rename":
            pieces.append((action.start, action.end, action.text))
        elif action.kind == "unquote":
            width = (action.end - action.start - len(action.text)) // 2
            pieces += [(action.start, action.start + width, ""), (action.end - width, action.end, "")]
        else:
            ends = [action.start, *(b for _, b in action.operands)]
            begins = [*(a for a, _ in action.operands), action.end]
            glue = ["", *[" | "] * (len(action.operands) - 1), " | None" if action.none else ""]
            pieces += zip(ends, begins, glue, strict=True)
    new, at = [], start
    for a, b, piece in sorted(pieces):
        new += [text[at:a], piece]
        at = b
    return "".join([*new, text[at:end]])
