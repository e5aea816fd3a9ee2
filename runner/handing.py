"""What was made is handed over: as commits on a branch, or into the files of the work tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .files import CommitWorld, FileWorld, FolderWorld
from .outcome import Done, Report
from .steps import stages

if TYPE_CHECKING:
    from .deliver import Commit, Delivered


def deliver(report: Report, world: FileWorld, done: Sequence[Done]) -> Report:
    """Write what was made: the files of the work tree, or commits on a branch."""
    if isinstance(world, FolderWorld):
        return write_files(report, world.top, world.state, done)
    assert isinstance(world, CommitWorld)
    from .deliver import Commit, deliver
    from .message import commit_message

    found = [(one, stages(one.composed)) for one in done]
    written = [(one, (n, len(each)), files) for one, each in found for n, files in enumerate(each, 1)]
    commits = [
        Commit(
            commit_message(world.repository, world.commit, report, one, number), files, origins=one.composed.origins
        )
        for one, number, files in written
    ]
    steps = [
        (one.step.spec.codemod().name, commit.message.partition("\n")[0])
        for (one, *_), commit in zip(written, commits, strict=True)
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
    return replace(
        report,
        branch=result.branch,
        commits=result.commits,
        created=result.created,
        undo=number,
        interrupted=result.interrupted,
    )


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
    links = [change.places for one in done for change in one.composed.applied]
    applied = apply.replace_files(
        top, report.before, report.after, links=links, origins=report.origins, state=state, name=name
    )
    return replace(report, left=applied.left, undo=applied.run, interrupted=applied.interrupted)


@contextmanager
def writing(top: Path, state: Path) -> Iterator[None]:
    """Hold a work tree for whoever edits in place."""
    from .undo import files as undo_files

    with undo_files.at_work(state):
        undo_files.refuse_half_done(top, state)
        yield
