"""The commands, built with click. Each turns its arguments into one call and that into an exit code."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from . import __version__, config
from .errors import UsageError, exit_codes
from .terminal import printable, quoted, say

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
    from codemods.base import OptionError
    from codemods.registry import UnknownCodemod

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
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "codemod"
        raise UsageError(f"{error.format_message().rstrip('.')}; see: {where} --help") from None
    except (OptionError, UnknownCodemod) as error:
        raise UsageError(str(error)) from error
    return result if isinstance(result, int) else 0


def _complete() -> int:
    """Answer a shell that asks for completions."""
    try:
        cli.main(prog_name="codemod")
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


class _Command(click.Command):
    """Each command has --verbose, even where it says no more than the traceback of an internal error."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        own = super().get_params(ctx)
        if any("--verbose" in parameter.opts for parameter in own):
            return own
        return [*own, _TRACEBACK]


_TRACEBACK = click.Option(
    ["-v", "--verbose"], is_flag=True, expose_value=False, help="Show the traceback of an internal error."
)


class _Suggesting(click.Group):
    """Names the nearest command for one that does not exist."""

    command_class = _Command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and self.get_command(ctx, args[0]) is None:
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else "; see codemod --help"
            raise UsageError(f"there is no command {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Suggesting,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="codemod", message="%(prog)s %(version)s")
def cli() -> None:
    """Find what must change in a Python project, change only that, and hand it over as a branch."""


# ---- run ---------------------------------------------------------------------------------------


class _RunCommand(click.Command):
    """`run` has its own options and those of the codemods that it is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        names = _first_positional(args, self)
        codemods = _codemod_names(names) if names else []
        if len(codemods) == 1:
            self.params = [*RUN_OPTIONS, *_codemod_options(codemods[0])]
        else:
            self.params = list(RUN_OPTIONS)
        return super().parse_args(ctx, args)


def _first_positional(args: Sequence[str], command: click.Command) -> str:
    """The codemod's name: the first word that is neither an option nor an option's value."""
    takes_value = {o for p in RUN_OPTIONS if isinstance(p, click.Option) and not p.is_flag for o in p.opts}
    words = iter(args)
    for word in words:
        if word == "--":
            return next(words, "")
        if not word.startswith("-"):
            return word
        if word in takes_value:
            next(words, None)
    return ""


def _codemod_names(given: str) -> list[str]:
    """`a,b` → ["a", "b"], recipes of the configuration replaced by their steps."""
    return [name for name in given.split(",") if name]


def _codemod_options(name: str) -> list[click.Parameter]:
    from codemods.options import describe
    from codemods.registry import load

    found: list[click.Parameter] = []
    recipes = config.load_settings(Path.cwd()).recipes
    if name in recipes:
        return []
    for option in describe(load(name)):
        kind: Any = click.Choice(option.choices) if option.choices else option.kind
        flag = f"{option.flag}/--no-{option.flag[2:]}" if option.kind is bool else option.flag
        shown = (
            ""
            if option.kind is bool or option.required or option.default in ("", ())
            else f"  [default: {_text(option.default)}]"
        )
        extra: dict[str, Any] = {"is_flag": True} if option.kind is bool else {"type": kind, "multiple": option.many}
        found.append(
            click.Option(
                [flag, f"option_{option.name}"],
                default=None,
                help=f"({name}) {option.help}{shown}",
                metavar=option.metavar or None,
                **extra,
            )
        )
    return found


def _text(default: Any) -> str:
    return ", ".join(map(str, default)) if isinstance(default, tuple) else str(default)


RUN_OPTIONS: list[click.Parameter] = [
    click.Argument(["names"], metavar="NAME[,NAME…]"),
    click.Argument(["paths"], nargs=-1, metavar="[PATH…]"),
    click.Option(["-n", "--dry-run"], is_flag=True, help="Show the diff, change nothing."),
    click.Option(["--check"], is_flag=True, help="Change nothing; exit 1 when changes are pending."),
    click.Option(["--in-place"], is_flag=True, help="Read and edit the files of the working tree instead of making a branch."),
    click.Option(["--unsafe"], is_flag=True, help="Apply changes that may alter behaviour too."),
    click.Option(["--base"], metavar="REV", help="The commit to read and to build on.  [default: HEAD]"),
    click.Option(["--branch"], metavar="NAME", help="The branch to make.  [default: codemod/NAME]"),
    click.Option(["--force"], is_flag=True, help="Replace the branch if it exists and did not move meanwhile."),
    click.Option(["--diff-base"], metavar="REV", help="Edit only files changed since REV; facts stay whole."),
    click.Option(["--exclude"], multiple=True, metavar="GLOB", help="Do not edit these, in place of the default list."),
    click.Option(["--extend-exclude"], multiple=True, metavar="GLOB", help="Do not edit these either."),
    click.Option(["-j", "--jobs"], type=click.IntRange(min=0), help="Worker processes.  [default: one per processor]"),
    click.Option(["--format"], type=click.Choice(["auto", "off"]), help="Run the project's own formatter on files that follow it.  [default: auto]"),
    click.Option(["--output-format"], type=click.Choice(["text", "json", "jsonl", "patch"]), default="text", help="What stdout holds."),
    click.Option(["--stat"], is_flag=True, help="Show a diffstat."),
    click.Option(["-o", "--option"], multiple=True, metavar="NAME.OPTION=VALUE", help="An option of one codemod when several run."),
    click.Option(["--timeout"], type=click.FloatRange(min=0, min_open=True), help="Seconds for one file.  [default: 60]"),
    click.Option(["--no-cache"], is_flag=True, help="Do not use answers of earlier runs."),
    click.Option(["--color"], type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]"),
    click.Option(["-q", "--quiet"], is_flag=True, help="No talk on stderr."),
    click.Option(["-v", "--verbose"], is_flag=True, help="Show every skip."),
]  # fmt: skip


@cli.command("run", cls=_RunCommand, params=RUN_OPTIONS, epilog=EPILOG.partition("\n\n")[0])
def run_command(**given: Any) -> int:
    """Plan, apply, and commit on the branch codemod/NAME; the checkout stays as it is.

    \b
    NAME is a codemod, several joined by commas, a recipe of the configuration,
    or a file with a codemod of your own. Its options stand beside these:
    see codemod run NAME --help.
    """
    from . import report, run

    options = make_options(given, Path.cwd())
    result = run.run(options)
    report.show(result)
    return result.exit_code


def make_options(given: Mapping[str, Any], where: Path) -> config.Options:
    """Command line over configuration over defaults. Raises UsageError and OptionError."""
    settings = config.load_settings(where)
    own = {k.removeprefix("option_"): v for k, v in given.items() if k.startswith("option_") and v not in (None, ())}
    names = _codemod_names(given["names"])
    if not names:
        raise UsageError("which codemod? see: codemod list")
    specs = _specs(names, own, given["option"], settings)
    values: dict[str, Any] = dict(settings.values)
    for key in (
        "base",
        "branch",
        "diff_base",
        "jobs",
        "format",
        "timeout",
        "output_format",
        "color",
    ):
        if given[key] is not None:
            values[key] = given[key]
    for key in ("exclude", "extend_exclude"):
        if given[key]:
            values[key] = tuple(v for pattern in given[key] for v in pattern.split(","))
    for key in ("dry_run", "check", "in_place", "unsafe", "force", "stat", "quiet", "verbose"):
        if given[key]:
            values[key] = True
    if given["no_cache"]:
        values["cache"] = False
    options = config.Options(specs, where, tuple(given["paths"]), command=config.repeatable(sys.argv[1:]), **values)
    if options.in_place and (options.base != "HEAD" or options.branch or options.force):
        raise UsageError("--in-place edits the working tree; --base, --branch and --force are for branches")
    return options


def _specs(
    names: Sequence[str], own: Mapping[str, Any], pairs: Sequence[str], settings: config.Settings
) -> tuple[Any, ...]:
    """A Spec per step: options from the recipe, the configuration, `-o` and the command line, the last wins."""
    from codemods.options import describe
    from codemods.registry import Spec, load

    steps: list[tuple[str, dict[str, Any]]] = []
    for name in names:
        if name in settings.recipes:
            steps += [_recipe_step(name, step, settings) for step in settings.recipes[name]]
        else:
            steps.append((name, {}))
    specs = []
    unused = set(pairs)
    for name, from_recipe in steps:
        options = {o.name: o for o in describe(load(name))}
        table = {k.replace("-", "_"): v for k, v in settings.codemods.get(name, {}).items()}
        values = {**table, **{k.replace("-", "_"): v for k, v in from_recipe.items()}}
        for pair in pairs:
            target, _, value = pair.partition("=")
            codemod, _, option = target.rpartition(".")
            if codemod in (name, load(name).__module__.rpartition(".")[2].replace("_", "-")):
                unused.discard(pair)
                values[option.replace("-", "_")] = value
        values |= own
        unknown = [k for k in values if k not in options]
        if unknown:
            import difflib

            near = difflib.get_close_matches(unknown[0], options, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(options) or 'none'}"
            raise UsageError(f"{name} has no option {unknown[0]!r}{hint}")
        where = str(Path(name).resolve()) if name.endswith(".py") else name
        specs.append(
            Spec(
                where,
                tuple((o.name, o.convert(values[o.name])) for o in options.values() if o.name in values),
            )
        )
    if unused:
        raise UsageError(
            f"-o {min(unused)}: not of the form NAME.OPTION=VALUE for one of {', '.join(n for n, _ in steps)}"
        )
    for spec in specs:
        spec.codemod()  # a bad value is found before any work
    return tuple(specs)


def _recipe_step(recipe: str, step: Any, settings: config.Settings) -> tuple[str, dict[str, Any]]:
    if isinstance(step, str):
        return step, {}
    if isinstance(step, dict) and isinstance(step.get("name"), str):
        return step["name"], {k: v for k, v in step.items() if k != "name"}
    raise UsageError(f"{settings.path}: recipe {recipe!r}: a step is a name or a table with a name, not {step!r}")


# ---- the others --------------------------------------------------------------------------------


@cli.command("list")
def list_command() -> None:
    """List the codemods, one line each."""
    from codemods import registry

    rows = [(name, registry.summary(cls)) for name, cls in registry.iterate()]
    recipes = config.load_settings(Path.cwd()).recipes
    rows += [
        (name, "recipe: " + ", ".join(_recipe_step(name, s, config.Settings())[0] for s in steps))
        for name, steps in recipes.items()
    ]
    width = max(len(name) for name, _ in rows)
    for name, text in rows:
        click.echo(f"{name:{width}}  {text}")


@cli.command("explain")
@click.argument("name")
def explain_command(name: str) -> None:
    """Show what a codemod does, its options, its skip codes and example diffs."""
    from .explain import explain

    click.echo(explain(name, color=sys.stdout.isatty()), nl=False)


@cli.command("test")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def test_command(path: Path) -> int:
    """Run the golden cases beside a codemod of your own: PATH/my_codemod.py, cases in golden/my_codemod/."""
    from .explain import test_cases

    return test_cases(path)


@cli.command("undo")
@click.argument("run", required=False, default="")
@click.option("--list", "listed", is_flag=True, help="List the runs that can be taken back.")
def undo_command(run: str, listed: bool) -> int:
    """Put back the files of a run with --in-place: of the last one, or of RUN."""
    from . import undo
    from .disk import user_state_dir
    from .git import NoRepository, Repository
    from .message import plural

    where = Path.cwd()
    try:
        repository = Repository.open(where)
        top, state = repository.work_tree(where), repository.state_dir
    except NoRepository:
        top, state = where, user_state_dir(where)
    if listed:
        for line in undo.runs(top, state):
            click.echo(line)
        return 0
    done = undo.undo(top, state, run)
    say(f"{plural(len(done.restored), 'file')} restored, of run {done.run} ({printable(done.name)})")
    for path in done.left:
        say(f"{quoted(path)}: changed since; left alone")
    return 128 + done.interrupted if done.interrupted else 3 if done.left else 0
