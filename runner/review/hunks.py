"""A unified diff of one change, made from its edits: no file is compared as a whole, however long it is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from codemods.engine.source import Source
from codemods.engine.values import Edit

from .shapes import replaced

_COMPARED = 400  # lines of a block that are compared with each other
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_HEADER = re.compile(r"([ \t]*)((?:async[ \t]+)?(?:def|class)\b[^\r\n]{0,80})")
_LOOKED_AT = 2_000  # lines above a hunk, for the definition that it is in


class Line(NamedTuple):
    """A line of a hunk, with its ending, and its number in the old and in the new text."""

    sign: Literal[" ", "-", "+"]
    old: int
    new: int
    text: str


class Hunk(NamedTuple):
    """Lines that belong together, and the definition that they are in."""

    lines: Sequence[Line]
    inside: str

    @property
    def head(self) -> str:
        """Where the hunk stands, as a unified diff says it."""
        first = self.lines[0]
        old, new = (sum(line.sign != sign for line in self.lines) for sign in "+-")
        return f"@@ -{first.old - (not old)},{old} +{first.new - (not new)},{new} @@"


class _Block(NamedTuple):
    """Lines from `first` up to before `last` (from 1), and what stands there afterwards."""

    first: int
    last: int
    new: list[str]


def hunks(file: Source, edits: Sequence[Edit], context: int) -> list[Hunk]:
    """The hunks of a file's edits, which are sorted. Raises ValueError for edits that cannot be of this file."""
    blocks = [small for block in _blocks(file, edits) for small in _smallest(file, block)]
    groups: list[list[_Block]] = []
    for block in blocks:
        if groups and block.first - groups[-1][-1].last <= 2 * context:
            groups[-1].append(block)
        else:
            groups.append([block])
    shift, found = 0, []
    for group in groups:
        found.append(Hunk(list(_lines(file, group, context, shift)), _inside(file, group[0].first)))
        shift += sum(len(b.new) - (b.last - b.first) for b in group)
    return found


def _blocks(file: Source, edits: Sequence[Edit]) -> Iterator[_Block]:
    """The lines that edits touch, those of one line together."""
    group: list[Edit] = []
    done, last = 0, 0
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(file.text):
            raise ValueError("its edits are none of this file")
        done = edit.end
        if group and file.line_of(edit.start) > last:
            yield _block(file, group)
            group = []
        group.append(edit)
        last = file.line_of(edit.end)
    if group:
        yield _block(file, group)


def _block(file: Source, edits: Sequence[Edit]) -> _Block:
    first, last = file.line_of(edits[0].start), file.line_of(edits[-1].end)
    text = replaced(file.text, file.line_starts[first - 1], file.line_end(last), edits)
    return _Block(first, last + 1, split_lines(text))


def split_lines(text: str) -> list[str]:
    """The lines of a text with their endings, as Python counts them."""
    return _LINE.findall(text)


def _smallest(file: Source, block: _Block) -> Iterator[_Block]:
    """A block without the lines that stay."""
    old = [line for n in range(block.first, block.last) if (line := file.line(n))]
    if max(len(old), len(block.new)) > _COMPARED:
        matcher_blocks = [(0, len(old), 0, len(block.new))]
    else:
        matcher = difflib.SequenceMatcher(a=old, b=block.new, autojunk=False)
        matcher_blocks = [(a, b, c, d) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]
    for a, b, c, d in matcher_blocks:
        yield _Block(block.first + a, block.first + b, block.new[c:d])


def _lines(file: Source, group: Sequence[_Block], context: int, shift: int) -> Iterator[Line]:
    count = len(file.line_starts) - (not file.line(len(file.line_starts)))
    at = max(1, group[0].first - context)
    for block in group:
        for n in range(at, block.first):
            yield Line(" ", n, n + shift, file.line(n))
        for n in range(block.first, block.last):
            yield Line("-", n, block.first + shift, file.line(n))
        for offset, text in enumerate(block.new):
            yield Line("+", block.last, block.first + shift + offset, text)
        shift += len(block.new) - (block.last - block.first)
        at = block.last
    for n in range(at, min(count, at + context - 1) + 1):
        yield Line(" ", n, n + shift, file.line(n))


def _inside(file: Source, line: int) -> str:
    """The header of the definition that holds a line."""
    if not file.is_python:
        return ""
    most = None
    for n in range(min(line, len(file.line_starts)), max(0, line - _LOOKED_AT), -1):
        text = file.text[file.line_starts[n - 1] : file.line_starts[n - 1] + 200]
        if not (body := text.lstrip(" \t")) or body[0] in "\r\n#":
            continue
        indent = len(text) - len(body)
        found = _HEADER.match(text)
        if most is not None and indent >= most:
            continue
        if found and n != line:
            return found[2].rstrip(" :\t")
        most = indent
        if not indent:
            break
    return ""
