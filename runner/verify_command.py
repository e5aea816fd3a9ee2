"""`codemod verify`: a plan that was kept, or the branch that was made of it, before the project's own command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .errors import UsageError
from .plan_commands import chosen
from .terminal import printable, quoted, say
from .usage import BeforeDashes, behind_dashes, offer, setting

if TYPE_CHECKING:
    from .again import Kept
    from .outcome import Report

_OPTIONS = ("verify_setup", "verify_copy", "verify_timeout", "verify_budget", "all_or_nothing")
_SHOWN = ("output_format", "color", "quiet", "verbose", "jobs", "engine", "timeout", "cache")


@click.command(
    "verify",
    cls=BeforeDashes,
    params=[
        click.Argument(
            ["plan"],
            required=False,
            default="",
            metavar="[PLAN|BRANCH]",
            shell_complete=offer("plans", lambda ctx: []),
        ),
        *map(setting, (*_OPTIONS, *_SHOWN)),
    ],
)
@click.pass_context
def verify_command(ctx: click.Context, /, plan: str, **given: Any) -> int:
    """Run the project's tests on the result of a plan, and decide what must be left out of it.

    \b
    COMMAND runs in a worktree of its own, first without the changes. What fails then does not
    count. Where something else fails, the changes that do it are found, and what was found is kept
    with the plan, as if a review had left them out. Nothing is delivered: codemod apply does that.

    \b
    Examples:
      codemod verify -- pytest -q                     the newest plan
      codemod verify fixture-rename -- make test      the latest one of a codemod
      codemod verify codemod/fixture-rename -- pytest     the branch
    """
    command = behind_dashes(ctx)
    if not command:
        raise UsageError(f"which command? codemod verify {plan or '[PLAN]'} -- pytest -q")
    report, kept = _verified(Path.cwd(), plan, command, chosen(given))
    _show(report, kept, plan if plan != kept.row.name and plan != kept.row.id else "")
    return report.exit_code


def _verified(where: Path, asked: str, command: tuple[str, ...], given: Mapping[str, Any]) -> tuple[Report, Kept]:
    from dataclasses import replace

    from . import judged
    from .again import made, reopened

    kept, branch = _find(where, asked)
    if not kept.plan.base:
        raise UsageError(
            f"plan {kept.row.id} is of the working tree (--in-place), and a worktree is made of a commit"
        )
    with reopened(kept, {**given, "dry_run": True}) as making:
        decisions = kept.shelf.decisions(kept.row)
        done = made(kept, making, decisions)
        listed = bool(branch) and _lists(kept, making.report(done, kept.plan), branch)
        how = judged.asked_by(making.options, command)
        verdict = judged.judge(making.steps, making.shelf, kept.plan, decisions, how, where)
        report = making.report(verdict.done, kept.plan)
    report = replace(report, options=replace(report.options, blame_ignore=listed))
    return replace(report, verified=verdict.verified, again=("apply", kept.row.id)), kept


def _find(where: Path, asked: str) -> tuple[Kept, str]:
    """The plan that is meant, and the branch where it was named by that."""
    from .again import find
    from .place import Place
    from .undo import runs as branch_runs

    try:
        return find(where, asked), ""
    except UsageError:
        here = Place.open(where)
        name = asked.removeprefix("refs/heads/")
        if not asked or here.repository is None or branch_runs.position(here.repository, name) is None:
            raise
    run = branch_runs.named(here.repository, branch_runs.on_record(here.state), name)
    if run is None:
        raise UsageError(f"{quoted(name)} is no branch that codemod made")
    try:
        return find(where, run.plan), name
    except UsageError:
        raise UsageError(f"the plan of branch {quoted(name)} is not kept here; run the codemod again") from None


def _lists(kept: Kept, report: Report, branch: str) -> bool:
    """Whether the branch lists its commits for git blame, too.

    Beside that it must hold what would be judged: this plan with these decisions, and nothing else. Raises UsageError.
    """
    from .undo.records import BLAME_LIST

    repository = kept.repository
    assert repository is not None
    tip = repository.resolve(f"refs/heads/{branch}") or ""
    tree, base = repository.tree(tip), repository.tree(kept.plan.base)
    changed = {path for path in tree.keys() | base.keys() if tree.get(path) != base.get(path)}
    contents = repository.read(tree[path].oid for path in changed if path in tree)
    there = {path: contents[tree[path].oid] if path in tree else None for path in changed}
    if {path: there[path] for path in there.keys() - {BLAME_LIST}} != dict(report.after):
        advice = f"to judge the plan: codemod verify {kept.row.id} -- COMMAND"
        raise UsageError(
            f"branch {quoted(branch)} holds something else than its plan with what is decided by now; {advice}"
        )
    return BLAME_LIST in there


def _show(report: Report, kept: Kept, branch: str) -> None:
    from . import report as reports

    if report.options.output_format in ("json", "jsonl"):
        print(json.dumps(reports.document(report), indent=2 if report.options.output_format == "json" else None))
        return
    if report.options.quiet:
        return
    say(*reports.verdict(report))
    if report.verified is None:
        say(printable(f"nothing to verify: no change is accepted; decide again with: codemod review {kept.row.id}"))
    again = f"codemod apply {kept.row.id}" + (f" --branch {branch} --force" if branch else "")
    again += " --blame-ignore" if report.options.blame_ignore else ""
    if report.verified and (report.verified.excluded or not branch) and report.after:
        say(printable(f"{'renew it' if branch else 'apply it'} with: {again}"))
