"""The flow on one screen: files → scan → find → settle → compose → format → check → deliver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.engine.check import compose_checked
from codemods.engine.propose import propose
from codemods.engine.values import Change, Safety

from . import kept, plan, progress
from .comments import IgnoreComments
from .config import Options
from .errors import UsageError
from .files import CommitWorld, FileWorld, FolderWorld
from .git import NoRepository, Repository
from .outcome import Done, Report
from .plan import Plan, PlannedStep
from .workers import Pool

if TYPE_CHECKING:
    from .deliver import Delivered


def run(options: Options) -> Report:
    """Plan all steps, then deliver. Raises CodemodError for what cannot be done at all."""
    with _open_world(options) as world, ThreadPoolExecutor(1) as aside:
        world.named  # noqa: B018 - a path that is not there is told before any work
        unread = aside.submit(world.unread)  # git looks through the checkout while we look through the commit
        done = list(_steps(options, world))
        made = _plan(options, world, done)
        before, after = _overall(done)
        report = Report(
            options=options,
            plan=made,
            steps=tuple(done),
            before=before,
            after=after,
            modes=world.modes(after),
            top=str(world.describe_top()),
            base=world.base,
            unread=unread.result(),
            remarks=tuple(dict.fromkeys([*world.remarks, *world.lost_roots()])),
        )
        looks = options.dry_run or options.check
        if after or looks:
            plan.save(made, world.state, options.name)
        if looks or not after:
            return report
        world.pool.progress.phase("writing", 0)
        return _deliver(report, world, done)


def _steps(options: Options, world: FileWorld) -> Iterator[Done]:
    """Each step sees the composed, formatted output of the one before."""
    comments = IgnoreComments(options.specs)
    for number, spec in enumerate(options.specs, 1):
        world.pool.progress.step(spec.codemod().name, number, len(options.specs))
        done = kept.recall(spec, world, options)
        if done is None:
            step = propose(spec, world)
            done = Done(step, compose_checked(step, accepted(step.changes, options), world))
            kept.keep(done, world, options)
        yield comments.judged(done, world)
        world = world.overlay(done.composed.files)


def accepted(changes: Iterable[Change], options: Options) -> list[Change]:
    """The changes that are applied unattended: safe ones, unsafe ones with --unsafe, never suggestions."""
    allowed = {Safety.SAFE, Safety.UNSAFE} if options.unsafe else {Safety.SAFE}
    return [c for c in changes if c.safety in allowed]


def _overall(done: Sequence[Done]) -> tuple[dict[str, bytes], dict[str, bytes | None]]:
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


def _plan(options: Options, world: FileWorld, done: Sequence[Done]) -> Plan:
    steps = []
    decisions: dict[str, str] = {}
    for one in done:
        codemod = one.step.spec.codemod()
        steps.append(
            PlannedStep(
                codemod=codemod.name,
                version=codemod.version,
                spec=one.step.spec,
                changes=one.step.changes,
                skips=one.skips,
                failures=one.step.failures,
            )
        )
        decisions |= {c.key: "accept" for c in one.composed.applied}
        decisions |= {key: f"fails: {why}" for key, why in one.composed.dropped.items()}
    command = options.asked.anywhere(world.describe_top(), world.named)
    return Plan(base=world.base, steps=tuple(steps), decisions=decisions, command=command)


def _deliver(report: Report, world: FileWorld, done: Sequence[Done]) -> Report:
    if isinstance(world, FolderWorld):
        from . import apply

        name = ", ".join(one.step.spec.codemod().name for one in done)
        links = [_paths(change) for one in done for change in one.composed.applied]
        state = world.state
        applied = apply.replace_files(world.top, report.before, report.after, links=links, state=state, name=name)
        return replace(report, left=applied.left, undo=applied.run, interrupted=applied.interrupted)
    assert isinstance(world, CommitWorld)
    from .deliver import Commit, deliver
    from .message import commit_message

    commits = [
        Commit(commit_message(world.repository, world.commit, report, one), one.composed.files)
        for one in done
        if one.composed.files
    ]
    branch = report.options.branch or f"codemod/{report.options.name}"
    result = deliver(
        world.repository,
        base=world.commit,
        branch=branch,
        commits=commits,
        force=report.options.force,
    )
    number = _recorded(report, world, result) if result.created else ""
    report = replace(report, branch=result.branch, commits=result.commits, created=result.created, undo=number)
    return replace(report, interrupted=result.interrupted)


def _recorded(report: Report, world: CommitWorld, result: Delivered) -> str:
    """Put a branch on record for `codemod undo`; "" where that cannot be."""
    from .branch_runs import BranchRun, keep

    made = BranchRun(
        plan=report.plan.hash,
        name=report.options.name,
        branch=result.branch,
        base=world.commit,
        commits=result.commits,
        replaced=result.replaced,
    )
    return keep(made, world.state)


def _paths(change: Change) -> set[str]:
    """The files that a change is about, before and after it."""
    edits = [edit for part in change.parts for edit in part.edits]
    return {part.path for part in change.parts} | {e.path for e in edits} | {e.new for e in edits if e.op == "move"}


@contextmanager
def _open_world(options: Options) -> Iterator[FileWorld]:
    """The world that the options ask for, with its pool; the pool ends with it.

    Who is about to edit in place holds the work tree from the first look to the last write.
    """
    with ExitStack() as stack:
        pool = stack.enter_context(Pool(options.jobs, options.timeout, stack.enter_context(progress.bar(options))))
        world = _folder(options, pool) if options.in_place else _commit(options, pool)
        if options.in_place and not (options.dry_run or options.check):
            from . import undo_files

            stack.enter_context(undo_files.at_work(world.state))
            undo_files.refuse_half_done(world.describe_top(), world.state)
        yield world


def _commit(options: Options, pool: Pool) -> CommitWorld:
    repository = Repository.open(options.where)
    commit = repository.resolve(options.base)
    if commit is None:
        other = ", or use --in-place" if repository.root else ""
        raise UsageError(f"there is no commit yet; commit first{other}")
    branch = options.branch or f"codemod/{options.name}"
    if not (options.dry_run or options.check):
        from .deliver import check_branch_name

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
