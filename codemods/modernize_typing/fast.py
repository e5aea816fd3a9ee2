"""The fast pass: what was decided is written straight into the text of a region.

What is laid out anew, what has comments and what occurs twice goes to the finisher. Both must write the same: a
test holds them against each other over all golden cases, and against what ruff fixes.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..engine.source import Source
from .actions import Action, TypeReading
from .strings import in_quotes


def fast(file: Source, reading: TypeReading) -> str | None:
    """The region's new text where its layout asks for no decisions; None for the finisher's work."""
    start, end = file.span(reading.region.node)
    text = file.text
    lines = "\n" in text[start:end] or "\r" in text[start:end]
    if lines and (reading.quote is not None or any(a.kind == "union" for a in reading.actions)):
        return None
    if not all(action.plain for action in reading.actions):
        return None
    if reading.quote is None:
        return spliced(text, start, end, reading.actions)
    first, last = reading.quote
    inside = [a for a in reading.actions if first <= a.start and a.end <= last]
    literal = in_quotes(spliced(text, first, last, inside))
    if literal is None or len(inside) < len(reading.actions):
        return None
    return text[start:first] + literal + text[last:end]


def spliced(text: str, start: int, end: int, actions: Iterable[Action]) -> str:
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
