"""`codemod batch run`: fetch, plan again, see what there is, and do exactly what is left to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any, cast

from ..again import Kept
from ..deliver import Commit
from ..errors import UsageError
from ..forges.values import Forge, ForgeFailed, Method, PullRequest, Status, Wanted
from ..outcome import Report
from ..signals import noted
from ..terminal import quoted
from . import reconcile
from .content import commits
from .deliver import Delivery, Result
from .items import split
from .owners import Owners
from .place import Place
from .planning import Planned, Wish, base_branch, name_of, planned
from .reconcile import Limits, Step, Todo
from .seen import Seen, held, listing, look
from .settings import BatchSettings
from .state import FAILED, Row, State, working
from .text import wanted
from .values import Item


@dataclass(frozen=True)
class RunOptions:
    """What a person wants of a run of a batch."""

    settings: BatchSettings
    templates: Mapping[str, str] = field(default_factory=dict)  # of titles and texts, by setting
    given: Mapping[str, Any] = field(default_factory=dict)  # settings of the run that makes the plan
    dry_run: bool = False
    reopen: bool = False
    overwrite: bool = False
    prune: bool = False  # close what has nothing left to change
    sweep: bool = False  # that alone, and delete the branches of what has ended
    only_failed: bool = False
    keys: Collection[str] = ()


@dataclass(frozen=True)
class BatchReport:
    """What became of a batch. The exit code follows from it."""

    name: str
    plan: str
    base: str
    results: tuple[Result, ...]
    planned: Report
    remarks: tuple[str, ...] = ()
    swept: tuple[str, ...] = ()  # branches that were deleted, here or at the remote

    @property
    def failed(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.failed)

    @property
    def exit_code(self) -> int:
        return 3 if self.failed else self.planned.exit_code


Told = Callable[[int, int, Result], None]  # how many are done, of how many, and the last one


def run(
    made_of: Kept | Wish, place: Place, asked: RunOptions, told: Told = lambda done, of, result: None
) -> BatchReport:
    """Bring the pull requests of a plan to what is wanted. Raises CodemodError for what cannot be done at all."""
    name = asked.settings.name or name_of(made_of)
    _refuse_in_the_way(place, name)
    branch = base_branch(made_of, place.remote, asked.settings.base)
    with ExitStack() as stack:
        state = stack.enter_context(working(place.remote.repository.shared_dir, name))
        pulls = listed(place.forge, name, state)
        plan = stack.enter_context(planned(made_of, place.remote, branch, f"codemod/{name}", asked.given))
        return _Run(place, asked, name, plan, pulls, state, told).done()


def _refuse_in_the_way(place: Place, name: str) -> None:
    """Git holds no branch below another one: that of `codemod run`, say."""
    branch = f"codemod/{name}"
    if place.remote.repository.run("rev-parse", "-q", "--verify", f"refs/heads/{branch}").code == 0:
        advice = f"give the batch another name with --name, or rename that: git branch -m {branch} {branch}-all"
        raise UsageError(f"branch {branch} is in the way of the batch's own, {branch}/…; {advice}")


def listed(forge: Forge | None, name: str, state: State) -> list[PullRequest]:
    """The pull requests of a batch. Older ones than its first need not be looked through, once that is known."""
    found = listing(forge, name, state.begun())
    if forge and not state.begun():
        state.begin(min([pull.created for pull in found], default=time.time()))
    return found


@dataclass(frozen=True)
class _Run:
    """One run, from the plan to the pull requests."""

    place: Place
    asked: RunOptions
    name: str
    planned: Planned
    pulls: Sequence[PullRequest]
    state: State
    told: Told

    def done(self) -> BatchReport:
        planned, settings = self.planned, self.asked.settings
        seen = look(self.place.remote, self.place.forge, self.name, planned.base, self.pulls, planned.base_branch)
        items = self._items(seen)
        contents = {item.key: commits(item, planned.report, planned.repository, self.name) for item in items}
        delivery = Delivery(
            repository=planned.repository,
            remote=self.place.remote,
            forge=self.place.forge,
            batch=self.name,
            base=planned.base,
            auto_merge=cast("Method", settings.merge_method) if settings.auto_merge else None,
        )
        wanted = {item.key: delivery.wanted(item, contents[item.key]) for item in items}
        steps = reconcile.steps(items, seen, wanted, reopen=self.asked.reopen, overwrite=self.asked.overwrite)
        steps = self._chosen(self._admitted(steps, seen))
        swept: list[str] = []
        if self.asked.dry_run:
            results = [Result(step=step, pull=step.seen.pull if step.seen else None, done=False) for step in steps]
        else:
            results = self._delivered(delivery, steps, contents)
            if not (self.asked.keys or self.asked.only_failed or self.asked.sweep):
                self.state.keep({*seen, *(step.key for step in steps)})
            swept = delivery.swept(seen.values()) if self.asked.sweep else []
        return BatchReport(
            name=self.name,
            plan=planned.report.plan.id,
            base=planned.base,
            results=tuple(results),
            planned=planned.report,
            swept=tuple(swept),
            remarks=planned.remarks,
        )

    def _items(self, seen: Mapping[str, Seen]) -> tuple[Item, ...]:
        planned = self.planned
        owners = Owners.at(planned.repository, planned.base, self.place.kind)
        fixed = [one.key for one in seen.values() if one.is_fixed and not self.asked.overwrite]
        return split(planned.report, self.asked.settings, owners, held(seen.values()), fixed)

    def _admitted(self, steps: Sequence[Step], seen: Mapping[str, Seen]) -> list[Step]:
        """Those that may be opened now; the forge is asked about checks only where something is to be opened."""
        settings, forge = self.asked.settings, self.place.forge
        statuses: dict[str, Status] = {}
        if forge and any(step.todo is Todo.OPEN for step in steps):
            statuses = {key: forge.status(one.pull) for key, one in seen.items() if one.is_open and one.pull}
        limits = Limits(
            canary=settings.canary,
            open=settings.max_open,
            open_by_owner=settings.max_open_per_owner,
            open_by_directory=settings.max_open_per_directory,
            per_hour=settings.per_hour,
        )
        return reconcile.admitted(steps, seen.values(), limits, statuses, time.time())

    def _chosen(self, steps: Sequence[Step]) -> list[Step]:
        """The steps that were asked for: all, those of the keys that were named, those that failed last time."""
        if self.asked.sweep:
            return [step for step in steps if step.todo is Todo.GONE]
        keys = set(self.asked.keys)
        if self.asked.only_failed:
            keys = {key for key, row in self.state.rows().items() if row.state == FAILED}
        elif not keys:
            return list(steps)
        elif unknown := sorted(keys - {step.key for step in steps}):
            raise UsageError(f"there is no item {quoted(unknown[0])} to work on; see: codemod batch run -n")
        return [step for step in steps if step.key in keys]

    def _delivered(
        self, delivery: Delivery, steps: Sequence[Step], contents: Mapping[str, Sequence[Commit]]
    ) -> list[Result]:
        results = []
        written = delivery.write(steps, contents)
        noted("what is pushed and opened stays; the next codemod batch run does the rest")
        for result in delivery.bring(written, self._text):
            result = self._pruned(delivery, result)
            results.append(result)
            self.state.put([_row(result)])
            self.told(len(results), len(written), result)
        return results

    def _pruned(self, delivery: Delivery, result: Result) -> Result:
        """With --prune, what is not wanted any more is closed."""
        forge, pull = self.place.forge, result.pull
        if (
            not (self.asked.prune or self.asked.sweep)
            or result.step.todo is not Todo.GONE
            or forge is None
            or pull is None
        ):
            return result
        try:
            forge.comment(pull.number, "None of its changes is left to make: closed by `codemod batch`.")
            forge.close(pull.number)
        except ForgeFailed as error:
            return replace(result, failed=str(error))
        return replace(result, closed=True)

    def _text(self, item: Item) -> Wanted:
        planned = self.planned
        return wanted(
            item,
            planned.report,
            planned.repository,
            batch=self.name,
            base=planned.base_branch,
            settings=self.asked.settings,
            templates=self.asked.templates,
        )


def _row(result: Result) -> Row:
    pull = result.pull
    return Row(
        key=result.step.key,
        state=FAILED if result.failed else result.state,
        number=pull.number if pull else 0,
        url=pull.url if pull else "",
        why=result.failed or result.step.why,
    )
