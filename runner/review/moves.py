"""Lines that a change takes away in one place and puts, byte for byte, in another: nobody has to read them twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from codemods.engine.grouping import grouped
from codemods.engine.source import Source
from codemods.engine.values import Change

from .hunks import hunks
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
    lines = grouped(_lines(change, files))
    taken, put = lines.get("-", []), lines.get("+", [])
    places = grouped((entry.text, number) for number, entry in enumerate(taken))
    found: dict[Key, Block] = {}
    used: set[int] = set()
    at = 0
    while at < len(put):
        starts = [n for n in places.get(put[at].text, [])[:_TRIED] if n not in used]
        start, count = max(((n, _alike(taken, n, put, at, used)) for n in starts), key=lambda s: s[1], default=(0, 0))
        text = "".join(entry.text for entry in put[at : at + count])
        if sum(map(str.isalnum, text)) < _LEAST:
            at += 1
            continue
        old, new = taken[start], put[at]
        for offset in range(count):
            used.add(start + offset)
            found["-", old.path, old.number + offset] = Block(offset, count, new.path, new.number)
            found["+", new.path, new.number + offset] = Block(offset, count, old.path, old.number)
        at += count
    return found


def _alike(taken: Sequence[_Line], start: int, put: Sequence[_Line], at: int, used: set[int]) -> int:
    """How many lines from there on are the same on both sides, without a gap on either."""
    old, new = taken[start], put[at]
    for count in range(min(len(taken) - start, len(put) - at)):
        mine, other = taken[start + count], put[at + count]
        here = (mine.path, mine.number) == (old.path, old.number + count)
        there = (other.path, other.number) == (new.path, new.number + count)
        if not (here and there and mine.text == other.text and start + count not in used):
            return count
    return count + 1


def _lines(change: Change, files: Mapping[str, Source | None]) -> Iterator[tuple[Sign, _Line]]:
    """What a change takes away, and what it puts."""
    for edit in change.edits:
        file = files.get(edit.path)
        if edit.op == "create":
            lines = enumerate(edit.new.splitlines(keepends=True), 1)
            yield from (("+", _Line(edit.path, number, text)) for number, text in lines)
        elif edit.op == "delete" and file:
            numbers = range(1, len(file.line_starts) + 1)
            yield from (("-", _Line(edit.path, number, file.line(number))) for number in numbers)
    for path, edits in edits_by_path(change.edits).items():
        if file := files.get(path):
            for entry in (entry for hunk in hunks(file, edits, 0) for entry in hunk.lines):
                if entry.sign != " ":
                    yield entry.sign, _Line(path, entry.old if entry.sign == "-" else entry.new, entry.text)
