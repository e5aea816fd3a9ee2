"""A plan before the project's own command: what passes is accepted, what breaks tests is decided so and left out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from codemods.engine.values import Change

from .config import Options
from .decide import Decision, Decisions, Verdict
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

WHO = "verify"


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
    late = {k for k, d in decisions.by_key.items() if (d.who, d.verdict) == (WHO, Verdict.ASK)}
    decisions = replace(decisions, by_key={k: d for k, d in decisions.by_key.items() if k not in late}).within(plan)
    trial = _Contents(steps=replace(steps, keeping=False), decisions=decisions)
    if not trial.items:
        return Judged(done=steps.made(decisions), decisions=decisions, verified=None)
    world.pool.progress.phase("testing", 0)
    root = world.repository.root
    row = next((row for row in shelf.rows() if row.hash == plan.hash), None)
    with _kept(shelf, row) as keep:

        def found(key: str, why: Failing) -> None:
            keep([_decision(trial.changes[key], why)])

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
        keep(_decision(trial.changes[key], verified.excluded[key]) for key in verified.unjudged)
        keep(_passing(trial.changes[key]) for key in sorted(late & verified.kept))
    final = decisions.but(_decision(trial.changes[key], why) for key, why in verified.excluded.items())
    done = steps.made(final)
    if overall(done)[1] != trial.whole(verified.kept):
        raise RunFailed("what would be delivered is not what was verified; nothing was delivered")
    return Judged(done=done, decisions=final, verified=verified)


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


def _decision(change: Change, why: Failing) -> Decision:
    verdict = Verdict.FAILS if why.tests else Verdict.ASK
    return Decision(key=change.key, digest=change.digest, verdict=verdict, who=WHO, note=why.reason)


def _passing(change: Change) -> Decision:
    """In the place of what was said before about a change that there was no time for."""
    return Decision(key=change.key, digest=change.digest, verdict=Verdict.ACCEPT, who=WHO, note="passes")


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
        self.all: Mapping[str, bytes | None] = overall(done)[1]
        self._whole[frozenset(self.changes)] = self.all
        self._of: dict[str, frozenset[str]] = {}
        for path in self.all:
            self._of[path] = frozenset(k for k, change in self.changes.items() if path in change.paths)

    @property
    def items(self) -> list[Item]:
        return [Item(key=key, paths=change.paths, label=_label(change)) for key, change in self.changes.items()]

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
