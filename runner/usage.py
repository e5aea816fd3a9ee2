"""The arguments of `codemod run`: those of the runner, and those of the codemod that is named.

Everything here is generated: from the settings of `config.py` and from the fields of the codemods, a
user's own among them. Which codemod is named is asked of click's own parser, so that an option may
stand anywhere and in any spelling.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codemods.engine import registry
from codemods.engine.options import ENTRY, Option, describe

from . import config
from .config import FILES, OUTPUT, SETTINGS, VERIFY, WHAT, WHERE, WORK, names_of, short_name
from .errors import CodemodError, UsageError
from .terminal import printable

if TYPE_CHECKING:  # git and TOML are for whoever runs something, not for --help
    from .settings import Configuration, Settings

READ = "Configuration"
HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_NAMES, _OWN, _CONFIGURATION = "codemod.names", "codemod.own", "codemod.configuration"
_COMMAND = "codemod.command"


class Flag(click.Option):
    """An option with its heading in the help. Of two spellings for one flag the help shows what alters something."""

    def __init__(self, flags: Sequence[str], group: str, note: str = "", hidden_flags: int = 0, **rest: Any) -> None:
        super().__init__(flags, **rest)
        self.group, self.note = group, note
        self.shown = self.secondary_opts if hidden_flags else self.opts

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        flags = ", ".join(sorted(self.shown, key=len))
        metavar = "" if self.is_flag else f" {self.make_metavar(ctx)}"
        return flags + metavar, f"{self.help or ''}{self.note and f'  [{self.note}]'}"


class Verbose(click.Command):
    """Each command has --verbose, even where it says no more than the traceback of an internal error."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        own = super().get_params(ctx)
        if any("--verbose" in parameter.opts for parameter in own):
            return own
        return [*own, _TRACEBACK]


class BeforeDashes(Verbose):
    """What stands behind `--` is a command of its own, whatever it holds."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        at = args.index("--") if "--" in args else len(args)
        ctx.meta[_COMMAND] = tuple(args[at + 1 :])
        return super().parse_args(ctx, args[:at])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "--", "COMMAND…"]


def behind_dashes(ctx: click.Context) -> tuple[str, ...]:
    """The command behind `--`, in words."""
    found: tuple[str, ...] = ctx.meta[_COMMAND]
    return found


_TRACEBACK = click.Option(
    ["-v", "--verbose"], is_flag=True, expose_value=False, help="Show the traceback of an internal error."
)


def _word(option: Option) -> dict[str, Any]:
    """What click needs to know: the option itself converts, so that files and the command line agree."""
    choices = [str(c) for c in option.choices if c != ""]
    shown = f"[{'|'.join(choices)}]" if choices else option.metavar
    offered = offer("plain", lambda ctx: [choices])
    return {
        "type": str,
        "multiple": option.many,
        "metavar": shown or _METAVARS[option.kind],
        "shell_complete": offered,
    }


def offer(what: str, asked: Callable[[click.Context], Sequence[Any]]) -> Callable[..., list[Any]]:
    """What TAB offers: a function of `completion`, which is imported when it is asked."""

    def offered(ctx: click.Context, param: click.Parameter, word: str) -> list[Any]:
        from . import completion

        found: list[Any] = getattr(completion, what)(*asked(ctx), word)
        return found

    return offered


_METAVARS: Mapping[type, str] = {int: "N", float: "NUMBER", str: "TEXT", dict: ENTRY}


def setting(name: str, help: str = "") -> Flag:
    """The option of a setting, for any command that has it; with words of its own where it does less than in a run."""
    return flag(SETTINGS[name], config.group_of(name), config.short_flags(name), help)


def flag(option: Option, group: str, short: Sequence[str] = (), help: str = "") -> Flag:
    """What is typed for an option: nothing typed is None."""
    help = help or option.help
    flags = [*short, option.flag]
    if option.kind is bool:
        flags = [*short, f"--no-{option.flag[2:]}"] if option.default else flags
        value = not option.default
        rest: dict[str, Any] = {"is_flag": True, "flag_value": value, "default": None, "type": bool}
        return Flag([*flags, option.name], group, help=help, **rest)
    plain = option.many or option.default in ("", 0)
    note = "" if plain else f"default: {option.word(option.default)}"
    rest = {**_word(option), "default": None}
    return Flag([*flags, option.name], group, note, help=help, **rest)


def _own(codemod: str, option: Option) -> Flag:
    """A codemod's option. Its name in click cannot be that of a setting."""
    name, group = f"option_{option.name}", f"Options of {codemod}"
    if option.kind is bool:
        negative = f"--no-{option.flag[2:]}"
        help = f"turn off: {option.help}" if option.default is True else option.help
        return Flag(
            [f"{option.flag}/{negative}", name], group, hidden_flags=option.default is True, help=help, default=None
        )
    note = ""
    if option.required:
        note = "required"
    elif option.default not in ("", (), {}):
        default = option.word(option.default)
        note = f"default: {default if len(default) <= 40 else default[:39] + '…'}"
    return Flag([option.flag, name], group, note, help=option.help, default=None, **_word(option))


RUN_OPTIONS: list[click.Parameter] = [
    click.Argument(
        ["names"], metavar="NAME[,NAME…]", required=False, default="",
        shell_complete=offer("several", lambda ctx: [known(ctx).all]),
    ),
    click.Argument(["paths"], nargs=-1, metavar="[PATH…]", type=click.Path()),
    *(setting(name) for name in SETTINGS if config.group_of(name)),
    Flag(
        ["-o", "--option"], WHAT, multiple=True, metavar="NAME.OPTION=VALUE",
        help="An option of one codemod when several run.",
        shell_complete=offer("pairs", lambda ctx: [known(ctx).all, ctx.meta.get(_NAMES, ())]),
    ),
    Flag(["--config"], READ, metavar="FILE", type=click.Path(), help="Read this configuration in place of those found."),
    Flag(["--isolated"], READ, is_flag=True, help="Read no configuration."),
    Flag(["--show-settings"], READ, is_flag=True, help="Show each setting and where it comes from; do nothing else."),
]  # fmt: skip
_WHY = {"unsafe", "diff_base", "exclude", "extend_exclude", "jobs", "engine", "option", "config", "isolated"}
WHY_OPTIONS: list[click.Parameter] = [
    RUN_OPTIONS[0],
    click.Argument(["paths"], nargs=-1, metavar="PATH:LINE", type=click.Path()),
    *(p for p in RUN_OPTIONS[2:] if p.name in _WHY),
    setting("in_place", "Read the files of the working tree instead of a commit."),
    setting("base", "The commit to read."),
    Flag(
        ["--output-format"], OUTPUT, "default: text", type=click.Choice(["text", "json"]),
        help="What stdout holds; json has an entry for each codemod.",
    ),
    setting("verbose", "Show all that it went by, and the traceback of an internal error."),
]  # fmt: skip
_GROUPS = (WHAT, FILES, WHERE, VERIFY, OUTPUT, WORK, READ)


def known(ctx: click.Context) -> Configuration:
    """The configuration that holds for this command line."""
    from .settings import Configuration

    found = ctx.meta.get(_CONFIGURATION)
    return found if isinstance(found, Configuration) else Configuration()


class Grouped(click.Command):
    """Options are shown under their headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for option in self.get_params(ctx):
            if isinstance(option, click.Option) and (record := option.get_help_record(ctx)):
                groups.setdefault(getattr(option, "group", OUTPUT), []).append(record)
        for group in sorted(groups, key=lambda g: (*_GROUPS, g).index(g) if g in _GROUPS else -1):
            with formatter.section(group):
                formatter.write_dl(groups[group])


class RunCommand(Grouped):
    """`run` has its own options and those of the codemod that it is given. A context's object is the configuration that
    holds, where somebody has read it already."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*ctx.meta.get(_OWN, ()), *super().get_params(ctx)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        from .request import load

        words = list(args)
        ctx.meta[_CONFIGURATION] = found = ctx.obj or _configuration(words, ctx.resilient_parsing)
        given = _find_names(words, found.all, load_files=not ctx.resilient_parsing)
        ctx.meta[_NAMES] = names_of(given)
        steps = _codemods(given, found.all)
        alone = steps == names_of(given) and len(steps) == 1
        if alone and (not ctx.resilient_parsing or is_name(steps[0], found.all)):  # TAB loads no file
            ctx.meta[_OWN] = [_own(steps[0], option) for option in describe(load(steps[0], found.all))]
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption:
            if advice := _advice(words, given, steps, found.all):
                raise UsageError(advice) from None
            raise

    # ---- help ------------------------------------------------------------------------------

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["NAME[,NAME…]", "[OPTIONS]", *(p.metavar or "" for p in self.params if p.name == "paths")]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_help_text(ctx, formatter)
        for told in (about(name, known(ctx).all) for name in ctx.meta.get(_NAMES, ())):
            if told:
                formatter.write_paragraph()
                with formatter.indentation():
                    told = list(map(printable, told))
                    formatter.write_text("\n".join(told if len(told) == 1 else ["\b", *told]))


def about(name: str, configuration: Settings) -> list[str]:
    """A name's meaning in a line; of a recipe a line for each step. Nothing is loaded from a file."""
    recipe = configuration.recipes.get(name)
    if recipe is None:
        told = "" if name.endswith(".py") else registry.summary(registry.load(name))
        return [f"{name}: {told}"] if told else []
    return [f"{name} is a recipe:", *(f"  {line}" for line in recipe.told)]


# ---- which codemods ----------------------------------------------------------------------------


def _configuration(args: Sequence[str], asks_for_a_word: bool) -> Configuration:
    """What holds for this command line. Whoever asks for help, or for a completion, gets it in any case."""
    from . import settings

    try:
        return settings.load(Path.cwd(), _source(args))
    except CodemodError:
        if asks_for_a_word or {"-h", "--help"} & {*args}:
            return settings.Configuration()
        raise


def _source(args: Sequence[str]) -> str:
    """The configuration that the command line names, "-" for none: it must be known before anything is parsed."""
    words = list(args[: args.index("--")] if "--" in args else args)
    if "--isolated" in words:
        return "-"
    for word, following in pairwise([*words, ""]):
        if word == "--config":
            return following
        if word.startswith("--config="):
            return word.partition("=")[2]
    return ""


def _find_names(args: Sequence[str], configuration: Settings, load_files: bool) -> str:
    """The word that names the codemods: the first one that is neither an option nor an option's value.

    With a codemod's option in front of it, the word whose own options make that true. A file is loaded
    only where no other word can be meant.
    """
    if (found := _first(args, ())) is not None:
        return found
    words = [word for word in args if names_of(word) and word[:1] != "-"]
    named = (word for word in words if all(is_name(name, configuration) for name in names_of(word)))
    first = ""
    for word in named:
        first = first or word
        if _first(args, _codemods(word, configuration)) == word:
            return word
    if first:
        return first  # with an option that none of its codemods has, which is told
    files = (
        [w for w in words if all(_is_file(n) for n in names_of(w) if not is_name(n, configuration))]
        if load_files
        else []
    )
    if len(files) == 1 and _first(args, _codemods(files[0], configuration)) == files[0]:
        return files[0]
    return "".join(words[:1]) if words[:1] == [*args][:1] else ""  # a first word that names nothing is told too


def is_name(word: str, configuration: Settings) -> bool:
    """Whether a codemod or a recipe is called so."""
    return word in configuration.recipes or registry.is_known(word)


def _is_file(name: str) -> bool:
    return name.endswith(".py") and Path(name).is_file()


def _codemods(given: str, configuration: Settings) -> tuple[str, ...]:
    """What was named, recipes replaced by their steps; without files that nobody has typed."""
    found: list[str] = []
    for name in names_of(given):
        recipe = configuration.recipes.get(name)
        found += [s.name for s in recipe.steps if registry.is_known(s.name)] if recipe else [name]
    return tuple(found)


def _first(args: Sequence[str], codemods: Sequence[str]) -> str | None:
    """What stands in the place of the names where these codemods' options may stand too; None where another does."""
    try:
        found = _values(args, codemods).get("names")
    except click.NoSuchOption:
        return None
    except click.BadOptionUsage:  # the last word lacks its value: told when all is parsed, or TAB asks for it
        return _first(args[:-1], codemods) if args else ""
    return found if isinstance(found, str) else ""


def _values(args: Sequence[str], codemods: Sequence[str]) -> Mapping[str, Any]:
    own = {option.name: option for name in codemods for option in _own_options(name)}
    command = click.Command("run", params=[*own.values(), *RUN_OPTIONS], context_settings=HELP)
    return command.make_parser(click.Context(command, **HELP)).parse_args(list(args))[0]


def _own_options(name: str) -> list[Flag]:
    return [_own(name, option) for option in describe(registry.load(name))]


def _advice(args: Sequence[str], given: str, codemods: Sequence[str], configuration: Settings) -> str:
    """What to type for a codemod's option that cannot stand as it is."""
    if not given:
        return "the name of a codemod comes before its options; see: codemod run --help"
    try:
        values = _values(args, codemods)
    except click.NoSuchOption:
        return ""
    if len(names_of(given)) == 1 and given not in configuration.recipes:
        return ""
    told: dict[str, list[str]] = {}  # by option: that of several codemods is a choice
    for name in dict.fromkeys(codemods):
        for option in describe(registry.load(name)):
            if (value := values.get(f"option_{option.name}")) is not None:
                word = shlex.join(["-o", f"{short_name(name)}.{option.flag[2:]}={option.word(value)}"])
                told.setdefault(option.name, []).append(word)
    what = "a recipe has several codemods" if given in configuration.recipes else "several codemods run"
    return f"{what}; write {' and '.join(map(' or '.join, told.values()))}"
