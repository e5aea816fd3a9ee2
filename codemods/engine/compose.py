"""Accepted changes in, new bytes out. The only writer: dry run, review, apply, checks and golden cases call it.

Spans are replaced in the original bytes, so everything outside them is identical by construction.
Import edits are computed here, from what the accepted changes require and may free, so that
accepting half of a plan gives a right file too.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from . import importing as import_edits
from .grouping import grouped
from .parsing import NEWLINE
from .source import PYTHON, Source
from .values import Change, Edit, Import, Part, Unreadable


class Conflict(Exception):
    """Edits of one file that cannot stand together, or new text that its encoding cannot hold."""


def parts_by_path(changes: Iterable[Change]) -> dict[str, list[Part]]:
    """The parts of all changes, file by file; the group of each names its change."""
    return grouped((p.path, replace(p, group=change.anchor)) for change in changes for p in change.parts)


def compose_path(file: Source, parts: Sequence[Part], origin: Source | None = None) -> dict[str, bytes | None]:
    """What becomes of one file: new bytes, a new file, another place, or None where it goes.

    `origin` is the file that one which is created comes from. Raises Conflict for edits that overlap and
    Unreadable for a file whose text cannot be had.
    """
    making = [part for part in parts if any(e.op == "create" for e in part.edits)]
    rest = [part for part in parts if part not in making]
    operations = {e for part in rest for e in part.edits if e.op != "replace"}
    if len(operations) > 1 or (_deletes(operations) and any(e not in operations for p in rest for e in p.edits)):
        raise Conflict(f"{file.path}: several changes move, delete or edit the file")
    if making and not operations and (rest or file.data):
        raise Conflict(f"{file.path}: there is such a file already")
    files: dict[str, bytes | None] = {file.path: None}
    for operation in operations:
        if operation.op == "move":
            files[operation.new] = compose_file(file, rest)
    if making:
        files[file.path] = _created(file.path, making, origin)
    elif not operations:
        files[file.path] = compose_file(file, rest)
    return files


def _deletes(operations: Iterable[Edit]) -> bool:
    return any(e.op == "delete" for e in operations)


def _created(path: str, parts: Sequence[Part], origin: Source | None) -> bytes:
    """A new file: what it needs to be read like the one that it comes from, what it begins with, what is put there."""
    begun = {e.new for part in parts for e in part.edits if e.op == "create"}
    if len(begun) > 1 or any(e.end for part in parts for e in part.edits):
        raise Conflict(f"{path}: several changes create the file")
    cookie = origin.cookie if origin and path.endswith(PYTHON) else ""
    file = Source(path, (origin.bom if origin else b"") + cookie.encode("ascii"))
    at, newline = len(cookie), origin.newline if origin else "\n"

    def put(texts: Iterable[str]) -> tuple[Edit, ...]:
        return tuple(Edit(path, at, at, NEWLINE.sub(newline, text)) for text in texts)

    whole = [replace(p, edits=put(e.new for e in p.edits if e.op == "replace")) for p in parts]
    return compose_file(file, [Part(path, 1, "", put(begun)), *whole])


def compose_file(file: Source, parts: Iterable[Part]) -> bytes:
    """One file's new bytes. The order of the parts does not matter."""
    parts = sorted(parts, key=lambda p: (p.start, p.group))
    if not any(e.op == "replace" for part in parts for e in part.edits) and not file.is_python:
        return file.data  # it moves, and may be no text
    data = splice(file, (_arriving(file, e) for part in parts for e in part.edits if e.op == "replace"))
    if not file.is_python:
        return data
    requires = {i for part in parts for i in part.requires}
    frees = {i for part in parts for i in part.frees} - requires
    instead = {pair for part in parts for pair in part.instead if pair[0] not in requires}
    if not requires and not frees and not instead:
        return data
    after = Source(file.path, data)
    head = _head(after, frees)
    added = [*import_edits.add(head, requires), *import_edits.add_instead(head, instead)]
    if not frees:
        return splice(after, added)
    # `from typing import Callable` goes where collections.abc gives the same name now
    given = {*requires, *(new for new, _ in instead)}
    replaced = {i.binds for i in given if i.name} & {i.binds for i in frees if i.name}
    used = import_edits.uses(after, head, {i.binds for i in frees} - replaced)
    grown, top = after, head
    if added:
        shift = sum(len(e.new) - (e.end - e.start) for e in added)
        grown = Source(file.path, splice(after, added))
        top = grown if head is after else _cut(grown, len(head.text) - 1 + shift)
    return splice(grown, import_edits.drop(top, frees, replaced, used))


def _arriving(file: Source, edit: Edit) -> Edit:
    """An edit with the line endings of the file that its text moves to."""
    return replace(edit, new=NEWLINE.sub(file.newline, edit.new)) if edit.moved else edit


_IMPORT = re.compile(r"\n(?:from|import)\b[^\n]*|\n[ \t]+(?:from|import)[ \t]+([\w.]+)[^\n]*")
_JOINED = re.compile(r"[;:][ \t]*(?:from|import)\b")
_CODE = re.compile(r"\n(?=[A-Za-z_@])(?!(?:else|elif|except|finally)\b)")


def _head(file: Source, frees: Collection[Import]) -> Source:
    """A file down to the statement below its last import that matters, with `0` in the place of the rest.

    That is all that import edits look at, and a tenth of what there is to parse. It ends before a line
    that begins in the first column; where the text above that one parses, no statement is cut in two.
    The file itself where there is no such place.
    """
    text, end = file.text, -1
    if _JOINED.search(text):
        return file
    modules = {i.module for i in frees}
    for match in _IMPORT.finditer("\n" + text):
        if match[1] is None or match[1] in modules or match[1].startswith("."):
            end = match.end() - 1
    for place in islice(_CODE.finditer(text, end), 3 if end >= 0 else 0):
        head = _cut(file, place.end())
        with contextlib.suppress(Unreadable):
            return head if head.tree.body else file
    return file


def _cut(file: Source, end: int) -> Source:
    return Source(file.path, file.encoded(file.text[:end] + "0"))


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
