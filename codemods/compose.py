"""Accepted changes in, new bytes out. The only writer: dry run, review, apply, checks and golden cases call it.

Spans are replaced in the original bytes, so everything outside them is identical by construction.
Import edits are computed here, from what the accepted changes require and may free, so that
accepting half of a plan gives a right file too.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from . import import_edits
from .base import Change, Edit, Import, Part
from .source import Source, statements


class Conflict(Exception):
    """Edits of one file that cannot stand together, or new text that its encoding cannot hold."""


def compose(files: Mapping[str, bytes], changes: Iterable[Change]) -> dict[str, bytes | None]:
    """The new content of every file that the changes touch; None where a file goes.

    Raises Conflict for edits that overlap and Unreadable for a file whose text cannot be had.
    """
    result: dict[str, bytes | None] = {}
    for path, parts in parts_by_path(changes).items():
        result |= compose_path(Source(path, files.get(path, b"")), parts)
    return result


def parts_by_path(changes: Iterable[Change]) -> dict[str, list[Part]]:
    """The parts of all changes, file by file; the group of each names its change."""
    parts: dict[str, list[Part]] = {}
    for change in changes:
        for part in change.parts:
            parts.setdefault(part.path, []).append(replace(part, group=change.anchor))
    return parts


def compose_path(file: Source, parts: Sequence[Part]) -> dict[str, bytes | None]:
    """What becomes of one file: new bytes, a new file, another place, or None where it goes."""
    edits = {e for part in parts for e in part.edits}
    operations = {(e.op, e.new) for e in edits if e.op != "replace"}
    if not operations:
        return {file.path: compose_file(file, parts)}
    (op, new), *others = operations
    if others or (op != "move" and len(edits) > 1):
        raise Conflict(f"{file.path}: several changes create, move, delete or edit the file")
    if op == "create" and file.data:
        raise Conflict(f"{file.path}: there is such a file already")
    if op == "create":
        return {file.path: new.encode()}
    return {file.path: None} | ({new: compose_file(file, parts)} if op == "move" else {})


def compose_file(file: Source, parts: Iterable[Part]) -> bytes:
    """One file's new bytes. The order of the parts does not matter."""
    parts = sorted(parts, key=lambda p: (min((e.start for e in p.edits), default=0), p.group))
    data = splice(file, (e for part in parts for e in part.edits if e.op == "replace"))
    if not file.is_python:
        return data
    requires = {i for part in parts for i in part.requires}
    frees = {i for part in parts for i in part.frees} - requires
    if not requires and not frees:
        return data
    after = Source(file.path, data)
    added = import_edits.add(after, requires)
    if frees:
        # `from typing import Callable` goes where collections.abc gives the same name now
        replaced = {i.binds for i in requires if i.name} & {i.binds for i in frees if i.name}
        used = import_edits.uses(after, {i.binds for i in frees})
        end = _end_of_imports(after, frees)
        end += sum(len(e.new) - (e.end - e.start) for e in added if e.end <= end)
        after = Source(file.path, splice(after, added))
        return splice(after, import_edits.drop(_head(after, end), frees, replaced, used))
    return splice(after, added)


def _end_of_imports(file: Source, wanted: Collection[Import]) -> int:
    """The offset of the first line of code below all imports of some names."""
    modules = {i.module for i in wanted}
    last = 0
    for top in file.tree.body:
        for node in (top, *statements(top)):
            match node:
                case ast.ImportFrom(module=module) if node.level or module in modules:
                    last = top.end_lineno or 0
                case ast.Import(names=names) if any(n.name in modules for n in names):
                    last = top.end_lineno or 0
    below = (file.first_line(top) for top in file.tree.body)
    return next((file.line_starts[line - 1] for line in below if line > last), len(file.text))


def _head(file: Source, end: int) -> Source:
    """A file down to an offset, with a statement in the place of the rest: less to parse."""
    return file if end >= len(file.text) else Source(file.path, file.encoded(file.text[:end] + "0"))


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
        raise Conflict(f"{file.path}: {file.codec} cannot hold {error.object[error.start]!r}") from None
