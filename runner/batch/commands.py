"""`codemod batch`: the group of commands. What each does is in a module of its own, see `options.py` for what they share."""

from __future__ import annotations

from typing import Any

import click

from ..plan_commands import PLAN
from ..usage import HELP
from .options import OPTIONS, REPOSITORIES, BatchCommand, work_options


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


_JSON = click.Option(["--json", "as_json"], is_flag=True, help="One JSON document.")
_ONLY = click.Option(["-k", "--key", "keys"], multiple=True, metavar="ITEM", help="Only this item; may be repeated.")


def _flag(name: str, help: str) -> click.Option:
    return click.Option([f"--{name}", name.replace("-", "_")], is_flag=True, help=help)


@batch.command("plan", params=[PLAN, *OPTIONS, _JSON, *work_options()])
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


_RUN = [
    PLAN,
    *OPTIONS,
    *REPOSITORIES,
    _ONLY,
    click.Option(["-n", "--dry-run", "dry_run"], is_flag=True, help="Show what would be done; only look."),
    _flag("push-only", "Push branches; ask no forge, open nothing."),
    _flag("reopen", "Open again what people have closed."),
    _flag("overwrite", "Replace the commits of others on branches of the batch."),
    _flag("prune", "Close what has nothing left to change."),
    _JSON,
    *work_options(),
]


@batch.command("run", params=_RUN)
def run_command(plan: str, spec: str, **given: Any) -> int:
    """Plan again on the base as it is now, push branches, and bring pull requests to what is wanted.

    \b
    Run it again after any failure, when the base has moved, when more may be opened: it does
    what is left to do. What people have closed stays closed, a branch that they have pushed to
    is left alone, so is what has the label codemod:hold, and an item whose files are at the
    remote as they would be is not pushed: its approvals stay.

    \b
    Examples:
      codemod batch run -n                            what it would do
      codemod batch run fixture-rename                the latest plan of a codemod
      codemod batch run --canary 2 --max-open 10      two first, then ten at a time
      codemod batch run --push-only                   branches, without a forge
      codemod batch run --repositories repos.txt      in each of these, by mirrors
    """
    from .run_command import deliver

    return deliver(plan, spec, given, given)


@batch.command(
    "retry",
    params=[
        PLAN,
        *OPTIONS,
        *REPOSITORIES,
        _flag("failed", "Only what failed in the last run."),
        _ONLY,
        _JSON,
        *work_options(),
    ],
)
def retry_command(plan: str, spec: str, failed: bool, **given: Any) -> int:
    """Do again what failed in the last run, and nothing else.

    \b
    Examples:
      codemod batch retry --failed
      codemod batch retry fixture-rename --failed
      codemod batch retry --failed --repositories repos.txt
    """
    from .run_command import deliver

    only = {"only_failed": failed or not given["keys"]}
    return deliver(plan, spec, only, given)


@batch.command("prune", params=[PLAN, *OPTIONS, _JSON, *work_options()])
def prune_command(plan: str, spec: str, **given: Any) -> int:
    """Close the pull requests that have nothing left to change, and delete the branches of those that ended.

    \b
    Examples:
      codemod batch prune
    """
    from .run_command import deliver

    return deliver(plan, spec, {"sweep": True}, given)


@batch.command("status", params=[PLAN, *OPTIONS, *REPOSITORIES, _JSON, *work_options()])
def status_command(plan: str, spec: str, as_json: bool, **given: Any) -> int:
    """Show how far every item is: checks, reviews, who it waits for. What needs a person stands first.

    \b
    Examples:
      codemod batch status
      codemod batch status fixture-rename --json
      codemod batch status --repositories repos.txt
    """
    from .follow_command import status

    return status(plan, spec, as_json, given)


@batch.command(
    "merge",
    params=[
        PLAN,
        *OPTIONS,
        *REPOSITORIES,
        _ONLY,
        _flag("when-green", "Do not ask for an approval: checks are enough."),
        _flag("without-checks", "Do not ask for checks where there are none."),
        _JSON,
        *work_options(),
    ],
)
def merge_command(
    plan: str,
    spec: str,
    keys: tuple[str, ...],
    when_green: bool,
    without_checks: bool,
    as_json: bool,
    **given: Any,
) -> int:
    """Merge what is approved and whose checks pass, through the forge's queue where there is one.

    \b
    Examples:
      codemod batch merge
      codemod batch merge --when-green --merge-method rebase
      codemod batch merge -k tests-api
    """
    from .follow import Needs
    from .follow_command import merge

    needs = Needs(approval=not when_green, checks=not without_checks)
    return merge(plan, spec, keys, needs, as_json, given)


@batch.command(
    "close",
    params=[
        PLAN,
        *OPTIONS,
        *REPOSITORIES,
        _ONLY,
        click.Option(["--comment"], metavar="TEXT", default="", help="Say why, on each."),
        _flag("delete-branches", "Delete their branches at the remote too."),
        _JSON,
        *work_options(),
    ],
)
def close_command(
    plan: str, spec: str, keys: tuple[str, ...], comment: str, delete_branches: bool, as_json: bool, **given: Any
) -> int:
    """Close the pull requests of a batch that are open. They stay closed: see codemod batch run --reopen.

    \b
    Examples:
      codemod batch close --comment 'We go another way.'
      codemod batch close -k tests-api --delete-branches
    """
    from .follow_command import close

    return close(plan, spec, keys, comment, delete_branches, as_json, given)


@batch.command(
    "adopt",
    params=[
        click.Argument(["numbers"], nargs=-1, required=True, type=int, metavar="PR…"),
        click.Option(
            ["--plan"], default="", metavar="PLAN", help="The plan of the batch; that of the spec if not given."
        ),
        *OPTIONS,
        *work_options(),
    ],
)
def adopt_command(numbers: tuple[int, ...], plan: str, spec: str, **given: Any) -> int:
    """Let pull requests of others stand for their files: the batch opens none for these while they are open.

    \b
    Examples:
      codemod batch adopt 41 42
    """
    from .follow_command import adopt

    return adopt(plan, spec, numbers, given)
