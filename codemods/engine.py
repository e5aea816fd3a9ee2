"""scan, find, settle and check over files in hand: called by the workers and by the golden cases alike.

`plan` runs one codemod over a world (a git tree, a folder, a dictionary) and returns what it would
change; `compose` in the end makes and checks the new bytes. The world does what a library must not:
reading, searching, running tasks in processes, formatting.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .base import ALL, Change, Codemod, Needles, Part, Skip, Unreadable
from .compose import Conflict, compose, compose_file
from .registry import Spec
from .source import Source
from .world import Outcome, Task, World

# ---- one file, in a worker ---------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What `find` gave for one file, with anchors set and ignore comments applied."""

    parts: tuple[Part, ...] = ()
    skips: tuple[Skip, ...] = ()


def work(task: Task) -> Outcome:
    """Do one task. Unreadable files are an outcome; a bug in a codemod is one too, and costs one file."""
    file = Source(task.path, task.data)
    try:
        match task.kind:
            case "scan":
                return Outcome(task.spec.codemod().scan(file))
            case "find":
                return Outcome(_find(task.spec.codemod(), file, task.facts))
            case _:
                return Outcome(_check(task, file))
    except Unreadable as error:
        return Outcome(code="C001-syntax", reason=str(error))
    except Exception as error:  # one bad file must never cost the others
        where = _innermost(error)
        return Outcome(code="C006-crashed", reason=f"{type(error).__name__}: {error} ({where})")


def _innermost(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return (
        f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        if trace
        else "?"
    )


def _check(task: Task, file: Source) -> list[str]:
    from .safety import problems

    return problems(
        Source(task.path, task.before), file, task.minimum, comments_may_go=bool(task.facts)
    )


def _find(codemod: Codemod, file: Source, facts: Any) -> Found:
    parts: list[Part] = []
    skips: list[Skip] = []
    for item in codemod.find(file, facts):
        if isinstance(item, Part):
            parts.append(item)
        else:
            skips.append(item)
    parts = _anchored(file, parts)
    if b"codemod:" in file.data:
        parts, ignored = _apply_ignores(codemod.name, file, parts)
        skips += ignored
    return Found(tuple(parts), tuple(skips))


def _anchored(file: Source, parts: Iterable[Part]) -> list[Part]:
    """Give each part that stands alone its anchor: path, definition around it, old → new text, ordinal."""
    seen: Counter[str] = Counter()
    result = []
    for part in sorted(parts, key=lambda p: min((e.start for e in p.edits), default=0)):
        if not part.group:
            first = min(part.edits, key=lambda e: e.start)
            where = file.qualname_at(first.start) if file.path.endswith((".py", ".pyi")) else ""
            what = "; ".join(f"{file.text[e.start : e.end]} → {e.new}" for e in part.edits)
            base = f"{file.path}::{where} {what}"
            part = replace(part, group=f"{base} #{seen[base]}")
            seen[base] += 1
        result.append(part)
    return result


_IGNORE = re.compile(r"#\s*codemod:\s*(ignore-file|ignore)(?![-\w])\s*(?:\[([^\]]*)\])?")


def _apply_ignores(name: str, file: Source, parts: Sequence[Part]) -> tuple[list[Part], list[Skip]]:
    """Turn parts on ignored lines into skips, and report comments for this codemod that hide nothing."""
    whole_file = 0
    lines: dict[int, bool] = {}  # line → whether the comment names this codemod
    for number, comment in (file.comments if file.path.endswith((".py", ".pyi")) else {}).items():
        for kind, names in _IGNORE.findall(comment):
            named = [n.strip() for n in names.split(",") if n.strip()]
            if not named or name in named:
                lines[number] = bool(named)
                if kind == "ignore-file":
                    whole_file = number
    kept, skips, used = [], [], set()
    for part in parts:
        touched = {part.line}
        for edit in part.edits:
            touched.update(
                range(file.line_of(edit.start), file.line_of(max(edit.start, edit.end - 1)) + 1)
            )
        hit = whole_file or next((n for n in sorted(touched) if n in lines), 0)
        if hit:
            used.add(hit)
            skips.append(
                Skip(
                    file.path,
                    part.line,
                    "C002-ignored",
                    f"line {hit} says so: {part.reason}",
                    part.group,
                )
            )
        else:
            kept.append(part)
    skips += [
        Skip(file.path, number, "C003-unused-ignore", f"this comment hides nothing from {name}")
        for number, named in lines.items()
        if named and number not in used
    ]
    return kept, skips


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


def plan(spec: Spec, world: World) -> Step:
    """Run one codemod: needles, scan, merge, prepare, find, settle. Changes nothing."""
    codemod = spec.codemod()
    needles = codemod.needles()
    targets = world.search(needles.edit, needles.files)
    if not codemod.spans_files:
        targets = {p for p in targets if not world.editable(p)}
    if not targets:
        return Step(spec)
    facts, contents, failures = _facts(spec, codemod, needles, world, targets)
    facts = codemod.prepare(world.services, {p: contents[p] for p in sorted(targets)}, facts)
    failures = {p: reason for p, reason in failures.items() if p in targets}
    parts, skips = _find_all(spec, codemod, world, facts, contents, targets, failures)
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
        failures,
        len(targets),
    )


def _facts(
    spec: Spec, codemod: Codemod, needles: Needles, world: World, targets: set[str]
) -> tuple[Any, dict[str, bytes], dict[str, str]]:
    """The merged facts, the contents read on the way, and why some files gave none."""
    contents: dict[str, bytes] = {}
    scanned: dict[str, Any] = {}
    unreadable: dict[str, str] = {}
    needs_scan = type(codemod).scan is not Codemod.scan
    fresh = set(targets)
    if needs_scan:
        if needles.fact:
            fresh |= world.search(needles.fact, ("*.py",))
        if needles.fact_files:
            fresh |= world.search(ALL, needles.fact_files)
    project = world.project()
    while fresh:
        new = world.read(sorted(fresh))
        contents |= new
        if needs_scan:
            for task, outcome in world.run([Task("scan", spec, p, new[p]) for p in sorted(new)]):
                if outcome.code:
                    unreadable[task.path] = outcome.reason
                elif outcome.value is not None:
                    scanned[task.path] = outcome.value
        known = set(project.paths)
        fresh = {p for p in codemod.follow(scanned, project) if p in known} - contents.keys()
    project = replace(project, unreadable=unreadable)
    ordered = {p: scanned[p] for p in sorted(scanned)}
    return codemod.merge(ordered, project), contents, unreadable


def _find_all(
    spec: Spec,
    codemod: Codemod,
    world: World,
    facts: Any,
    contents: Mapping[str, bytes],
    targets: set[str],
    failures: dict[str, str],
) -> tuple[list[Part], list[Skip]]:
    parts: list[Part] = []
    skips: list[Skip] = []
    for path, reason in failures.items():
        skips.append(Skip(path, 1, "C001-syntax", reason))
    tasks = [
        Task("find", spec, p, contents[p], codemod.share(facts, p))
        for p in sorted(targets - failures.keys())
    ]
    for task, outcome in world.run(tasks):
        if outcome.code:
            failures[task.path] = outcome.reason
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
        changes, key=lambda c: (min((e.start, -e.end) for e in c.edits), c.anchor)
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
    while True:
        live = [c for c in accepted if c.key not in dropped]
        before = world.read(sorted({p for c in live for p in c.paths}))
        failed: dict[str, str] = {}  # path → problem
        files = _compose_each(before, live, failed)
        texts = {p: d for p, d in files.items() if d is not None}
        texts |= world.format({p: d for p, d in before.items() if p in texts}, texts)
        files |= texts
        failed |= _failed_checks(step, live, before, files, world)
        if converge and not failed and files:
            failed |= _not_converged(step, live, files, world)
        if not failed:
            return Composed(files, before, tuple(live), dropped, tuple(skips))
        for change in live:
            if reason := next((failed[p] for p in change.paths if p in failed), ""):
                dropped[change.key] = reason
                part = next(p for p in change.parts if p.path in failed)
                skips.append(
                    Skip(
                        part.path, part.line, "C009-check", f"{failed[part.path]}: {change.reason}"
                    )
                )


def _compose_each(
    before: Mapping[str, bytes], changes: Sequence[Change], failed: dict[str, str]
) -> dict[str, bytes | None]:
    """Compose all files at once; where that fails, file by file to name the one to blame."""
    try:
        return compose(before, changes)
    except (Conflict, Unreadable):
        pass
    for path in sorted({p for c in changes for p in c.paths}):
        try:
            compose_file(
                Source(path, before[path]), [p for c in changes for p in c.parts if p.path == path]
            )
        except (Conflict, Unreadable) as error:
            failed[path] = str(error)
    return {}


def _failed_checks(
    step: Step,
    changes: Sequence[Change],
    before: Mapping[str, bytes],
    files: Mapping[str, bytes | None],
    world: World,
) -> dict[str, str]:
    sources = {p: Source(p, d) for p, d in before.items()}
    comments_may_go = {
        path: all(
            part.deletes_comments
            or "#" not in "".join(sources[path].text[e.start : e.end] for e in part.edits)
            for change in changes
            for part in change.parts
            if part.path == path
        )
        for path in files
        if path in before
    }
    tasks = [
        Task("check", step.spec, p, data, comments_may_go[p], before[p], world.minimum_python(p))
        for p, data in files.items()
        if data is not None and p in before and p.endswith((".py", ".pyi"))
    ]
    failed = {}
    for task, outcome in world.run(tasks):
        if outcome.code or outcome.value:
            failed[task.path] = outcome.reason or "; ".join(outcome.value)
    return failed


def _not_converged(
    step: Step, applied: Sequence[Change], files: Mapping[str, bytes | None], world: World
) -> dict[str, str]:
    """Files where a second run over the result would find something that this plan did not leave on purpose."""
    again = plan(step.spec, world.overlay(files))
    keys = {c.key for c in applied}
    left = Counter(_signature(c) for c in step.changes if c.key not in keys)
    failed = {}
    for change in again.changes:
        signature = _signature(change)
        touched = [p for p in change.paths if p in files]
        if left[signature] > 0:
            left[signature] -= 1
        elif touched:
            failed[touched[0]] = f"a second run would change it again ({change.reason})"
    return failed


def _signature(change: Change) -> tuple[object, ...]:
    return tuple(sorted({(p.path, p.reason) for p in change.parts}))
