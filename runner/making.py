"""What a run would make of a project: its plan, and the result for the decisions that hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from codemods.engine.registry import Spec

from . import decide, repeat
from .cache import code_content
from .config import MAKING, SETTINGS, Options
from .decide import Decisions, Verdict
from .errors import UsageError
from .files import FileWorld
from .outcome import Done, Report
from .plan import Plan, PlannedStep
from .plans import Row, Shelf
from .steps import Steps, digests, origins, overall, renames
from .terminal import quoted


@dataclass(frozen=True)
class Making:
    """What makes results of one run's steps, for these decisions or for others."""

    options: Options
    world: FileWorld
    decided: tuple[Row, Decisions] | None = None  # on the plan that this one follows; that of the latest if not given
    ref: str = ""  # what was typed for the base, where the options have the commit itself

    @cached_property
    def steps(self) -> Steps:
        return Steps(self.options, self.world)

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.world.state)

    @cached_property
    def _earlier(self) -> tuple[Row, Decisions] | None:
        if self.decided:
            return self.decided
        row = self.shelf.latest(self.options.name)
        decisions = self.shelf.decisions(row) if row else decide.NONE
        return (row, decisions) if row else None

    def earlier_decisions(self) -> Decisions:
        """What was decided on the latest plan of this name, as it holds for what would be planned now.

        A review of an earlier plan may have gone on while that was made: what it decided since holds too. Of two
        decisions on one change the later one holds.
        """
        if self._earlier is None:
            return decide.NONE
        row, decisions = self._earlier
        held = self._held(row, decisions)
        for other in () if self.decided else self.shelf.decided_since(row):
            since = self._held(other, self.shelf.decisions(other)).by_key
            known = {key: d.when for key, d in held.by_key.items() if d.verdict is not Verdict.ASK}
            held = held.but(d for key, d in since.items() if key not in known or d.when > known[key])
        return held

    def _held(self, row: Row, decisions: Decisions) -> Decisions:
        """What was decided on a plan, as it holds now."""
        if not decisions.by_key:
            return decide.NONE
        try:
            old = self.shelf.load(row).changes
        except UsageError as error:
            self.world.remarks.append(f"what was decided on plan {row.id} does not hold here: {error}")
            return decide.NONE
        # where a decision on a step alters what a later one finds, the next round sees it; one alone finds the same anyway
        alone = len(self.options.specs) == 1
        for _ in self.options.specs:
            made = self.steps.made(decide.NONE if alone else decisions)
            found = [change for done in made for change in done.step.changes]
            held = decide.carried(old, decisions, found)
            if held.identity == decisions.identity:
                break
            old, decisions = found, held
        return decisions

    def planned(self, decisions: Decisions) -> tuple[Plan, Decisions, tuple[Done, ...]]:
        """The plan, and the steps with what is accepted of it: it says what could be done, whatever is decided."""
        done = self.steps.made(decide.NONE)
        plan = self.plan(done)
        if not decisions.by_key:
            return plan, decisions, done
        decisions = decisions.within(plan)
        return plan, decisions, self.steps.made(decisions)

    def plan(self, done: Sequence[Done]) -> Plan:
        """The plan of what was made."""
        options, world = self.options, self.world
        steps = []
        for one, files in zip(done, digests(done, world), strict=True):
            codemod = one.step.spec.codemod()
            steps.append(
                PlannedStep(
                    codemod=codemod.name,
                    version=codemod.version,
                    spec=one.step.spec,
                    changes=one.step.changes,
                    skips=one.skips,
                    failures=one.step.failures,
                    code=code_content(one.step.spec.where),
                    files=files,
                    dropped=one.composed.dropped,
                    where=self._named(one.step.spec),
                )
            )
        values = {name: getattr(options, name) for name in MAKING}
        return Plan(
            base=world.base,
            steps=tuple(steps),
            name=options.name,
            command=options.asked.anywhere(world.describe_top(), world.named),
            paths=() if "" in world.named else world.named,  # the top is everything
            settings={name: value for name, value in values.items() if value != SETTINGS[name].default},
        )

    def _modes(self, after: Mapping[str, bytes | None], come: Mapping[str, str]) -> dict[str, str]:
        """The git modes of files that are not plain ones; a new file has that of the one that it comes from."""
        known = self.world.modes({*after, *come.values()})
        return {new: known[old] for new, old in come.items() if old in known} | known

    def keep(self, plan: Plan, decisions: Decisions) -> bool:
        """The plan is there for whoever reviews it. False where it cannot be kept."""
        files = {self._named(s): s.where for s in self.options.specs if s.where.endswith(".py")}
        if self._earlier and self._earlier[0].id == plan.id:  # what was decided meanwhile is newer than what we read
            read = self._earlier[1].by_key
            decisions = Decisions(by_key={k: d for k, d in decisions.by_key.items() if read.get(k) != d})
        return bool(self.shelf.save(plan, decisions, files, self.ref or self.options.base))

    def _named(self, spec: Spec) -> str:
        """A codemod as a plan names it: a local one by its path where that lies in the project."""
        return repeat.below(spec.where, self.world.describe_top()) if spec.where.endswith(".py") else spec.where

    def report(self, done: Sequence[Done], plan: Plan, unread: tuple[int, int] = (0, 0)) -> Report:
        """What was made and is not yet delivered."""
        world = self.world
        before, after = overall(done)
        come = {new: old for new, old in origins(done).items() if after.get(new) is not None}
        remarks = [*world.remarks, *world.lost_roots(), *_vanished(done, plan)]
        return Report(
            options=self.options,
            plan=plan,
            steps=tuple(done),
            before=before,
            after=after,
            modes=self._modes(after, come),
            origins=come,
            renames={new: old for new, old in renames(done).items() if after.get(new) is not None},
            top=str(world.describe_top()),
            base=world.base,
            unread=unread,
            remarks=tuple(dict.fromkeys(remarks)),
        )


def _vanished(done: Sequence[Done], plan: Plan) -> Iterator[str]:
    """What was accepted and is not found any more, since an earlier step changes less than was planned."""
    found = {change.key for one in done for change in one.step.changes}
    for change in plan.changes:
        decision = done[0].decisions.of(change) if change.key not in found else None
        if decision and decision.verdict is Verdict.ACCEPT:
            part = change.parts[0]
            place = f"{quoted(part.path)}:{part.line}"
            yield f"accepted, and not found now that an earlier step changes less: {place}: {change.reason}"
