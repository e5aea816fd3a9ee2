"""scan, find, settle and check over files in hand: called by the workers and by the golden cases alike.

`plan` runs one codemod over a world (a git tree, a folder, a dictionary) and returns what it would
change; `compose` in the end makes and checks the new bytes. The world does what a library must not:
reading, searching, running tasks in processes, formatting.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .base import ALL, Change, Codemod, Needles, Part, Skip
from .compose import parts_by_path
from .registry import Spec
from .world import Outcome, Task, World, matches_glob, word_pattern

# ---- the project, in the parent ----------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """What one codemod proposes on one state of the project."""

    spec: Spec
    changes: tuple[Change, ...] = ()
    skips: tuple[Skip, ...] = ()
    failures: Mapping[str, str] = field(
        default_factory=dict
    )  # path → why it could not be read or searched
    files: int = 0  # how many files find looked into
    scanned: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)  # facts
    unreadable: Mapping[str, Outcome] = field(default_factory=dict, repr=False, compare=False)


def plan(
    spec: Spec,
    world: World,
    earlier: Step | None = None,
    changed: Mapping[str, bytes | None] | None = None,
) -> Step:
    """Run one codemod: needles, scan, merge, prepare, find, settle. Changes nothing.

    With `earlier`, only `changed` files are scanned and searched anew: the check of a result.
    """
    codemod = spec.codemod()
    needles = codemod.needles()
    if earlier is None or changed is None:
        targets = world.search(needles.edit, needles.files)
    else:
        targets = {
            p
            for p, data in changed.items()
            if data is not None and _has(needles.edit, needles.files, p, data)
        }
    if not codemod.spans_files:
        targets = {p for p in targets if not world.editable(p)}
    if not targets:
        return Step(spec)
    reading = _read(spec, codemod, needles, world, targets, earlier, changed or {})
    project = replace(
        world.project(), unreadable={p: o.reason for p, o in reading.unreadable.items()}
    )
    facts = codemod.merge({p: reading.scanned[p] for p in sorted(reading.scanned)}, project)
    facts = codemod.prepare(
        world.services, {p: reading.contents[p] for p in sorted(targets)}, facts
    )
    failed = {p: o for p, o in reading.unreadable.items() if p in targets}
    parts, skips = _find_all(spec, codemod, world, facts, reading.contents, targets, failed)
    blocks = [*skips, *codemod.notes(facts), *_excluded(world, parts)]
    parts, blocked = _unblocked(parts, blocks)
    changes: list[Change] = []
    for item in codemod.settle(sorted(parts, key=_position), facts):
        if isinstance(item, Change):
            changes.append(item)
        else:
            blocked.append(item)
    changes, overlaps = _disjoint(changes)
    return Step(
        spec,
        tuple(changes),
        tuple(sorted({*blocked, *overlaps}, key=lambda s: (s.path, s.line, s.code, s.reason))),
        {p: o.reason for p, o in failed.items()},
        len(targets),
        reading.scanned,
        reading.unreadable,
    )


def _has(words: Sequence[str], globs: Sequence[str], path: str, data: bytes) -> bool:
    return matches_glob(path, globs) and (
        tuple(words) == ALL or bool(word_pattern(tuple(words)).search(data))
    )


@dataclass(frozen=True)
class _Reading:
    """What scanning gave: contents and facts by path, and why some files gave none."""

    contents: dict[str, bytes] = field(default_factory=dict)
    scanned: dict[str, Any] = field(default_factory=dict)
    unreadable: dict[str, Outcome] = field(default_factory=dict)


def _read(
    spec: Spec,
    codemod: Codemod,
    needles: Needles,
    world: World,
    targets: set[str],
    earlier: Step | None,
    changed: Mapping[str, bytes | None],
) -> _Reading:
    reading = _Reading()
    needs_scan = type(codemod).scan is not Codemod.scan
    fresh = set(targets)
    if needs_scan and earlier is None:
        if needles.fact:
            fresh |= world.search(needles.fact, ("*.py",))
        if needles.fact_files:
            fresh |= world.search(ALL, needles.fact_files)
    elif needs_scan and earlier is not None:
        reading.scanned.update((p, fact) for p, fact in earlier.scanned.items() if p not in changed)
        reading.unreadable.update((p, o) for p, o in earlier.unreadable.items() if p not in changed)
        fresh |= {p for p in earlier.scanned if changed.get(p) is not None}
    known = set(world.project().paths) if needs_scan else set()
    sought: set[str] = set()
    while fresh:
        new = world.read(sorted(fresh))
        reading.contents.update(new)
        if needs_scan:
            for task, outcome in world.run([Task("scan", spec, p, new[p]) for p in sorted(new)]):
                if outcome.code:
                    reading.unreadable[task.path] = outcome
                elif outcome.value is not None:
                    reading.scanned[task.path] = outcome.value
        wanted = {p for p in codemod.follow(reading.scanned, world.project()) if p in known}
        words = set(codemod.seek(reading.scanned, world.project())) - sought
        if words:
            sought |= words
            wanted |= world.search(tuple(sorted(words)), ("*.py",))
        fresh = (
            wanted - reading.contents.keys() - reading.scanned.keys() - reading.unreadable.keys()
        )
    return reading


def _find_all(
    spec: Spec,
    codemod: Codemod,
    world: World,
    facts: Any,
    contents: Mapping[str, bytes],
    targets: set[str],
    failures: dict[str, Outcome],
) -> tuple[list[Part], list[Skip]]:
    parts: list[Part] = []
    skips = [Skip(path, 1, outcome.code, outcome.reason) for path, outcome in failures.items()]
    tasks = [
        Task("find", spec, p, contents[p], codemod.share(facts, p))
        for p in sorted(targets - failures.keys())
        # an ignore comment is looked at all the same: it may hide nothing any more
        if not codemod.idle(facts, p) or b"codemod:" in contents[p]
    ]
    for task, outcome in world.run(tasks):
        if outcome.code:
            failures[task.path] = outcome
            groups = codemod.groups_of(facts, task.path)
            skips += [Skip(task.path, 1, outcome.code, outcome.reason, g) for g in groups or [""]]
        else:
            parts += outcome.value.parts
            skips += outcome.value.skips
    return parts, skips


def _position(part: Part) -> tuple[str, int, int]:
    return part.path, min((e.start for e in part.edits), default=0), part.line


def _excluded(world: World, parts: Iterable[Part]) -> Iterator[Skip]:
    """Parts in files that may not be edited block their group. Facts know no excludes, edits do."""
    for part in parts:
        if reason := world.editable(part.path):
            yield Skip(
                part.path, part.line, "C004-excluded", f"{reason}: {part.reason}", part.group
            )


def _unblocked(parts: Sequence[Part], skips: Sequence[Skip]) -> tuple[list[Part], list[Skip]]:
    """Parts of groups that nothing blocks, and the skips. All or nothing: half a change must not exist."""
    blocked = {s.group for s in skips if s.group}
    return [p for p in parts if p.group not in blocked], list(skips)


def _disjoint(changes: Iterable[Change]) -> tuple[list[Change], list[Skip]]:
    """Changes whose edits do not overlap; of two that do, the first and outermost stays."""
    taken: dict[str, list[tuple[int, int]]] = {}
    kept, skips = [], []
    for change in sorted(
        changes, key=lambda c: (min(((e.start, -e.end) for e in c.edits), default=(0, 0)), c.anchor)
    ):
        clash = next(
            (e for e in change.edits if _overlaps(taken.get(e.path, []), e.start, e.end)), None
        )
        if clash is not None:
            part = change.parts[0]
            skips.append(
                Skip(
                    part.path,
                    part.line,
                    "C007-overlap",
                    f"overlaps another change: {change.reason}",
                )
            )
            continue
        for edit in change.edits:
            bisect.insort(taken.setdefault(edit.path, []), (edit.start, edit.end))
        kept.append(change)
    kept.sort(key=lambda c: min(_position(p) for p in c.parts))
    return kept, skips


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span overlaps one of the sorted, disjoint spans. Insertions at one offset do not."""
    index = bisect.bisect_left(taken, (start, end))
    return any(
        (start < b and a < end) or start == a < end == b
        for a, b in taken[max(index - 1, 0) : index + 1]
    )


# ---- the new bytes -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Composed:
    """The checked new content of one step's files, and the changes that failed a check."""

    files: Mapping[str, bytes | None]
    before: Mapping[str, bytes]
    applied: tuple[Change, ...]
    dropped: Mapping[str, str] = field(default_factory=dict)  # change key → why
    skips: tuple[Skip, ...] = ()


def compose_checked(
    step: Step, accepted: Sequence[Change], world: World, converge: bool = True
) -> Composed:
    """Compose, format and check. A change that fails a check is dropped whole and the rest composed anew."""
    dropped: dict[str, str] = {}
    skips: list[Skip] = []
    live = list(accepted)
    while live:
        before = world.read(sorted({p for c in live for p in c.paths}))
        parts = parts_by_path(live)
        files, blamed = _written(step, parts, before, world)
        if not blamed:
            blamed = _formatted(step, parts, before, files, world)
        if converge and not blamed:
            blamed = _not_converged(step, live, files, world)
        if not blamed:
            return Composed(files, before, tuple(live), dropped, tuple(skips))
        for change in live:
            if change.anchor in blamed:
                path, reason = blamed[change.anchor]
                line = next((p.line for p in change.parts if p.path == path), change.parts[0].line)
                dropped[change.key] = reason
                skips.append(Skip(path, line, "C009-check", f"{reason}: {change.reason}"))
        live = [c for c in live if c.key not in dropped]
    return Composed({}, {}, (), dropped, tuple(skips))


Blamed = dict[str, tuple[str, str]]  # anchor of a change → path and what is wrong there


def _written(
    step: Step, parts: Mapping[str, Sequence[Part]], before: Mapping[str, bytes], world: World
) -> tuple[dict[str, bytes | None], Blamed]:
    """Every file's new content, and the changes that failed a check."""
    files: dict[str, bytes | None] = {}
    blamed: Blamed = {}
    tasks = [
        Task(
            "compose",
            step.spec,
            p,
            before.get(p, b""),
            tuple(parts[p]),
            minimum=world.minimum_python(p),
        )
        for p in parts
    ]
    for task, outcome in world.run(tasks):
        if outcome.code:
            blamed |= {p.group: (task.path, outcome.reason) for p in parts[task.path]}
        elif outcome.value.problems:
            blamed |= {
                g: (task.path, "; ".join(outcome.value.problems)) for g in outcome.value.blamed
            }
        else:
            files |= outcome.value.files
    return files, blamed


def _formatted(
    step: Step,
    parts: Mapping[str, Sequence[Part]],
    before: Mapping[str, bytes],
    files: dict[str, bytes | None],
    world: World,
) -> Blamed:
    """Put the formatter's word into `files`, and check what it altered."""
    texts = {p: d for p, d in files.items() if d is not None}
    formatted = world.format({p: d for p, d in before.items() if p in texts}, texts)
    tasks = [
        Task("check", step.spec, p, data, None, texts[p], world.minimum_python(p))
        for p, data in formatted.items()
        if p in before and p.endswith((".py", ".pyi"))
    ]
    files |= formatted
    return {
        part.group: (task.path, f"after formatting: {outcome.reason or '; '.join(outcome.value)}")
        for task, outcome in world.run(tasks)
        if outcome.code or outcome.value
        for part in parts[task.path]
    }


def _not_converged(
    step: Step, applied: Sequence[Change], files: Mapping[str, bytes | None], world: World
) -> Blamed:
    """The changes in files where a second run would find something that this plan did not leave on purpose."""
    again = plan(step.spec, world.overlay(files), step, files)
    keys = {c.key for c in applied}
    left = Counter(_signature(c) for c in step.changes if c.key not in keys)
    blamed: Blamed = {}
    for change in again.changes:
        signature = _signature(change)
        if left[signature] > 0:
            left[signature] -= 1
            continue
        reason = f"a second run would change it again ({change.reason})"
        touched = [p for p in change.paths if p in files]
        blamed |= {c.anchor: (p, reason) for p in touched[:1] for c in applied if p in c.paths}
    return blamed


def _signature(change: Change) -> tuple[object, ...]:
    return tuple(sorted({(p.path, p.reason) for p in change.parts}))
