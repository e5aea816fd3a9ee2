"""The commands that work on a plan that was kept: `plans`, `review`, `diff`, `apply`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .config import OWN, REVIEW, SETTINGS, of_environment, typed
from .errors import UsageError
from .terminal import colored, printable, say
from .usage import Verbose, offer, setting

if TYPE_CHECKING:
    from .outcome import Report

PLAN = click.Argument(
    ["plan"], required=False, default="", metavar="[PLAN]", shell_complete=offer("plans", lambda ctx: [])
)
SHOWN = ("output_format", "pull_request", "stat", "color", "quiet", "verbose")
WORK = ("jobs", "engine", "timeout", "cache")


def chosen(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that were typed or that the environment has, as the options hold them."""
    there = {n: value for n in OWN if n in given and (value := of_environment(n)) is not None}
    return there | {n: typed(n, v) for n, v in given.items() if n in SETTINGS and v is not None}


@click.command("plans", cls=Verbose)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def plans_command(as_json: bool) -> None:
    """List the plans that are kept here, newest first: id, base, codemods, changes, how many are decided.

    \b
    A plan is made by every `codemod run`, with --dry-run too. The commands that take a PLAN
    take an id, the name of a codemod or recipe for its latest, or nothing for the newest of all.

    \b
    Examples:
      codemod plans
      codemod review                         decide on the changes of the newest
      codemod diff fixture-rename            what its latest plan would change
      codemod apply 1a2b3c4d                 apply that one
    """
    from .place import Place
    from .plans import MAKE_ONE, Shelf
    from .report import listed_plans

    shelf = Shelf(Place.open(Path.cwd()).state)
    lines = list(listed_plans(shelf, as_json))
    for line in lines:
        click.echo(line if as_json else printable(line))
    if not lines:
        say(f"there is no plan here; {MAKE_ONE}")


@click.command(
    "review",
    cls=Verbose,
    params=[
        PLAN,
        click.Option(["--summary"], is_flag=True, help="Print the shapes with their counts, and decide nothing."),
        click.Option(
            ["--export"], is_flag=True,
            help="Print what was decided, a line of JSON each, as codemod apply --decisions takes it.",
        ),
        setting("color"),
    ],
)  # fmt: skip
def review_command(plan: str, summary: bool, export: bool, color: str | None) -> int:
    """Decide on the changes of a plan, one by one or all of a shape at once, the riskiest first.

    \b
    Keys, as in `git add -p`: y accept, n reject, a and d the same for all later ones of this
    shape (same reason, safety and form), e edit the new text, s show more or split the shape,
    j k go on and back, g go to a number or path, / search, u undo, q quit, ? help. Each is
    kept at once: a review goes on where it was left. Where stdin is no terminal, a key is a
    line, with what it takes: `g 5`, `/word`, `e=FILE` for a file with the new text.

    \b
    Examples:
      codemod review                         the newest plan
      codemod review fixture-rename          the latest of a codemod
      codemod review 1a2b3c4d --summary      which shapes there are
      codemod review --export > FILE         for codemod apply --decisions FILE
      printf 'y\\nn\\na\\n' | codemod review    by a script
    """
    if export:
        return _export(plan)
    from .review.session import review

    return review(Path.cwd(), plan, chosen({"color": color}).get("color", "auto"), summary)


def _export(plan: str) -> int:
    from .again import find
    from .decide import exported

    kept = find(Path.cwd(), plan)
    lines = list(exported(kept.plan, kept.shelf.decisions(kept.row)))
    for line in lines:
        click.echo(line)
    if not lines:
        say(printable(f"nothing is decided on plan {kept.row.id} of {kept.row.name}"))
    return 0


@click.command("diff", cls=Verbose, params=[PLAN, *map(setting, (*SHOWN, *WORK))])
def diff_command(plan: str, **given: Any) -> int:
    """Print what is accepted of a plan, as a diff: nothing is changed.

    \b
    Examples:
      codemod diff                           of the newest plan
      codemod diff fixture-rename --stat
      codemod diff 1a2b3c4d --output-format patch | git apply
    """
    from .again import find, made, reopened

    kept = find(Path.cwd(), plan)
    with reopened(kept, {**chosen(given), "dry_run": True}) as making:
        done = made(kept, making, kept.shelf.decisions(kept.row))
        report = making.report(done, kept.plan)
    return _show(report, kept.row.id)


@click.command(
    "apply",
    cls=Verbose,
    params=[
        PLAN,
        click.Option(
            ["--decisions"], metavar="FILE", type=click.Path(path_type=Path),
            help="Use the decisions of FILE too; where a change is in both, these win.",
        ),
        click.Option(["--replan"], is_flag=True, help="Plan again on the base as it is now, and keep the decisions."),
        *map(setting, ("branch", "force", "push", "pr", "blame_ignore", "in_place", *SHOWN, *WORK)),
    ],
)  # fmt: skip
def apply_command(plan: str, decisions: Path | None, replan: bool, **given: Any) -> int:
    """Apply exactly what is accepted of a plan: on a branch, or with --in-place to the files of the working tree.

    \b
    Accepted is what a review accepted, and of what nobody has decided on the safe changes
    (the unsafe ones too if the plan was made with --unsafe). Where the files of the plan have
    changed since, nothing is applied.

    \b
    FILE holds a line for each decision: {"key": …, "digest": …, "decision": "accept"}, or
    "reject". codemod review --export prints those that were made; codemod diff
    --output-format jsonl has key and digest of every change.

    \b
    Examples:
      codemod apply                          the newest plan, on the branch codemod/NAME
      codemod apply fixture-rename --branch rename-db
      codemod apply fixture-rename --pr      and open a pull request
      codemod apply 1a2b3c4d --replan        main has moved on: plan again, keep the decisions
    """
    from .apply_plan import apply_plan

    if given["output_format"] == REVIEW:
        raise UsageError(f"--output-format {REVIEW} suggests changes and makes none; use it with codemod diff")
    report = apply_plan(Path.cwd(), plan, decisions, replan, chosen(given))
    if given["push"] or given["pr"]:
        from .batch.single import published

        report = published(report)
    return _show(report, "")


def _show(report: Report, id: str) -> int:
    from dataclasses import replace

    show(replace(report, again=("apply", id) if id else ()))
    return report.exit_code


def show(report: Report) -> None:
    """Print the report in the format that was asked for, or put it on a pull request."""
    from . import report as reports

    if report.options.output_format != REVIEW:
        reports.show(report)
    elif report.after:
        from .suggest import suggest

        lines = list(suggest(report))
        color = colored(report.options.color, sys.stderr)
        say(*reports.failures(report, color), *([] if report.options.quiet else lines))
    else:
        say(*reports.talk(report, colored(report.options.color, sys.stderr)))


COMMANDS: tuple[click.Command, ...] = (plans_command, review_command, diff_command, apply_command)
