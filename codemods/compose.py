"""Accepted changes in, new bytes out. The only writer: dry run, review, apply, checks and golden cases call it.

Spans are replaced in the original bytes, so everything outside them is identical by construction.
Import edits are computed here, from what the accepted changes require and may free, so that
accepting half of a plan gives a right file too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from . import import_edits
from .base import Change, Edit, Import, Part
from .source import Source


class Conflict(Exception):
    """Two edits of one file overlap, or the encoding cannot hold the new text."""


def compose(files: Mapping[str, bytes], changes: Iterable[Change]) -> dict[str, bytes | None]:
    """The new content of every file that the changes touch; None where a file goes.

    Raises Conflict for edits that overlap and Unreadable for a file whose text cannot be had.
    """
    result: dict[str, bytes | None] = {}
    for path, parts in parts_by_path(changes).items():
        result |= compose_path(Source(path, files.get(path, b"")), parts)
    return result


def parts_by_path(changes: Iterable[Change]) -> dict[str, list[Part]]:
    """The parts of all changes, file by file."""
    parts: dict[str, list[Part]] = {}
    for change in changes:
        for part in change.parts:
            parts.setdefault(part.path, []).append(part)
    return parts


def compose_path(file: Source, parts: Sequence[Part]) -> dict[str, bytes | None]:
    """What becomes of one file: new bytes, a new file, another place, or None where it goes."""
    operations = {e.op: e for p in parts for e in p.edits if e.op != "replace"}
    if "create" in operations:
        return {file.path: operations["create"].new.encode()}
    if "delete" in operations:
        return {file.path: None}
    data = compose_file(file, parts)
    if "move" in operations:
        return {file.path: None, operations["move"].new: data}
    return {file.path: data}


def compose_file(file: Source, parts: Sequence[Part]) -> bytes:
    """One file's new bytes."""
    edits = [e for part in parts for e in part.edits if e.op == "replace"]
    data = splice(file, edits)
    requires = {i for part in parts for i in part.requires}
    frees = {i for part in parts for i in part.frees} - requires
    if not (requires or frees) or not file.path.endswith((".py", ".pyi")):
        return data
    data = _with_imports(file.path, data, requires)
    after = Source(file.path, data)
    # `from typing import Callable` goes where collections.abc gives the same name now
    replaced = {i.binds for i in requires if i.name} & {i.binds for i in frees if i.name}
    return splice(after, import_edits.drop(after, frees, replaced))


def _with_imports(path: str, data: bytes, requires: Iterable[Import]) -> bytes:
    file = Source(path, data)
    return splice(file, import_edits.add(file, requires))


def splice(file: Source, edits: Iterable[Edit]) -> bytes:
    """Replace spans. Insertions at one offset keep a fixed order.

    What lies outside of the spans comes out byte for byte as it was: `Source` has no text that its
    encoding does not turn into the original bytes again.
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < done or edit.end < edit.start or edit.end > len(file.text):
            raise Conflict(f"{file.path}: edits overlap at line {file.line_of(edit.start)}")
        pieces += file.text[done : edit.start], edit.new
        done = edit.end
    try:
        return file.encoded("".join([*pieces, file.text[done:]]))
    except UnicodeEncodeError as error:
        raise Conflict(
            f"{file.path}: {file.codec} cannot hold {error.object[error.start]!r}"
        ) from None
