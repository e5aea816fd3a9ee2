"""All steps of a run, for the decisions that hold: each sees the composed, formatted output of the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codemods.engine.check import Composed, compose_checked
from codemods.engine.propose import Step, propose
from codemods.engine.registry import Spec

from . import kept
from .cache import stable_digest
from .comments import IgnoreComments
from .config import Options
from .decide import Decisions, accepted
from .disk import digest
from .files import FileWorld
from .outcome import Done
from .plan import FileDigests


@dataclass
class Steps:
    """Makes the result again for other decisions; what a step proposes is found once for one content before it."""

    options: Options
    world: FileWorld
    keeping: bool = True  # answers are remembered for the next run
    _proposed: dict[tuple[int, bytes], Step] = field(default_factory=dict)
    _last: dict[str, tuple[Done, ...]] = field(default_factory=dict)  # for the decisions that were asked about last

    def made(self, decisions: Decisions) -> tuple[Done, ...]:
        """Every step with what was accepted of it."""
        if decisions.identity not in self._last:
            self._last.clear()
            self._last[decisions.identity] = self._made(decisions)
        return self._last[decisions.identity]

    def _made(self, decisions: Decisions) -> tuple[Done, ...]:
        specs, world = self.options.specs, self.world
        comments = IgnoreComments(specs)
        found: list[Done] = []
        for number, spec in enumerate(specs, 1):
            world.workers.progress.step(spec.codemod().name, number, len(specs))
            found.append(comments.judged(self._done(number, spec, world, decisions), world))
            world = world.overlay(found[-1].composed.files)
        return tuple(found)

    def _done(self, number: int, spec: Spec, world: FileWorld, decisions: Decisions) -> Done:
        found = kept.recall(spec, world, self.options, decisions)
        if found is None:
            step = self._step(number, spec, world)
            chosen = accepted(step.changes, decisions, self.options.unsafe)
            found = Done(step, compose_checked(step, chosen, world), decisions)
            if self.keeping:
                kept.keep(found, world, self.options)
        return found

    def _step(self, number: int, spec: Spec, world: FileWorld) -> Step:
        key = number, stable_digest(world.changed)
        if key not in self._proposed:
            self._proposed[key] = propose(spec, world)
        return self._proposed[key]


def overall(done: Sequence[Done]) -> tuple[dict[str, bytes], dict[str, bytes | None]]:
    """First and last content of every file that differs in the end."""
    before: dict[str, bytes] = {}
    after: dict[str, bytes | None] = {}
    for one in done:
        for path, data in one.composed.files.items():
            if path not in after and path in one.composed.before:
                before[path] = one.composed.before[path]
            after[path] = data
    same = [p for p, d in after.items() if before.get(p) == d]
    for path in same:
        del after[path]
        before.pop(path, None)
    return before, dict(sorted(after.items()))


def origins(done: Sequence[Done]) -> dict[str, str]:
    """The files that new ones come from, as they were called before the first step."""
    found: dict[str, str] = {}
    for one in done:
        found |= {new: found.get(old, old) for new, old in one.composed.origins.items()}
    return found


def renames(done: Sequence[Done]) -> dict[str, str]:
    """The files that got another place: last path → first path."""
    found: dict[str, str] = {}
    for one in done:
        moves = [change.moves for change in one.composed.applied]
        found |= {new: found.pop(old, old) for each in moves for new, old in each.items()}
    return {new: old for new, old in found.items() if new != old}


def stages(composed: Composed) -> list[Mapping[str, bytes | None]]:
    """What each commit of a step changes: one for each stage that changes anything."""
    return [files for _, files in staged(composed)]


def staged(composed: Composed) -> list[tuple[int, Mapping[str, bytes | None]]]:
    """The same, each with the stage that its changes have."""
    told: list[tuple[int, Mapping[str, bytes | None]]] = []
    now: dict[str, bytes | None] = dict(composed.before)
    numbers = sorted({change.stage for change in composed.applied}) or [0]
    for stage, files in zip(numbers, (*composed.earlier, composed.files), strict=True):
        if new := {path: data for path, data in files.items() if now.get(path) != data}:
            told.append((stage, new))
            now |= new
    return told


def digests(done: Sequence[Done], world: FileWorld) -> list[Mapping[str, FileDigests]]:
    """For each step what its changes found in their files, and what it leaves there."""
    told: list[Mapping[str, FileDigests]] = []
    for one in done:
        paths = {path for change in one.step.changes for path in change.places} | one.composed.files.keys()
        read = {**world.read(p for p in paths if p not in one.composed.before), **one.composed.before}
        old = {path: digest(read.get(path)) for path in sorted(paths)}
        new = {path: digest(data) for path, data in one.composed.files.items()}
        told.append({path: FileDigests(input=old[path], output=new.get(path, old[path])) for path in old})
        world = world.overlay(one.composed.files)
    return told
