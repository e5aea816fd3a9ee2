"""`codemod apply`: a plan that was kept, and exactly what is accepted of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import plans
from .again import Kept, find, made, options_of, refuse_moved, reopened, told_files
from .decide import Decisions, Verdict
from .disk import content
from .errors import UsageError
from .git import Repository
from .handing import deliver, write_files, writing
from .making import Making
from .message import plural
from .opening import opened
from .outcome import Report
from .terminal import quoted

_PLACES = ("branch", "force", "push", "pr", "blame_ignore")


def apply_plan(where: Path, asked: str, decisions: Path | None, replan: bool, given: Mapping[str, Any]) -> Report:
    """Apply a plan. Raises UsageError where it is not what could be applied now, RunFailed where writing fails."""
    kept = find(where, asked)
    in_place = bool(given.get("in_place"))
    if in_place and any(given.get(name) for name in _PLACES):
        raise UsageError(
            "--in-place edits the working tree; --branch, --force, --push, --pr and --blame-ignore are for branches"
        )
    if not kept.plan.base and any(given.get(name) for name in _PLACES):
        raise UsageError(
            f"plan {kept.row.id} is of the working tree (--in-place), not of a commit; it makes no branch"
        )
    decided = kept.shelf.decisions(kept.row)
    if decisions:
        decided = decided.but(_of_this(kept, plans.read_file(decisions), decisions).by_key.values())
    if replan:
        return _replanned(kept, decided, given)
    # a plan of a commit is made of that, wherever it goes
    with reopened(kept, {n: v for n, v in given.items() if n != "in_place" or not kept.plan.base}) as making:
        said = refuse_moved(kept, making.world)
        if decisions:
            making.keep(kept.plan, decided)
        report = _made(kept, making, decided)
        report = replace(report, remarks=(*report.remarks, *filter(None, [said])))
        return _delivered(kept, report, making, in_place)


def _made(kept: Kept, making: Making, decided: Decisions) -> Report:
    return making.report(made(kept, making, decided), kept.plan)


def _delivered(kept: Kept, report: Report, making: Making, in_place: bool) -> Report:
    if not report.after:
        return report
    making.world.workers.progress.phase("writing", 0)
    if not (kept.plan.base and in_place):
        return deliver(report, making.world, report.steps)
    report = replace(report, options=replace(report.options, in_place=True))
    assert kept.repository is not None
    top = kept.repository.work_tree(kept.top)
    with writing(top, kept.shelf.state):
        _refuse_changed(kept.repository, top, report)
        return write_files(report, top, kept.shelf.state, report.steps)


def _refuse_changed(repository: Repository, top: Path, report: Report) -> None:
    """Every file must be as the commit has it. Raises UsageError, where it is not by a checkout that converts too."""
    moved = [path for path in report.after if _now(top, path) != report.before.get(path)]
    if not moved:
        return
    if changed := repository.dirty().intersection(moved):
        told = [path for path in moved if path in changed]
        raise UsageError(
            f"{told_files(told)} changed in the working tree; commit or stash that, or apply it on a branch"
        )
    if missing := [path for path in moved if not os.path.lexists(top / path)]:
        raise UsageError(
            f"{told_files(missing)} not been checked out (see git sparse-checkout); apply it on a branch"
        )
    why = "been converted by git (core.autocrlf, or a filter of .gitattributes)"
    raise UsageError(f"{told_files(moved)} {why}; apply it on a branch, or make a plan with --in-place")


def _now(top: Path, path: str) -> bytes | None:
    try:
        return content(top / path)
    except OSError:
        return None


def _replanned(kept: Kept, decided: Decisions, given: Mapping[str, Any]) -> Report:
    """Plan again on what is there now. What was accepted and is another change by now is asked again first."""
    with opened(options_of(kept, given)) as world:
        making = Making(world.options, world, (kept.row, decided))
        held = making.earlier_decisions()
        plan, held, done = making.planned(held)
        report = making.report(done, plan)
        making.keep(report.plan, held)
        asked = [d for d in held.by_key.values() if d.verdict is Verdict.ASK]
        if asked:
            what = f"{plural(len(asked), 'change')} that you had accepted would be made otherwise now"
            raise UsageError(f"{what}; decide again: codemod review {report.plan.id}")
        return deliver(report, world, report.steps) if report.after else report


def _of_this(kept: Kept, decisions: Decisions, file: Path) -> Decisions:
    """Decisions from a file, where they are on this plan. Raises UsageError for one that is on another."""
    changes = {change.key: change for change in kept.plan.changes}
    for decision in decisions.by_key.values():
        change = changes.get(decision.key)
        if change is None or change.digest != decision.digest:
            raise UsageError(
                f"{quoted(str(file))}: decides on change {decision.key}, which plan {kept.row.id} does not have"
            )
        if decision.new and len(decision.new) != len(change.edits):
            counts = f"{plural(len(decision.new), 'new text')}, and it has {plural(len(change.edits), 'edit')}"
            raise UsageError(f"{quoted(str(file))}: gives change {decision.key} {counts}")
    return decisions
