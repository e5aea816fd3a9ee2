"""Take a change out of a text that went on since, line by line: a three-way merge that says what it could not take.

The middle is the text as the change left it. From there one side goes back to before the change, the other on to
today. Where no line of one is a line of the other, both hold. Unlike `git merge-file`, lines that merely touch do
not conflict, and a rewritten block of similar lines is taken line by line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..git import Repository

_HEADER = re.compile(
    rb"^(?:index ([0-9a-f]+)\.\.([0-9a-f]+)|@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@)", re.MULTILINE
)
_DIFF = (
    *("diff-tree", "-r", "-p", "-U0", "--full-index", "--no-renames", "--no-color"),
    *("--text", "--no-ext-diff", "--no-textconv", "--no-indent-heuristic", "--diff-algorithm=myers"),
)


class Hunk(NamedTuple):
    """Lines `start` to `end` of the middle text are lines `to_start` to `to_end` of a side; counted from 0."""

    start: int
    end: int
    to_start: int
    to_end: int


@dataclass
class Merged:
    """The text of today without the change."""

    lines: list[bytes] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)  # lines of today, from 1, where a later change stands in the way
    taken: int = 0  # places that were taken back
    before: int = 0  # places that were as before the change already


def hunks(repo: Repository, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Hunk]]:
    """How git sees the way from one blob to another, for many pairs by one process; nothing is written to stay."""
    wanted = list(dict.fromkeys(pairs))
    if not wanted:
        return {}
    repo.prefetch([oid for pair in wanted for oid in pair])
    with repo.scratch() as folder:
        (folder / "objects").mkdir()
        known = os.fspath(repo.common_dir / "objects").replace("\\", "\\\\").replace('"', '\\"')
        places = {"GIT_OBJECT_DIRECTORY": str(folder / "objects"), "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{known}"'}
        trees = []
        for side in (0, 1):
            entries = "".join(f"100644 blob {pair[side]}\t{number}\0" for number, pair in enumerate(wanted))
            made = repo.ask("mktree", "-z", "--missing", stdin=entries.encode("ascii"), env=places)
            trees.append(made.decode("ascii").strip())
        return _parsed(repo.ask(*_DIFF, *trees, env=places))


def _parsed(patch: bytes) -> dict[tuple[str, str], list[Hunk]]:
    """The line ranges of a patch; lines of content begin with another character than headers."""
    found: dict[tuple[str, str], list[Hunk]] = {}
    current: list[Hunk] = []
    for match in _HEADER.finditer(patch):
        if match[1]:
            current = found[match[1].decode("ascii"), match[2].decode("ascii")] = []
        else:
            old_start, old_count, new_start, new_count = (1 if n is None else int(n) for n in match.groups()[2:])
            start = old_start - 1 if old_count else old_start
            to_start = new_start - 1 if new_count else new_start
            current.append(Hunk(start, start + old_count, to_start, to_start + new_count))
    return found


def split(text: bytes) -> list[bytes]:
    """The lines as git counts them, each with its end."""
    parts = text.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def take_back(
    middle: Sequence[bytes],
    before: Sequence[bytes],
    today: Sequence[bytes],
    back: Iterable[Hunk],
    later: Iterable[Hunk],
) -> Merged:
    """Go back to `before` by the hunks of `back` wherever `later`, which lead to `today`, left the lines alone."""
    merged, at = Merged(), 0
    fine = [piece for hunk in back for piece in _finer(hunk, middle, before)]
    shift = 0  # a line of the middle is this many lines further down today
    for mine, theirs in _groups(fine, list(later)):
        members = [*mine, *theirs]
        start, end = min(h.start for h in members), max(h.end for h in members)
        merged.lines += middle[at:start]
        at = end
        was = _applied(middle, before, mine, start, end)
        now = _applied(middle, today, theirs, start, end)
        if mine and theirs and now != was:
            merged.touched.append(max(start + shift + 1, 1) if now else max(start + shift, 1))
            merged.lines += now
        elif mine and not theirs:
            merged.taken += 1
            merged.lines += was
        else:
            merged.before += bool(mine)
            merged.lines += now
        shift += sum((h.to_end - h.to_start) - (h.end - h.start) for h in theirs)
    merged.lines += middle[at:]
    return merged


def _applied(
    middle: Sequence[bytes], side: Sequence[bytes], chosen: Iterable[Hunk], start: int, end: int
) -> list[bytes]:
    lines: list[bytes] = []
    for hunk in chosen:
        lines += [*middle[start : hunk.start], *side[hunk.to_start : hunk.to_end]]
        start = hunk.end
    return [*lines, *middle[start:end]]


def _groups(mine: list[Hunk], theirs: list[Hunk]) -> Iterator[tuple[list[Hunk], list[Hunk]]]:
    """The hunks in their order, those together that overlap, directly or by others."""
    tagged = sorted([(h, 0) for h in mine] + [(h, 1) for h in theirs], key=lambda t: (t[0].start, t[0].end))
    group: tuple[list[Hunk], list[Hunk]] = ([], [])
    for hunk, side in tagged:
        others = group[1 - side]
        if not (others and _overlap(others[-1], hunk)) and (group[0] or group[1]):
            yield group
            group = ([], [])
        group[side].append(hunk)
    if group[0] or group[1]:
        yield group


def _overlap(a: Hunk, b: Hunk) -> bool:
    """Whether both are about the same lines; two insertions at one place are, for who comes first?"""
    if a.start == a.end or b.start == b.end:
        point, other = (a, b) if a.start == a.end else (b, a)
        same = other.start == other.end == point.start
        return same or other.start < point.start < other.end
    return max(a.start, b.start) < min(a.end, b.end)


def _finer(hunk: Hunk, middle: Sequence[bytes], before: Sequence[bytes]) -> list[Hunk]:
    """A block that has as many lines on both sides, each like its partner, in its lines."""
    count = hunk.end - hunk.start
    if count < 2 or count != hunk.to_end - hunk.to_start:
        return [hunk]
    pieces = [
        Hunk(hunk.start + i, hunk.start + i + 1, hunk.to_start + i, hunk.to_start + i + 1) for i in range(count)
    ]
    alike = all(_are_alike(middle[piece.start], before[piece.to_start]) for piece in pieces)
    return pieces if alike else [hunk]


def _are_alike(a: bytes, b: bytes) -> bool:
    """Whether two lines differ in less than half of the shorter one, but for the space around them."""
    one, other = a.strip(), b.strip()
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    return 2 * (head + tail) >= min(len(one), len(other))


def _common(a: bytes, b: bytes) -> int:
    """How many characters two texts begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
