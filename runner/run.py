"""The flow on one screen: files → scan → find → settle → compose → format → check → deliver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.engine.registry import Spec
from codemods.engine.values import Change

from . import decide, progress, repeat, stale
from .cache import code_content
from .config import MAKING, SETTINGS, Options
from .decide import Decisions
from .errors import UsageError
from .files import CommitWorld, FileWorld, FolderWorld
from .git import NoRepository, Repository
from .outcome import Done, Report
from .plan import Plan, PlannedStep
from .plans import Row, Shelf
from .steps import Steps, digests, overall
from .workers import Pool

if TYPE_CHECKING:
    from .deliver import Commit, Delivered


def run(options: Options) -> Report:
    """Plan all steps, with what was decided on an earlier plan of this name, then deliver.

    Raises CodemodError for what cannot be done at all.
    """
    with opened(options) as world, ThreadPoolExecutor(1) as aside:
        world.named  # noqa: B018 - a path that is not there is told before any work
        unread = aside.submit(world.unread)  # git looks through the checkout while we look through the commit
        making = Making(options, world)
        decisions = making.earlier_decisions()
        plan, decisions, done = making.planned(decisions)
        report = making.report(done, plan, unread=unread.result())
        looks = options.dry_run or options.check
        if report.plan.changes or looks:
            making.keep(report.plan, decisions)
        if looks or not (report.after or options.verify):
            return report
        if options.verify:
            from . import judged

            verdict = judged.judge(
                making.steps, making.shelf, report.plan, decisions, judged.asked_by(options), options.where
            )
            done = verdict.done
            report = replace(making.report(done, report.plan, report.unread), verified=verdict.verified)
            if not report.after:
                return report
        world.pool.progress.phase("writing", 0)
        return deliver(report, world, done)


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
        return (row, decisions) if row and decisions.by_key else None

    def earlier_decisions(self) -> Decisions:
        """What was decided on the latest plan of this name, as it holds for what would be planned now."""
        if self._earlier is None:
            return decide.NONE
        row, decisions = self._earlier
        try:
            old = self.shelf.load(row).changes
        except UsageError as error:
            self.world.remarks.append(f"what was decided on plan {row.id} does not hold here: {error}")
            return decide.NONE
        # where a decision on a step alters what a later one finds, the next round sees it
        for _ in self.options.specs:
            found = [change for done in self.steps.made(decisions) for change in done.step.changes]
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
        if len(plan.steps) > 1:
            decisions = replace(decisions, planned=frozenset((c.key, c.digest) for c in plan.changes))
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

    def keep(self, plan: Plan, decisions: Decisions) -> None:
        """The plan is there for whoever reviews it."""
        files = {self._named(s): s.where for s in self.options.specs if s.where.endswith(".py")}
        if self._earlier and self._earlier[0].id == plan.id:  # what was decided meanwhile is newer than what we read
            read = self._earlier[1].by_key
            decisions = Decisions(by_key={k: d for k, d in decisions.by_key.items() if read.get(k) != d})
        self.shelf.save(plan, decisions, files, self.ref or self.options.base)

    def _named(self, spec: Spec) -> str:
        """A codemod as a plan names it: a local one by its path where that lies in the project."""
        return repeat.below(spec.where, self.world.describe_top()) if spec.where.endswith(".py") else spec.where

    def report(self, done: Sequence[Done], plan: Plan | None = None, unread: tuple[int, int] = (0, 0)) -> Report:
        """What was made and is not yet delivered."""
        world = self.world
        before, after = overall(done)
        return Report(
            options=self.options,
            plan=plan or self.plan(done),
            steps=tuple(done),
            before=before,
            after=after,
            modes=world.modes(after),
            top=str(world.describe_top()),
            base=world.base,
            unread=unread,
            remarks=tuple(dict.fromkeys([*world.remarks, *world.lost_roots()])),
        )


# ---- delivery ----------------------------------------------------------------------------------


def deliver(report: Report, world: FileWorld, done: Sequence[Done]) -> Report:
    """Write what was made: the files of the work tree, or commits on a branch."""
    if isinstance(world, FolderWorld):
        return write_files(report, world.top, world.state, done)
    assert isinstance(world, CommitWorld)
    from .deliver import Commit, deliver
    from .message import commit_message

    written = [one for one in done if one.composed.files]
    commits = [Commit(commit_message(world.repository, world.commit, report, o), o.composed.files) for o in written]
    steps = [
        (o.step.spec.codemod().name, c.message.partition("\n")[0]) for o, c in zip(written, commits, strict=True)
    ]
    branch = report.options.branch or f"codemod/{report.options.name}"
    result = deliver(
        world.repository,
        base=world.commit,
        branch=branch,
        commits=commits,
        force=report.options.force,
        ending=_list_for_blame(report, world, steps) if report.options.blame_ignore else None,
    )
    number = _recorded(report, world, result) if result.created else ""
    report = replace(report, branch=result.branch, commits=result.commits, created=result.created, undo=number)
    return replace(report, interrupted=result.interrupted)


def _list_for_blame(
    report: Report, world: CommitWorld, steps: Sequence[tuple[str, str]]
) -> Callable[[Sequence[str]], Commit]:
    """What makes one more commit: it lists the others for `git blame`."""
    from .blame import listing

    return lambda ids: listing(world.repository, world.commit, report.plan.hash, steps, ids)


def _recorded(report: Report, world: CommitWorld, result: Delivered) -> str:
    """Put a branch on record for `codemod undo`; "" where that cannot be."""
    from .undo.runs import BranchRun, keep

    made = BranchRun(
        plan=report.plan.hash,
        name=report.options.name,
        branch=result.branch,
        base=world.commit,
        commits=result.commits,
        replaced=result.replaced,
    )
    return keep(made, world.state)


def write_files(report: Report, top: Path, state: Path, done: Sequence[Done]) -> Report:
    """Write into the work tree; the caller holds `writing`."""
    from . import apply

    name = ", ".join(one.step.spec.codemod().name for one in done)
    links = [_paths(change) for one in done for change in one.composed.applied]
    applied = apply.replace_files(top, report.before, report.after, links=links, state=state, name=name)
    return replace(report, left=applied.left, undo=applied.run, interrupted=applied.interrupted)


def _paths(change: Change) -> set[str]:
    """The files that a change is about, before and after it."""
    edits = [edit for part in change.parts for edit in part.edits]
    return {part.path for part in change.parts} | {e.path for e in edits} | {e.new for e in edits if e.op == "move"}


# ---- worlds ------------------------------------------------------------------------------------


@contextmanager
def opened(options: Options) -> Iterator[FileWorld]:
    """The world that the options ask for, with its pool; the pool ends with it.

    Who is about to edit in place holds the work tree from the first look to the last write.
    """
    with ExitStack() as stack:
        pool = stack.enter_context(Pool(options.jobs, options.timeout, stack.enter_context(progress.bar(options))))
        world = _folder(options, pool) if options.in_place else _commit(options, pool)
        if options.in_place and not (options.dry_run or options.check):
            stack.enter_context(writing(world.describe_top(), world.state))
        yield world


@contextmanager
def writing(top: Path, state: Path) -> Iterator[None]:
    """Hold a work tree for whoever edits in place."""
    from .undo import files as undo_files

    with undo_files.at_work(state):
        undo_files.refuse_half_done(top, state)
        yield


def _commit(options: Options, pool: Pool) -> CommitWorld:
    repository = Repository.open(options.where)
    stale.sweep(repository.common_dir, repository.shared_dir / "tmp")
    commit = repository.resolve(options.base)
    if commit is None:
        other = ", or use --in-place" if repository.root else ""
        raise UsageError(f"there is no commit yet; commit first{other}")
    branch = options.branch or f"codemod/{options.name}"
    if not (options.dry_run or options.check):
        from .branches import check_branch_name

        check_branch_name(repository, branch)
    return CommitWorld(options, pool, repository, commit)


def _folder(options: Options, pool: Pool) -> FolderWorld:
    try:
        repository = Repository.open(options.where)
    except NoRepository:
        if options.diff_base:
            raise
        return FolderWorld(options, pool, None)
    return FolderWorld(options, pool, repository)
