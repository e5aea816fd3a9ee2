"""Read, scan, decide, find, settle: what one codemod would change, over whatever world is given.

What concerns one file alone is done by `work.py`, in a worker or here. The world does what a library must
not: reading, searching, running tasks in processes, formatting.
"""

from __future__ import annotations

import bisect
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import ignores
from .arriving import brought
from .codemod import ALL, Codemod, Needles
from .explained import Explained
from .known import Decisions
from .reading import Reader, Reading
from .registry import Spec, no_codemod
from .values import Change, Edit, Part, Skip
from .world import Task, World, matches_glob, word_pattern

# ---- the plan ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """What one codemod proposes on one state of the project."""

    spec: Spec
    changes: tuple[Change, ...] = ()
    skips: tuple[Skip, ...] = ()
    failures: Mapping[str, str] = field(default_factory=dict)  # path → why it could not be searched
    files: int = 0  # how many files find looked into
    hiding: frozenset[tuple[str, int]] = frozenset()  # ignore comments for every codemod that hide something from it
    # what the check of a result needs: what was read, parts that came into no change
    reading: Reading = field(default_factory=Reading, repr=False, compare=False)
    aside: tuple[Part, ...] = field(default=(), repr=False, compare=False)
    decided: Mapping[str, Any] = field(
        default_factory=dict, repr=False, compare=False
    )  # what `find` was told, by path
    explained: Explained | None = field(default=None, repr=False, compare=False)


def propose(
    spec: Spec,
    world: World,
    earlier: Step | None = None,
    changed: Mapping[str, bytes | None] | None = None,
    asked: tuple[str, int] | None = None,
) -> Step:
    """Run one codemod: needles, scan, wants, decide, find, settle. Changes nothing.

    With `earlier`, only `changed` files are scanned and searched anew: the check of a result. What the codemod can tell of
    a line that is `asked` for is told while all is known.
    """
    codemod = spec.codemod()
    needles = codemod.needles()
    if earlier is None or changed is None:
        targets = world.search(needles.edit, needles.files)
        targets |= world.search(ALL, needles.also) if needles.also else set()
    else:
        targets = {p for p, data in changed.items() if data is not None and _has(needles, p, data)}
    if not codemod.spans_files:
        targets = {p for p in targets if not world.editable(p)}
    if not targets and not (needles.named and earlier is None):
        return Step(spec)
    reading = Reading() if earlier is None else earlier.reading.but(changed or {})
    before = frozenset() if earlier is None else frozenset(earlier.reading.scanned)
    reader = Reader(spec, codemod, world, reading, before)
    known, further = reader.read(needles, targets, None if earlier is None else changed)
    targets |= further if codemod.spans_files else {p for p in further if not world.editable(p)}
    decisions = codemod.decide(known, targets)
    parts, skips, failures, hiding = _find(spec, world, decisions, reading, targets)
    parts, strange = brought(parts, world)
    skips += strange
    changes, more = _settle(codemod, world, decisions, parts, [*skips, *decisions.skips])
    used = {part for change in changes for part in change.parts}
    return Step(
        spec,
        tuple(changes),
        tuple(sorted({*skips, *more}, key=lambda s: (s.path, s.line, s.code, s.reason, s.group))),
        failures,
        len(targets),
        hiding,
        reading.but(()),
        tuple(p for p in parts if p not in used),
        decisions.by_path,
        codemod.explains.of(codemod, known, *asked) if asked and codemod.explains else None,
    )


def _has(needles: Needles, path: str, data: bytes) -> bool:
    """Whether `find` looks into a file."""
    if matches_glob(path, needles.also):
        return True
    if not matches_glob(path, needles.files):
        return False
    return needles.edit == ALL or bool(word_pattern(tuple(needles.edit)).search(data))


def _find(
    spec: Spec, world: World, decisions: Decisions, reading: Reading, targets: set[str]
) -> tuple[list[Part], list[Skip], dict[str, str], frozenset[tuple[str, int]]]:
    """Parts and skips of all targets, why some could not be searched, and the ignore comments that hide something.

    A file that cannot be searched blocks the groups that are known to have edits in it.
    """
    failed = {p: reading.unreadable[p] for p in sorted(targets & reading.unreadable.keys())}
    tasks = []
    for path in sorted(targets - failed.keys()):
        data, origins = reading.contents[path], reading.origins.get(path, {})
        if path in decisions.by_path:
            tasks.append(Task("find", spec, path, data, decisions.by_path[path], origins=origins))
        elif b"codemod:" in data:  # an ignore comment is looked at all the same: it may hide nothing any more
            tasks.append(Task("ignores", spec, path, data))
    parts: list[Part] = []
    skips: list[Skip] = []
    hiding: set[tuple[str, int]] = set()
    for task, outcome in world.run(tasks):
        if outcome.code:
            failed[task.path] = outcome
        else:
            parts += outcome.value.parts
            skips += outcome.value.skips
            skips += _strangers(task.path, outcome.value.named, world)
            hiding |= {(task.path, line) for line in outcome.value.hiding}
    for path, outcome in failed.items():
        groups = list(decisions.groups.get(path, ())) or [""]
        skips += [Skip(path, outcome.line, outcome.code, outcome.reason, group) for group in groups]
    return sorted(parts, key=_position), skips, {p: o.reason for p, o in failed.items()}, frozenset(hiding)


def _strangers(path: str, named: Iterable[tuple[int, str]], world: World) -> Iterator[Skip]:
    """Ignore comments that name no codemod. One that the project itself may hold is not ours to judge."""
    for line, name in named:
        file = f"/{name.replace('-', '_')}"
        own = (f"{file}.py", f"{file}/__init__.py")
        if (why := no_codemod(name)) and not any(f"/{p}".endswith(own) for p in world.project().paths):
            yield Skip(path, line, ignores.CODE, why)


def _position(part: Part) -> tuple[str, int, int]:
    return part.path, part.start, part.line


# ---- from parts to changes ---------------------------------------------------------------------


def _settle(
    codemod: Codemod, world: World, decisions: Decisions, parts: Sequence[Part], blocks: Sequence[Skip]
) -> tuple[list[Change], list[Skip]]:
    """Changes of the groups that nothing blocks, and skips for the others. All or nothing: half a
    change must not exist."""
    skips = list(blocks)
    blocked = {s.group for s in skips if s.group}
    changes: list[Change] = []
    for item in codemod.settle([p for p in parts if p.group not in blocked], decisions):
        if isinstance(item, Skip):
            skips.append(item)
        elif found := list(_excluded(world, item.parts)):
            skips += found
        else:
            changes.append(item)
    changes, overlaps = _disjoint(changes)
    return changes, [*skips, *overlaps]


def _excluded(world: World, parts: Iterable[Part]) -> Iterator[Skip]:
    """One skip for each group with a part in a file that may not be edited. Facts know no excludes."""
    groups = set()
    for part in parts:
        paths = [part.path, *(e.new for e in part.edits if e.op == "move")]
        if part.group not in groups and (reason := next(filter(None, map(world.editable, paths)), "")):
            groups.add(part.group)
            reason = f"{reason}: {part.reason}"
            yield Skip(part.path, part.line, "C004-excluded", reason, part.group)


def _disjoint(changes: Iterable[Change]) -> tuple[list[Change], list[Skip]]:
    """Changes whose edits do not overlap; of two that do, the first and outermost stays."""
    taken: dict[str, list[tuple[int, int]]] = {}
    kept, skips = [], []
    for change in sorted(changes, key=lambda c: (_outermost_first(c), c.anchor)):
        if change.until:  # it is never made beside the one that takes its place
            kept.append(change)
            continue
        spans = [span for e in change.edits for span in _spans(e)]
        if any(_overlaps(taken.get(path, []), start, end) for path, start, end in spans):
            part = change.parts[0]
            reason = f"overlaps another change: {change.reason}"
            skips.append(Skip(part.path, part.line, "C007-overlap", reason))
            continue
        for path, start, end in spans:
            bisect.insort(taken.setdefault(path, []), (start, end))
        kept.append(change)
    kept.sort(key=lambda c: min(_position(p) for p in c.parts))
    return kept, skips


def _spans(edit: Edit) -> list[tuple[str, int, int]]:
    """What an edit takes for its change alone: a span; a file that moves or goes has one way, and one that goes no text."""
    found = [(edit.path, edit.start, edit.end) if edit.op != "delete" else (edit.path, -1, sys.maxsize)]
    return [*found, (f"{edit.path}\0", 0, 1)] if edit.op in ("move", "delete") else found


def _outermost_first(change: Change) -> tuple[str, int, int]:
    return min(((e.path, e.start, -e.end) for e in change.edits), default=("", 0, 0))


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span overlaps one of the sorted, disjoint spans. Insertions at one offset do not."""
    index = bisect.bisect_left(taken, (start, end))
    return any(start < b and a < end for a, b in taken[max(index - 1, 0) : index + 1])
