"""A plan before the project's own command: what passes is accepted, what breaks tests is decided so and left out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from codemods.engine.values import Change

from .config import Options
from .decide import VERIFY, Decision, Decisions, Verdict
from .errors import RunFailed
from .files import CommitWorld
from .named import relative
from .outcome import Done
from .plan import Plan
from .plans import Decider, Row, Shelf
from .steps import Steps, overall
from .terminal import printable, quoted, say
from .verify import Asked, Failing, Item, Verified, verify
from .verify.command import split_words


@dataclass(frozen=True)
class Judged:
    """The steps with what passes, and how that was found out."""

    done: tuple[Done, ...]
    decisions: Decisions
    verified: Verified | None  # None where there was nothing to judge


def asked_by(options: Options, command: tuple[str, ...] = ()) -> Asked:
    """What is to be run, from the options. Raises UsageError for a command that cannot be split."""
    return Asked(
        command=command or split_words(options.verify, "--verify"),
        setup=options.verify_setup,
        copies=options.verify_copy,
        timeout=options.verify_timeout,
        budget=options.verify_budget,
        all_or_nothing=options.all_or_nothing,
    )


def judge(steps: Steps, shelf: Shelf, plan: Plan, decisions: Decisions, asked: Asked, where: Path) -> Judged:
    """Verify what is accepted of a plan. What was found out before is believed; what time was too short for is tried again.

    Raises VerifyFailed where nothing is to be delivered.
    """
    world, options = steps.world, steps.options
    assert isinstance(world, CommitWorld)
    late = {key: decision for key, decision in decisions.by_key.items() if decision.is_late}
    decisions = _tried_again(decisions, late).within(plan)
    trial = _Contents(steps=replace(steps, keeping=False), decisions=decisions)
    if not trial.items:
        return Judged(done=steps.made(decisions), decisions=decisions, verified=None)
    world.workers.progress.phase("testing", 0)
    root = world.repository.root
    row = next((row for row in shelf.rows() if row.hash == plan.hash), None)
    with _kept(shelf, row) as keep:

        def found(key: str, why: Failing) -> None:
            keep([trial.decision(key, why)])

        verified = verify(
            world.repository,
            world.commit,
            trial.items,
            trial.whole,
            asked,
            sketch=trial.sketch if len(plan.steps) == 1 else None,
            inside=relative(str(where), root) if root else "",
            source_roots=options.source_roots,
            tell=(lambda text: None) if options.quiet else (lambda text: say(printable(text))),
            found=found,
        )
        keep(trial.decision(key, verified.excluded[key]) for key in verified.unjudged)
        keep.judged(late[key] for key in sorted(late.keys() & verified.kept))
    final = decisions.but(trial.decision(key, why) for key, why in verified.excluded.items())
    done = steps.made(final)
    if overall(done)[1] != trial.whole(verified.kept):
        raise RunFailed("what would be delivered is not what was verified; nothing was delivered")
    return Judged(done=done, decisions=final, verified=verified)


def _tried_again(decisions: Decisions, late: Mapping[str, Decision]) -> Decisions:
    """As it was decided before there was no time for some: what a person had accepted is accepted, as it was edited."""
    before = {key: d for key, d in decisions.by_key.items() if key not in late}
    return replace(decisions, by_key=before | {d.key: _accepted(d) for d in late.values() if d.who != VERIFY})


def _accepted(late: Decision) -> Decision:
    return replace(late, verdict=Verdict.ACCEPT, note="")


@contextlib.contextmanager
def _kept(shelf: Shelf, row: Row | None) -> Iterator[_Keep]:
    """Decisions go to the disk as they are found, where there can be any."""
    with contextlib.ExitStack() as stack:
        decider = None
        if row is not None:
            with contextlib.suppress(RunFailed):
                decider = stack.enter_context(shelf.deciding(row))
        yield _Keep(decider)


@dataclass(frozen=True)
class _Keep:
    decider: Decider | None

    def __call__(self, decisions: Iterable[Decision]) -> None:
        if self.decider is not None:
            self.decider.add(decisions)

    def judged(self, late: Iterable[Decision]) -> None:
        """Take back what was said of changes that there was no time for: they pass."""
        if self.decider is None:
            return
        for decision in late:
            if decision.who == VERIFY:
                self.decider.add_shared([(decision.key, decision.digest)], None, "")
            else:
                self.decider.add([_accepted(decision)])


@dataclass
class _Contents:
    """The contents that some of the accepted changes give."""

    steps: Steps
    decisions: Decisions
    _whole: dict[frozenset[str], Mapping[str, bytes | None]] = field(default_factory=dict)
    _sketched: dict[tuple[str, frozenset[str]], bytes | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        done = self.steps.made(self.decisions)
        applied = [change for one in done for change in one.composed.applied]
        self.changes: dict[str, Change] = {change.key: change for change in applied}
        self._planned = {change.key: change for one in done for change in one.step.changes}
        self.all: Mapping[str, bytes | None] = overall(done)[1]
        self._whole[frozenset(self.changes)] = self.all
        self._of: dict[str, frozenset[str]] = {}
        for path in self.all:
            self._of[path] = frozenset(k for k, change in self.changes.items() if path in change.places)

    def decision(self, key: str, why: Failing) -> Decision:
        """On the change as the plan has it, which the one that was tried may not be: a person may have edited that."""
        change = self._planned[key]
        before = self.decisions.of(change)
        return Decision(
            key=key,
            digest=change.digest,
            verdict=Verdict.FAILS if why.tests else Verdict.ASK,
            who=VERIFY if why.tests or before is None else before.who,
            note=why.reason,
            new=before.new if before else (),
        )

    @property
    def items(self) -> list[Item]:
        return [
            Item(key=key, paths=tuple(sorted(change.places)), label=_label(change))
            for key, change in self.changes.items()
        ]

    def whole(self, keys: frozenset[str]) -> Mapping[str, bytes | None]:
        """As they would be delivered."""
        if keys not in self._whole:
            self._whole = {k: v for k, v in self._whole.items() if len(k) == len(self.changes)}  # memory
            self._whole[keys] = self._made(keys)
        return self._whole[keys]

    def _made(self, keys: frozenset[str]) -> Mapping[str, bytes | None]:
        out = [c for key, c in self.changes.items() if key not in keys]
        rejected = (Decision(key=c.key, digest=c.digest, verdict=Verdict.REJECT) for c in out)
        return overall(self.steps.made(self.decisions.but(rejected)))[1]

    def sketch(self, keys: frozenset[str]) -> Mapping[str, bytes | None]:
        """The same of one step, for a question that is asked often: only files with some but not all of their changes
        are composed anew."""
        if not keys.isdisjoint(self._everywhere):
            return self.whole(keys)
        found: dict[str, bytes | None] = {}
        mixed: list[str] = []
        for path, touching in self._of.items():
            chosen = touching & keys
            if chosen == touching:
                found[path] = self.all[path]
            elif chosen and (path, chosen) in self._sketched:
                found[path] = self._sketched[path, chosen]
            elif chosen:
                mixed.append(path)
        if mixed:
            made = self._made(frozenset(key for path in mixed for key in self._of[path] & keys))
            for path in mixed:
                if path in made:
                    found[path] = self._sketched[path, self._of[path] & keys] = made[path]
        return found

    @property
    def _everywhere(self) -> frozenset[str]:
        """Changes that create, move or delete files: where those go, their parts alone do not say."""
        return frozenset(k for k, c in self.changes.items() if any(e.op != "replace" for e in c.edits))


def _label(change: Change) -> str:
    part = change.parts[0]
    return f"{quoted(part.path)}:{part.line}: {change.reason}"
