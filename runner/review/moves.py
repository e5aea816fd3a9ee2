"""Lines that a change takes away in one place and puts, byte for byte, in another: nobody has to read them twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from codemods.engine.grouping import grouped
from codemods.engine.source import Source
from codemods.engine.values import Change

from .hunks import hunks, split_lines
from .shapes import edits_by_path

_LEAST = 20  # letters and digits of a block, as for `git diff --color-moved`: less is in two places by chance
_TRIED = 50  # places that a line may come from

Sign = Literal["+", "-"]
Key = tuple[Sign, str, int]  # a line of the old or of the new text of a file


class Block(NamedTuple):
    """Where a line belongs to a block that moves: how far from its first line, of how many lines, and where the block
    stands on the other side."""

    offset: int
    lines: int
    path: str
    line: int


class _Line(NamedTuple):
    path: str
    number: int
    text: str


def moves(change: Change, files: Mapping[str, Source | None]) -> dict[Key, Block]:
    """The lines of a change that move, on both sides. `files` are those that it edits, as its step found them."""
    if not any("\n" in edit.new for edit in change.edits):
        return {}
    told = _declared(change, files)
    lines = grouped(_lines(change, files))
    taken, put = lines.get("-", []), lines.get("+", [])
    places = grouped((_text(entry, told), number) for number, entry in enumerate(taken))
    found: dict[Key, Block] = {}
    used: set[int] = set()
    at = 0
    while at < len(put):
        starts = [n for n in places.get(_text(put[at], told), [])[:_TRIED] if n not in used]
        counted = ((n, _alike(taken, n, put, at, used, told)) for n in starts)
        start, count = max(counted, key=lambda s: s[1], default=(0, 0))
        text = "".join(entry.text for entry in put[at : at + count])
        said = bool(count) and taken[start][:2] in told and text.strip()
        if not said and sum(map(str.isalnum, text)) < _LEAST:
            at += 1
            continue
        old, new = taken[start], put[at]
        for offset in range(count):
            used.add(start + offset)
            found["-", old.path, old.number + offset] = Block(offset, count, new.path, new.number)
            found["+", new.path, new.number + offset] = Block(offset, count, old.path, old.number)
        at += count
    return found


def _declared(change: Change, files: Mapping[str, Source | None]) -> set[tuple[str, int]]:
    """The lines that the change itself says to move, however short."""
    found = set()
    for span in (edit.moved for edit in change.edits if edit.moved and edit.moved.end):
        if file := files.get(span.path):
            lines = range(file.line_of(span.start), file.line_of(max(span.start, span.end - 1)) + 1)
            found |= {(span.path, number) for number in lines}
    return found


def _text(line: _Line, told: Collection[object]) -> str:
    """A line as it is compared: text that is said to move gets the line endings of the file that it comes to."""
    return line.text.rstrip("\r\n") if told else line.text


def _alike(
    taken: Sequence[_Line], start: int, put: Sequence[_Line], at: int, used: set[int], told: Collection[object]
) -> int:
    """How many lines from there on are the same on both sides, without a gap on either."""
    old, new = taken[start], put[at]
    for count in range(min(len(taken) - start, len(put) - at)):
        mine, other = taken[start + count], put[at + count]
        here = (mine.path, mine.number) == (old.path, old.number + count)
        there = (other.path, other.number) == (new.path, new.number + count)
        if not (here and there and _text(mine, told) == _text(other, told) and start + count not in used):
            return count
    return count + 1


def _lines(change: Change, files: Mapping[str, Source | None]) -> Iterator[tuple[Sign, _Line]]:
    """What a change takes away, and what it puts."""
    for path, text in change.created.items():
        yield from (("+", _Line(path, number, row)) for number, row in enumerate(split_lines(text), 1))
    for edit in change.edits:
        file = files.get(edit.path)
        if edit.op == "delete" and file:
            numbers = range(1, len(file.line_starts) + 1)
            yield from (("-", _Line(edit.path, number, file.line(number))) for number in numbers)
    for path, edits in edits_by_path(change).items():
        if file := files.get(path):
            for entry in (entry for hunk in hunks(file, edits, 0) for entry in hunk.lines):
                if entry.sign != " ":
                    yield entry.sign, _Line(path, entry.old if entry.sign == "-" else entry.new, entry.text)
