"""The commits before the last one, for a history that leads back to the old lines: copies first, or one part after the other. What
an earlier commit does the next one does, too: each stands for all of the split so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..engine.edits import create_file, move_file
from ..engine.values import Change, Part, Skip, Span
from ..facts.moving.values import Text
from .facade import Facade
from .package import Package
from .texts import body, head

_NUMBER = re.compile(r" \((\d+) of (\d+)\)$")


def earlier(package: Package, final: Part) -> Iterator[Part]:
    """The parts of the changes for the earlier commits; the group of each says which one it is of. `final` is one of the last
    change."""
    stages = {"one": 1, "two": 2, "parts": len(package.pieces)}[package.job.commits]
    for number in range(1, stages):
        group = f"{final.group} ({number} of {stages})"
        made = _copies(package) if stages == 2 and package.job.commits == "two" else _first(package, number)
        reason = f"{final.reason} (commit {number} of {stages})"
        yield from (replace(part, reason=reason, safety=final.safety, group=group) for part in made)


def _copies(package: Package) -> Iterator[Part]:
    """Each part is a copy of the module: git takes it for the same file under another name."""
    file = package.file
    for piece in package.pieces:
        path = package.inside(piece.name)
        whole = Text(0, 0, moved=Span(file.path, len(file.cookie), len(file.text)))
        yield Part(path, 1, "", (create_file(path, like=file.path), whole.edit(path, file)))
    if not package.was_package:
        shifts = Facade(package).shifts(package.outline.units)
        texts = (Text(start, end, new).edit(file.path, file) for start, (end, new) in shifts.items())
        yield Part(file.path, 1, "", (move_file(file.path, package.init), *texts))


def _first(package: Package, number: int) -> Iterator[Part]:
    """The first parts of a package, of which the rest is still in its own file."""
    file, some = package.file, package.so_far(number)
    for piece in some.pieces:
        yield written(package, piece.name)
    moves = () if package.was_package else (move_file(file.path, package.init),)
    facade = Facade(some)
    yield Part(file.path, 1, "", (*moves, *(t.edit(file.path, file) for t in facade.texts())))


def written(package: Package, name: str) -> Part:
    """A part of the package as a file."""
    piece = next(p for p in package.pieces if p.name == name)
    path = package.inside(name)
    texts = (text.edit(path, package.file) for text in body(package, piece))
    made = (create_file(path, head(package, piece), like=package.file.path), *texts)
    return Part(path, 1, "", made, requires=tuple(sorted(piece.requires - {*package.ordered(piece)})))


def settled(changes: Iterable[Change | Skip]) -> Iterator[Change | Skip]:
    """The changes with their stages: all of them, or none."""
    found = [c for c in changes if isinstance(c, Change)]
    yield from (c for c in changes if isinstance(c, Skip))
    numbered = {
        int(match[1]): (change, int(match[2])) for change in found if (match := _NUMBER.search(change.anchor))
    }
    last = next((c for c in found if not _NUMBER.search(c.anchor)), None)
    if last is None or any(len(numbered) != count - 1 for _, count in numbered.values()):
        return  # what blocks one of them blocks all, and is told
    before: tuple[str, ...] = ()
    for number, (change, _) in sorted(numbered.items()):
        yield replace(change, stage=number - 1, until=number, needs=before)
        before = (change.anchor,)
    yield replace(last, stage=len(numbered), needs=before)
