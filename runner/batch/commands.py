"""`codemod batch`: the group of commands. What each does is in a module of its own, see `options.py` for what they share."""

from __future__ import annotations

from typing import Any

import click

from ..plan_commands import PLAN
from ..usage import HELP
from .options import OPTIONS, BatchCommand, work_options


class BatchGroup(click.Group):
    """The commands of a batch."""

    command_class = BatchCommand


@click.group("batch", cls=BatchGroup, context_settings=HELP)
def batch() -> None:
    """Deliver a plan as many pull requests, and do what is left to do after any failure.

    \b
    A batch is a plan that is split into items: one branch and one pull request each. PLAN is
    an id, or the name of a codemod for its latest plan; without one, codemod.batch.toml at
    the top of the work tree says what to run:

    \b
      run = ["fixture-rename", "--old", "db", "--new", "database"]
      split = "owner"
      reviewers = ["owners"]
    """


@batch.command("plan", params=[PLAN, *OPTIONS, click.Option(["--json", "as_json"], is_flag=True, help="One JSON document."), *work_options()])  # fmt: skip
def plan_command(plan: str, spec: str, as_json: bool, **given: Any) -> int:
    """Show how a plan would be split into pull requests; nothing is written, and no forge is asked.

    \b
    Examples:
      codemod batch plan                              as codemod.batch.toml says
      codemod batch plan fixture-rename               the latest plan of a codemod
      codemod batch plan --split directory:2 --max-files 30
      codemod batch plan --json
    """
    from .plan_command import plan as show

    return show(plan, spec, as_json, given)
