"""New text on its way: brought from where it moves away, and held by the file that it comes to, or not."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace

from .source import Source
from .values import Part, Skip, Span, Unreadable
from .world import World


def brought(parts: Sequence[Part], world: World) -> tuple[list[Part], list[Skip]]:
    """The parts with the texts that move to them, where a codemod has said only where those come from; and a skip for
    each whose file cannot hold its text."""
    moving = [p for p in parts if any(e.moved for e in p.edits)]
    if not moving:
        return [*parts], []
    paths = {p.path for p in moving} | {e.moved.path for p in moving for e in p.edits if e.moved}
    files = {path: Source(path, data) for path, data in world.read(sorted(paths)).items()}

    def text(span: Span) -> str:
        with contextlib.suppress(Unreadable):
            return files[span.path].text[span.start : span.end] if span.path in files else ""
        return ""  # the check of the result says why

    def with_texts(part: Part) -> Part:
        edits = (replace(e, new=text(e.moved)) if e.moved and not e.new else e for e in part.edits)
        return replace(part, edits=tuple(edits))

    def refused(part: Part) -> Skip | None:
        with contextlib.suppress(Unreadable):
            return not_encodable(files[part.path], part) if part.path in files else None
        return None

    found = {part: with_texts(part) for part in moving}
    strange = {part: refused(new) for part, new in found.items()}
    skips = [skip for skip in strange.values() if skip]
    return [found.get(part, part) for part in parts if not strange.get(part)], skips


def not_encodable(file: Source, part: Part) -> Skip | None:
    """The skip that stands for a part with text that the file's encoding does not have."""
    new = [*(e.new for e in part.edits if e.op == "replace"), *map(str, part.requires)]
    if part.path != file.path or file.codec == "utf-8" or all(map(file.can_hold, new)):
        return None
    reason = f"{file.codec} does not have the new text: {part.reason}"
    return Skip(file.path, part.line, "C005-encoding", reason, part.group)
