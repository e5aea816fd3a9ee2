"""Which changes are alike, so that one word may decide on all of them: their shape.

A shape is the codemod, the reason without the names in it, the safety, and the normal form of what each edit
replaces and puts there, with the kind of statement that it stands in: names are letters, literals are gone. Two
reasons never have one shape. A shape is split by the normal form of the whole statements. All of it follows from
the plan and the texts at its base alone.
"""

from __future__ import annotations

import bisect
import keyword
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from codemods.engine.source import Source
from codemods.engine.values import Change, Edit

_LONGEST = 2_000  # characters of a text that is looked at
_STRING = r"""(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')"""
_TOKEN = re.compile(
    rf"(?P<comment>\#[^\r\n]*)|(?P<string>(?<!\w)[rbfutRBFUT]{{0,2}}{_STRING})|(?P<number>\d[\w.]*)|(?P<name>\w+)"
    r"|(?P<newline>[\r\n]+)|(?P<space>[^\S\r\n]+|\\\r?\n)|(?P<sign>->|:=|\*\*|//|[=!<>]=|\.\.\.|.)",
    re.S,
)
_SCAN = re.compile(rf"\#[^\r\n]*|{_STRING}|[][(){{}}]|\\\r?\n|\r\n|\r|\n", re.S)
_KIND = re.compile(r"\s*(?:(@)|(?:async\s+)?([a-z]+)\b(?!\s*[.=(\[,]))")
# what is a name in a reason: quoted, a place, a test's id, dotted, with an underscore or a capital inside
_NAME = re.compile(
    r"""(?<!\w)'[^'\s]*'(?!\w)|(?<!\w)"[^"\s]*"(?!\w)|`[^`]*`|[^\s,;()]+::[^\s,;()]+|[\w./-]+\.\w+:\d+"""
    r"""|\b[^\W\d]\w*(?:[./][^\W\d]\w*)+|\b\w*[^\W_]_\w+|\b_\w+|\b[a-z]+[A-Z]\w*"""
)


class Shape(NamedTuple):
    """What changes of one shape have in common. `detail` is there where a person has split it."""

    step: int
    reason: str
    safety: str
    edits: tuple[str, ...]
    detail: tuple[str, ...] = ()


def shape_of(step: int, change: Change, files: dict[str, Source | None], detailed: bool = False) -> Shape:
    """A change's shape. `files` are those that it edits, as its step found them."""
    return Shape(
        step=step,
        reason=reason_form(change.reason),
        safety=change.safety.value,
        edits=tuple(sorted(_edit_forms(change, files) | _import_forms(change))),
        detail=tuple(sorted(_statement_forms(change, files))) if detailed else (),
    )


@lru_cache(10_000)
def reason_form(reason: str) -> str:
    """A reason without the names in it."""
    return _NAME.sub("…", reason)


def _import_forms(change: Change) -> set[str]:
    """That a change needs imports, where it edits nothing else."""
    if change.edits:
        return set()
    return {"imports" for p in change.parts if p.requires or p.instead} | {"frees" for p in change.parts if p.frees}


def _edit_forms(change: Change, files: dict[str, Source | None]) -> set[str]:
    """The normal forms of its edits. Text that moves is alike, whatever it is."""
    moved = {(span.path, span.start, span.end) for e in change.edits if (span := e.moved)}
    return {
        "moved" if e.moved and e.op == "replace"
        else "moves away" if not e.new and (e.path, e.start, e.end) in moved
        else _edit_form(e, files.get(e.path))
        for e in change.edits
    }  # fmt: skip


def _edit_form(edit: Edit, file: Source | None) -> str:
    if edit.op != "replace":
        return edit.op
    if file is None:
        return f"? → {normal_form('', edit.new)[1]}"
    old, new = normal_form(file.text[edit.start : edit.end], edit.new)
    return f"{kind_at(file, edit.start)}: {old} → {new}"


@lru_cache(10_000)
def normal_form(old: str, new: str) -> tuple[str, str]:
    """Two texts with letters for their names, in the order of these, and without their literals."""
    letters: dict[str, str] = {}
    return _normal(old, letters), _normal(new, letters)


def _normal(text: str, letters: dict[str, str]) -> str:
    pieces = []
    for match in _TOKEN.finditer(text[:_LONGEST].strip()):
        kind, token = match.lastgroup, match[0]
        if kind == "name":
            pieces.append(token if keyword.iskeyword(token) else letters.setdefault(token, _letter(len(letters))))
        elif kind == "sign":
            pieces.append(token)
        elif kind in _PLAIN:
            pieces.append(_PLAIN[kind])
    return f"{' '.join(pieces)}{'…' if len(text) > _LONGEST else ''}"


_PLAIN = {"comment": "#", "string": "''", "number": "0", "newline": "⏎"}


def _letter(number: int) -> str:
    return chr(65 + number) if number < 26 else f"N{number}"


# ---- statements --------------------------------------------------------------------------------


def statement_starts(file: Source) -> list[int]:
    """Where the logical lines of a file begin."""
    text, starts, depth = file.text, [0], 0
    if not file.is_python:
        return file.line_starts
    for match in _SCAN.finditer(text):
        first = text[match.start()]
        if first in "([{":
            depth += 1
        elif first in ")]}":
            depth = max(0, depth - 1)
        elif first in "\r\n" and not depth:
            starts.append(match.end())
    return starts


def statement_at(file: Source, start: int, end: int) -> tuple[int, int]:
    """The span of the logical lines that hold a span."""
    starts = file.once(statement_starts)
    first = bisect.bisect_right(starts, start) - 1
    last = bisect.bisect_right(starts, max(start, end - 1))
    return starts[first], starts[last] if last < len(starts) else len(file.text)


def kind_at(file: Source, offset: int) -> str:
    """What kind of statement an offset is in: `def`, `return`, `@`; "" where it is no keyword that says."""
    starts = file.once(statement_starts)
    found = _KIND.match(file.text, starts[bisect.bisect_right(starts, offset) - 1])
    word = found and (found[1] or found[2])
    return word if word == "@" or (word and keyword.iskeyword(word)) else ""


def _statement_forms(change: Change, files: dict[str, Source | None]) -> Iterator[str]:
    for path, edits in edits_by_path(change).items():
        file = files.get(path)
        if file is None:
            continue
        spans: dict[tuple[int, int], list[Edit]] = {}
        for edit in edits:
            spans.setdefault(statement_at(file, edit.start, edit.end), []).append(edit)
        for (start, end), inner in spans.items():
            yield " → ".join(normal_form(file.text[start:end], replaced(file.text, start, end, inner)))


def edits_by_path(change: Change) -> dict[str, list[Edit]]:
    """The replacing edits of each file that is there, in their order in it."""
    found: dict[str, list[Edit]] = {}
    edits = (e for part in change.parts if not part.creates for e in part.edits if e.op == "replace")
    for edit in sorted(edits, key=lambda e: (e.path, e.start, e.end)):
        found.setdefault(edit.path, []).append(edit)
    return found


def replaced(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """A piece of a text with the edits in it, which are sorted."""
    pieces: list[str] = []
    done = start
    for edit in edits:
        pieces += text[done : edit.start], edit.new
        done = edit.end
    return "".join([*pieces, text[done:end]])


# ---- risk --------------------------------------------------------------------------------------

SUGGEST, UNSAFE, ASKED, COMMENTS, LINES, PLAIN = range(6)


def risk_in_text(change: Change, files: dict[str, Source | None]) -> int:
    """How closely a safe change should be looked at: it touches comments, or several lines, or neither."""
    risk = LINES if len(change.paths) > 1 else PLAIN
    for edit in change.edits:
        file = files.get(edit.path)
        old = file.text[edit.start : edit.end] if file and edit.op == "replace" else ""
        if ("#" in old or "#" in edit.new) and any(
            match.lastgroup == "comment" for text in (old, edit.new) for match in _TOKEN.finditer(text)
        ):
            return COMMENTS
        if edit.op != "replace" or "\n" in old.strip() or "\n" in edit.new.strip():
            risk = LINES
    return COMMENTS if any(part.deletes_comments for part in change.parts) else risk
