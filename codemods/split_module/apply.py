"""One module: what is written, or why nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..engine.edits import create_file, move_file
from ..engine.source import Source
from ..engine.values import Edit, Part, Safety, Skip
from ..facts.moving.units import is_definition
from .facade import Facade
from .hazards import hazards
from .package import Package
from .stages import earlier, written
from .texts import script
from .values import Doubt, Job, Obstacle

_TOLD = 4  # doubts


def parts(file: Source, job: Job) -> Iterator[Part | Skip]:
    """The edits of all files, or the lines that stand in the way."""
    package = Package(file, job)
    group = file.path
    single = [s for s in job.single if not job.single_file]
    yield from (
        Skip(
            s.path, s.line, "L12-single-file", f"{job.name} is a file of its own here; --single-file splits it", group
        )
        for s in single
    )
    found = {*package.obstacles, *package.doubts, *hazards(package)}
    obstacles = sorted(o for o in found if isinstance(o, Obstacle))
    doubts = sorted({d.reason for d in found if isinstance(d, Doubt)})
    if obstacles:
        yield from (Skip(file.path, o.line, o.code, o.reason, group) for o in obstacles)
        return
    if single:
        return
    if len(package.pieces) < 2:
        yield Skip(file.path, 1, "L01-one-part", "all of it belongs together: there would be one part")
        return
    reason = _reason(package, doubts)
    safety = Safety.UNSAFE if doubts else Safety.SAFE
    for piece in package.pieces:
        yield replace(written(package, piece.name), reason=reason, safety=safety, group=group)
    if package.main is not None:
        path = package.inside("__main__")
        texts, requires = script(package)
        made = (create_file(path, like=file.path), *(t.edit(path, file) for t in texts))
        yield Part(path, 1, reason, made, safety, group, requires=requires)
        told = f"`python {file.path}` is `python -m {job.name}` now"
        yield Skip(file.path, package.main.node.lineno, "L11-script", told)
    moves = () if package.was_package else (move_file(file.path, package.init),)
    if job.stub:
        path = f"{package.folder}/__init__.pyi"
        yield Part(f"{file.path}i", 1, reason, (move_file(f"{file.path}i", path),), safety, group)
    for place in job.single:
        if place.new:
            edit = Edit(place.path, place.start, place.end, place.new)
            yield Part(place.path, place.line, reason, (edit,), safety, group)
        else:
            yield Skip(place.path, place.line, "L13-named", f"add the package {job.name}, for it is a file no more")
    facade = Facade(package)
    edits = (*moves, *(t.edit(file.path, file) for t in facade.texts()))
    final = Part(file.path, 1, reason, edits, safety, group, requires=tuple(facade.requires()))
    yield final
    yield from earlier(package, final)


def _reason(package: Package, doubts: Sequence[str]) -> str:
    names = [piece.name for piece in package.pieces]
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    count = sum(is_definition(u) for u in package.moved)
    reason = f"split {package.job.name} into {len(names)} parts: {shown}; {count} definitions move unchanged"
    more = f"; and {len(doubts) - _TOLD} more doubts" if len(doubts) > _TOLD + 1 else ""
    return reason + "".join(f"; {doubt}" for doubt in doubts[: _TOLD if more else None]) + more
