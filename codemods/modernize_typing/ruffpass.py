"""The fast pass: ruff's fixes, taken where ruff and our own reading agree on every span of a region.

ruff decides from its own model of names and scopes, so its fix is a second opinion; what it leaves, what
it lays out anew and what we guard goes to the finisher. Its import edits are not asked for (UP035):
compose computes imports from what the accepted changes need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..source import Source
from .actions import Action, Reading, Span

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


def agreed(file: Source, reading: Reading, edits: Mapping[Span, str]) -> str | None:
    """The region's new text where ruff proposes exactly what was decided; None for the finisher's work."""
    start, end = file.span(reading.region.node)
    text = file.text
    if reading.quote is not None or "\n" in text[start:end] or "\r" in text[start:end]:
        return None
    for action in reading.actions:
        if action.flatten or edits.get(action.span) != _expected(text, action):
            return None
    return _spliced(text, start, end, reading.actions)


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
