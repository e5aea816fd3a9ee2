"""The new bytes of what was accepted, composed, formatted and checked: a change that fails a check is dropped whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .propose import Step, propose
from .registry import Spec
from .source import PYTHON
from .values import Change, Skip
from .world import Task, World


@dataclass(frozen=True)
class Composed:
    """The checked new content of one step's files, and the changes that failed a check."""

    files: Mapping[str, bytes | None]
    before: Mapping[str, bytes]
    applied: tuple[Change, ...]
    dropped: Mapping[str, str] = field(default_factory=dict)  # change key → why
    skips: tuple[Skip, ...] = ()


def compose_checked(step: Step, accepted: Sequence[Change], world: World, converge: bool = True) -> Composed:
    """Compose, format and check. A change that fails a check is dropped whole and the rest composed anew."""
    dropped: dict[str, str] = {}
    skips: list[Skip] = []
    live = list(accepted)
    while live:
        draft = _write(step.spec, live, world)
        blamed = draft.blamed or _format(step.spec, draft, world)
        if converge and not blamed:
            blamed = _not_converged(step, live, draft, world)
        if not blamed:
            return Composed(draft.files, draft.before, tuple(live), dropped, tuple(skips))
        # nobody to blame is everybody to blame: each round drops something
        for change in [c for c in live if c.anchor in blamed] or live:
            path, reason = blamed.get(change.anchor) or next(iter(blamed.values()))
            line = next((p.line for p in change.parts if p.path == path), change.parts[0].line)
            dropped[change.key] = reason
            skips.append(Skip(path, line, "C009-check", f"{reason}: {change.reason}"))
        live = [c for c in live if c.key not in dropped]
    return Composed({}, {}, (), dropped, tuple(skips))


@dataclass(frozen=True)
class _Draft:
    """What the accepted changes make of the files."""

    before: Mapping[str, bytes]
    files: dict[str, bytes | None] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)  # path of a result → path of its parts
    owners: dict[str, list[str]] = field(default_factory=dict)  # path of parts → anchors of changes
    blamed: dict[str, tuple[str, str]] = field(default_factory=dict)  # anchor → path and problem

    def blame(self, path: str, problem: str, anchors: Iterable[str] = ()) -> None:
        for anchor in anchors or self.owners[self.sources.get(path, path)]:
            self.blamed.setdefault(anchor, (path, problem))


def _write(spec: Spec, live: Sequence[Change], world: World) -> _Draft:
    """Every file's new content, checked."""
    from .compose import parts_by_path  # not for a run that finds nothing

    parts = parts_by_path(live)
    draft = _Draft(world.read(sorted(parts)))
    for path in parts:
        draft.owners[path] = list(dict.fromkeys(p.group for p in parts[path]))
    tasks = [
        Task("compose", spec, path, draft.before.get(path, b""), tuple(parts[path]),
             minimum=world.minimum_python(path))
        for path in parts
    ]  # fmt: skip
    for task, outcome in world.run(tasks):
        if outcome.code:
            draft.blame(task.path, outcome.reason)
        elif outcome.value.problems:
            draft.blame(task.path, "; ".join(outcome.value.problems), outcome.value.blamed)
        else:
            for path, data in outcome.value.files.items():
                if path != task.path and (path in draft.files or world.read([path])):
                    draft.blame(task.path, f"there is a file {path} already")
                draft.sources[path] = task.path
                draft.files[path] = data
    return draft


def _format(spec: Spec, draft: _Draft, world: World) -> dict[str, tuple[str, str]]:
    """Let the formatter have its word, and check what it altered."""
    texts = {p: d for p, d in draft.files.items() if d is not None}
    formatted = world.format({p: d for p, d in draft.before.items() if p in texts}, texts)
    tasks = [
        Task("check", spec, p, data, before=texts[p], minimum=world.minimum_python(p))
        for p, data in formatted.items()
        if p.endswith(PYTHON)
    ]
    for task, outcome in world.run(tasks):
        if problem := outcome.reason or "; ".join(outcome.value or ()):
            draft.blame(task.path, f"after formatting: {problem}")
    draft.files.update(formatted)
    return draft.blamed


def _not_converged(step: Step, applied: Sequence[Change], draft: _Draft, world: World) -> dict[str, tuple[str, str]]:
    """Blame the changes in files where a second run would find something that this plan did not leave
    on purpose: because it was not accepted, or blocked, or overlapped."""
    keys = {c.key for c in applied}
    unapplied = (p for c in step.changes if c.key not in keys for p in c.parts)
    left = Counter((p.path, p.reason) for p in (*step.aside, *unapplied))
    again = propose(step.spec, world.overlay(draft.files), step, draft.files)
    for part in (p for c in again.changes for p in c.parts):
        path = draft.sources.get(part.path, part.path)
        if left[path, part.reason] > 0:
            left[path, part.reason] -= 1
        elif part.path in draft.files:
            draft.blame(part.path, f"a second run would change it again ({part.reason})")
    return draft.blamed
