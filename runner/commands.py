"""The commands, built with click. Each turns its arguments into one call and that into an exit code."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codemods.engine import registry
from codemods.engine.codemod import OptionError
from codemods.engine.nearest import did_you_mean, nearest
from codemods.engine.registry import UnknownCodemod

from . import __version__
from .batch.commands import batch
from .errors import CodemodError, UsageError, exit_codes
from .kb.command import kb
from .observe_command import observe_command
from .plan_commands import COMMANDS
from .split.command import split
from .terminal import printable, printable_lines, say
from .usage import HELP, RUN_OPTIONS, WHY_OPTIONS, RunCommand, Verbose, known, offer
from .verify_command import verify_command

if TYPE_CHECKING:  # git and TOML are for whoever runs something, not for --help
    from .settings import Settings

EPILOG = f"""\b
Examples:
  codemod run fixture-rename --dry-run              show the diff, change nothing
  codemod run fixture-rename --old db --new database tests/
  codemod run fixture-rename --check                exit 1 when changes are pending (CI)
  codemod explain fixture-rename                    what it does, what it leaves alone

\b
{textwrap.fill(exit_codes(), 88)}"""


def dispatch(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code. Raises CodemodError for whatever was asked in vain."""
    if "_CODEMOD_COMPLETE" in os.environ:
        return _complete()
    try:
        # not cli.main: it takes every broken pipe for that of stdout, and an EOFError for Ctrl-C
        with cli.make_context("codemod", list(arguments)) as context:
            result = cli.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.NoSuchOption as error:
        raise UsageError(_no_option(error)) from None
    except click.ClickException as error:
        told = error.ctx if isinstance(error, click.UsageError) else None
        # an option without its value tells no context
        named = [word for word in arguments[:1] if word in cli.commands]
        where = told.command_path if told else " ".join(["codemod", *named])
        raise UsageError(f"{error.format_message().rstrip('.')}; see: {where} --help") from None
    except (OptionError, UnknownCodemod) as error:
        raise UsageError(str(error)) from error
    return result if isinstance(result, int) else 0


def _no_option(error: click.NoSuchOption) -> str:
    name, where = error.option_name, error.ctx.command_path if error.ctx else "codemod"
    if name == "--diff" and where == "codemod run":  # so it is called in black and ruff
        return "there is no option '--diff'; --dry-run shows the diff and changes nothing"
    near = did_you_mean(name, error.possibilities or (), shown=repr, most=2, what="")
    return f"there is no option {name!r}{near}{' See' if near else '; see'}: {where} --help"


def _complete() -> int:
    """Answer a shell that asks for completions."""
    try:
        cli.main(prog_name="codemod")
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


class _Group(click.Group):
    """Names the nearest command for one that does not exist, and describes each in whole sentences."""

    command_class = Verbose

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            raise UsageError(f"there is no command {args[0]!r}{self._hint(ctx, args)}")
        return super().resolve_command(ctx, args)

    def _hint(self, ctx: click.Context, args: list[str]) -> str:
        import shlex

        word = args[0]
        names = [*registry.names(), *_settings().recipes]
        if word in names or word.endswith(".py"):
            return f"; did you mean: {shlex.join(['codemod', 'run', *args])}?"
        near = nearest(word, [*self.list_commands(ctx), *names])
        if not near:
            return "; see codemod --help"
        again = [*(["run"] if near[0] in names else []), near[0], *args[1:]]
        return f"; did you mean: {shlex.join(['codemod', *again])}?"

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        told = [(name, (command.help or "").partition("\n\n")[0]) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl([(name, " ".join(text.split())) for name, text in sorted(told)])


@click.group(cls=_Group, epilog=EPILOG, context_settings=HELP)
@click.version_option(__version__, "-V", "--version", prog_name="codemod", message="%(prog)s %(version)s")
def cli() -> None:
    """Find what must change in a Python project, change only that, and hand it over as a branch."""


# ---- run ---------------------------------------------------------------------------------------


@cli.command("run", cls=RunCommand, params=RUN_OPTIONS, epilog=EPILOG.partition("\n\n")[0])
@click.pass_context
def run_command(ctx: click.Context, /, **given: Any) -> int:
    """Plan, apply, and commit on the branch codemod/NAME; the checkout stays as it is.

    \b
    NAME is a codemod, several joined by commas, a recipe of the configuration,
    or a file with a codemod of your own. Its options stand beside these:
    see codemod run NAME --help.
    """
    from . import run
    from .plan_commands import show
    from .request import asked_of, located, make_options, make_steps

    where, configuration = Path.cwd(), known(ctx)
    asked = asked_of(given)
    if given["show_settings"]:
        from .shown import shown

        click.echo(shown(asked, where, configuration), nl=False)
        return 0
    options = make_options(asked, where, configuration)
    try:
        result = run.run(options)
    except OptionError as error:  # of a file that the option names, say
        raise located(error, make_steps(asked, where, configuration.all)) from None
    if options.push or options.pr:
        from .batch.single import published

        result = published(result)
    show(result)
    return result.exit_code


@cli.command("why", cls=RunCommand, params=WHY_OPTIONS)
@click.pass_context
def why_command(ctx: click.Context, /, **given: Any) -> None:
    """Say what a codemod would do at PATH:LINE and why, or why it leaves that alone.

    \b
    With --verbose also all that it went by. The codemod's own options stand beside these:
    see codemod why NAME --help.

    \b
    Examples:
      codemod why fixture-rename tests/test_orders.py:12
      codemod why async-mock --unsafe tests/test_client.py:40 -v
    """
    from .answer import text, to_json
    from .request import asked_of, make_options
    from .why import why

    if len(given["paths"]) != 1:
        raise UsageError("which line? type: codemod why NAME PATH:LINE")
    [place] = given["paths"]
    asked = asked_of({**given, "paths": (), "dry_run": True})
    options = make_options(asked, Path.cwd(), known(ctx))
    answers = why(options, place)
    if options.output_format == "json":
        click.echo(json.dumps([to_json(answer) for answer in answers], indent=2))
        return
    for answer in answers:
        for row in text(answer, options.verbose):
            click.echo(row)


# ---- the others --------------------------------------------------------------------------------


def _settings() -> Settings:
    """The configuration for whoever asks what there is: without one that cannot be read, and a word about it."""
    from . import settings

    try:
        return settings.load(Path.cwd()).all
    except CodemodError as error:
        say(printable(f"codemod: {error}; nothing of this configuration is shown"))
        return settings.Settings()


@cli.command("list")
def list_command() -> None:
    """List the codemods and the recipes, one line each."""
    rows = [(name, registry.summary(cls)) for name, cls in registry.iterate()]
    rows += [(name, f"recipe: {'; '.join(recipe.told)}") for name, recipe in _settings().recipes.items()]
    width = max(len(name) for name, _ in rows)
    for name, text in rows:
        click.echo(printable(f"{name:{width}}  {text}"))


@cli.command("explain")
@click.argument("name", shell_complete=offer("one", lambda ctx: [_settings()]))
def explain_command(name: str) -> None:
    """Show what a codemod or a recipe does: its options, what it leaves alone, examples."""
    from .explain import explain, explain_recipe
    from .request import load

    found = _settings()
    if recipe := found.recipes.get(name):
        click.echo(printable_lines(explain_recipe(recipe)), nl=False)
        return
    load(name, found)
    click.echo(explain(name, color=sys.stdout.isatty()), nl=False)


@cli.command("test")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.argument("cases", nargs=-1, metavar="[CASE]...")
def test_command(path: Path, cases: tuple[str, ...]) -> int:
    """Check the cases beside a codemod of your own: PATH is my_codemod.py, they lie in golden/my_codemod/.

    CASE is a word of a case's name, for those that have it; `print` and `breakpoint()` in the codemod work.
    """
    from .explain import test_cases

    return test_cases(path, cases)


@cli.command("help", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, metavar="[COMMAND|NAME]")
@click.pass_context
def help_command(ctx: click.Context, words: tuple[str, ...]) -> int:
    """Show the help of codemod, of a command, or of `run NAME`."""
    found = words if not words or words[0] in cli.commands else ("run", *words)
    return dispatch([*found, "--help"])


@cli.command("undo")
@click.argument("run", required=False, default="")
@click.option(
    "--list", "listed", is_flag=True, help="List the runs on record, the last first, and what would happen."
)
@click.option("--branch", default="", metavar="NAME", help="The branch for a revert; codemod/undo-NAME if not given.")
@click.option("--force", is_flag=True, help="Replace that branch if it exists and did not move meanwhile.")
def undo_command(run: str, listed: bool, branch: str, force: bool) -> int:
    """Take back a run: the last one on record, or RUN.

    \b
    In place: its files get back what they held. A branch that was not merged is
    deleted, or goes back to what it held before --force. What was merged, squashed
    or rebased into HEAD is reverted on a new branch, whatever came after it; what
    later commits have touched is named and left (exit code 3).
    RUN is a number of the list, a branch, a commit, or the plan of a commit message.

    \b
    Examples:
      codemod undo                           the last run
      codemod undo --list                    which there are, and what would happen
      codemod undo 3                         a run of the list
      codemod undo codemod/fixture-rename    a run by its branch, also one made elsewhere
    """
    from .undo import choice as undo

    if listed:
        lines = list(undo.runs(Path.cwd()))
        for line in lines:
            click.echo(line)
        if not lines:
            say("no run is on record here; a branch or a commit can be named all the same: codemod undo BRANCH")
        return 0
    told = undo.undo(Path.cwd(), run, branch, force)
    say(*told.lines)
    return told.exit_code


for _command in (*COMMANDS, verify_command, observe_command, kb, split, batch):
    cli.add_command(_command)
