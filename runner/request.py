"""From what was typed and what the configuration says to the one value that a run is: `Options`.

A value comes from the user's own configuration, the project's, a recipe's step, `-o` or the command
line; the last one wins. Wherever it was written, the option itself says whether it can be used.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from codemods.engine import registry
from codemods.engine.codemod import Codemod, OptionError
from codemods.engine.nearest import did_you_mean, nearest
from codemods.engine.options import Option, describe, table_of, toml
from codemods.engine.registry import Spec, UnknownCodemod

from .config import OWN, REVIEW, SETTINGS, Options, names_of, of_environment, short_name, typed
from .errors import UsageError
from .named import in_project
from .repeat import Command
from .settings import LONGEST_NAME, Configuration, Recipe, Settings, Written, absolute

_LIMITS = ("unsafe", "format", "diff_base", "exclude", "extend_exclude")  # they alter what is made
_PLACES = ("in_place", "base", "branch", "force", "blame_ignore")  # they say from where, and to where


@dataclass(frozen=True)
class Asked:
    """What was typed: names of codemods, recipes and files, values by option, `-o` pairs."""

    names: tuple[str, ...]
    own: Mapping[str, Any]  # options of the one codemod that is named
    pairs: Sequence[str]
    settings: Mapping[str, Any]
    paths: tuple[str, ...]
    source: str = ""


def asked_of(given: Mapping[str, Any]) -> Asked:
    """What click made of the command line; what was not typed is left out."""
    typed = {name: value for name, value in given.items() if value not in (None, ())}
    return Asked(
        names=names_of(given["names"] or ""),
        own={n.removeprefix("option_"): v for n, v in typed.items() if n.startswith("option_")},
        pairs=given["option"],
        settings={name: value for name, value in typed.items() if name in SETTINGS},
        paths=given["paths"],
        source="-" if given["isolated"] else given["config"] or "",
    )


@dataclass(frozen=True)
class ChosenStep:
    """One step of a run, with each option's value and the place that it comes from ("" for what was typed)."""

    where: str  # as registry.load takes it; a file by absolute path
    values: Mapping[str, tuple[Any, str]]
    options: Mapping[str, Option]

    @property
    def spec(self) -> Spec:
        """Only what differs from the defaults: options that say what holds anyway make no other plan."""
        chosen = {n: v for n, (v, _) in self.values.items() if self.options[n].default != v}
        return Spec(self.where, tuple((n, chosen[n]) for n in self.options if n in chosen))

    @property
    def short(self) -> str:
        """The name that `-o` takes."""
        return short_name(self.where)

    def checked(self) -> Spec:
        """The same, asked of the codemod itself. Raises UsageError: a bad value is found before any work."""
        spec = self.spec
        try:
            spec.codemod()
        except OptionError as error:
            raise located(error, [self]) from None
        return spec


def load(name: str, settings: Settings) -> type[Codemod]:
    """The codemod of a name or a file. Raises UnknownCodemod, with the nearest codemod or recipe."""
    try:
        return registry.load(name)
    except UnknownCodemod as error:
        near = nearest(name, settings.recipes)
        if not near or name.endswith(".py"):
            raise
        raise UnknownCodemod(f"there is no codemod {name!r}; did you mean the recipe {near[0]!r}?") from error


def make_options(asked: Asked, where: Path, configuration: Configuration) -> Options:
    """Command line over configuration over defaults. Raises UsageError and UnknownCodemod."""
    if not asked.names:
        raise UsageError("which codemod? see: codemod list")
    steps = make_steps(asked, where, configuration.all)
    specs = tuple(step.checked() for step in steps)
    values = settings_of(asked, configuration.all)
    options = Options(
        specs=specs,
        where=where,
        paths=asked.paths,
        title=_title(asked.names),
        asked=_command(asked, where, configuration, steps),
        **{name: value for name, (value, _) in values.items()},
    )
    if options.push or options.pr:
        refused = next((o for o in ("dry_run", "check", "in_place") if getattr(options, o)), "")
        if refused:
            word = "--pr" if options.pr else "--push"
            raise UsageError(f"{word} is for a branch, and --{refused.replace('_', '-')} makes none; use one of them")
    if options.in_place and options.blame_ignore:
        raise UsageError("--blame-ignore lists commits for git blame, and --in-place makes none; use one of them")
    if options.in_place and (options.base != "HEAD" or options.branch or options.force):
        raise UsageError("--in-place edits the working tree; --base, --branch and --force are for branches")
    if options.output_format == REVIEW and not options.dry_run:
        raise UsageError(f"--output-format {REVIEW} suggests changes and makes none; use it with --dry-run")
    _refuse_unverifiable(options)
    return options


def _refuse_unverifiable(options: Options) -> None:
    """Options that do not go together. Raises UsageError."""
    if not options.verify:
        for name in ("verify_setup", "verify_copy", "verify_timeout", "all_or_nothing"):
            if getattr(options, name):
                raise UsageError(f"--{name.replace('_', '-')} is for --verify, which says what to run")
        return
    for name in ("dry_run", "check"):
        if getattr(options, name):
            advice = "to judge without delivering: codemod verify NAME -- COMMAND"
            raise UsageError(
                f"--verify delivers what passes, and --{name.replace('_', '-')} changes nothing; {advice}"
            )
    if options.in_place:
        advice = "verify the plan of a commit, then: codemod apply --in-place"
        raise UsageError(f"--verify tries the changes on a commit, not on the files of the working tree; {advice}")
    from .verify.command import split_words

    split_words(options.verify, "--verify")


def settings_of(asked: Asked, settings: Settings) -> dict[str, tuple[Any, str]]:
    """Each setting of the runner that somebody has set, with its place. Raises OptionError for a typed one."""
    found = {name: (written.value, str(written.file)) for name, written in settings.values.items()}
    found |= {n: (value, variable) for n, variable in OWN.items() if (value := of_environment(n)) is not None}
    for name, value in asked.settings.items():
        found[name] = (typed(name, value), "")
    return found


def make_steps(asked: Asked, where: Path, settings: Settings) -> list[ChosenStep]:
    """The steps of what was named, each with all its options. Nothing but what was typed is loaded from a file."""
    unused = dict.fromkeys(asked.pairs)
    steps: list[ChosenStep] = []
    for name in asked.names:
        recipe = settings.recipes.get(name)
        for place, table in _named(name, recipe, where, settings):
            steps.append(_step(place, table, asked, where, settings, unused))
    for pair in unused:
        raise UsageError(
            f"-o {pair}: not of the form NAME.OPTION=VALUE for one of {', '.join(s.short for s in steps)}"
        )
    return steps


def _named(
    name: str, recipe: Recipe | None, where: Path, settings: Settings
) -> Iterable[tuple[str, Mapping[str, Written]]]:
    """What a name stands for: itself, or the steps of a recipe."""
    if recipe is None:
        return [(absolute(name, where), {})]
    for step in recipe.steps:
        if step.name.endswith(".py") and not recipe.own:
            needed = "a project's recipe names codemods, never a file; type its path, or use a recipe of your own"
            raise step.written.wrong(needed)
        if step.name in settings.recipes:
            raise step.written.wrong("it is a recipe itself; the steps of a recipe are codemods")
        try:
            registry.load(step.name)
        except UnknownCodemod as error:
            raise UsageError(f"{step.written.file}: {step.written.key}: {error}") from None
    return [(step.name, step.options) for step in recipe.steps]


def _step(
    codemod: str,
    of_recipe: Mapping[str, Written],
    asked: Asked,
    where: Path,
    settings: Settings,
    unused: dict[str, None],
) -> ChosenStep:
    step = ChosenStep(
        where=codemod, values={}, options={option.name: option for option in describe(load(codemod, settings))}
    )
    values: dict[str, tuple[Any, str]] = {}
    for table in (settings.codemods.get(codemod, {}), of_recipe):
        for name, written in table.items():
            values[name] = _from_file(step, name, written), f"{written.file}: {written.key}"
    for pair in asked.pairs:
        target, equals, value = pair.partition("=")
        called, _, name = target.rpartition(".")
        if equals and called in (
            codemod,
            step.short,
            *(n for n in asked.names if n.endswith(".py") and _is(n, step)),
        ):
            unused.pop(pair, None)
            values[name.replace("-", "_")] = _of_word(step, name, value, where), ""
    for name, value in asked.own.items():
        values[name] = _of_word(step, name, value, where), ""
    return replace(step, values=values)


def _of_word(step: ChosenStep, name: str, value: Any, where: Path) -> Any:
    name = name.replace("-", "_")
    if name not in step.options:
        raise UsageError(_no_option(step, name))
    option = step.options[name]
    found = option.convert(_with_files(option, value, where) if option.in_file else value)
    return in_project(found, where) if option.in_project else found


def _with_files(option: Option, value: Any, where: Path) -> Any:
    """A table given in words, with what the files say that some of these name. Raises OptionError."""
    words = [value] if isinstance(value, str) else value
    files = [word for word in words if "=" not in word]
    found = option.convert([word for word in words if word not in files])
    for name in files:
        try:
            told = option.convert(table_of((where / name).read_text("utf-8")))
        except OSError as error:
            raise OptionError(option.name, name, f"a file is needed that can be read: {error.strerror}") from None
        except ValueError as error:  # no TOML, or no text
            raise OptionError(option.name, name, f"a table in TOML is needed: {error}") from None
        found = {key: (*found.get(key, ()), *told.get(key, ())) for key in {**found, **told}}
    return found


def _is(name: str, step: ChosenStep) -> bool:
    return Path(name).name == Path(step.where).name


def _from_file(step: ChosenStep, name: str, written: Written) -> Any:
    if name not in step.options:
        raise UsageError(f"{written.file}: {written.key}: {_no_option(step, name)}")
    try:
        return step.options[name].typed(written.value)
    except OptionError as error:
        raise written.wrong(error.accepted, error.value) from None


def located(error: OptionError, steps: Iterable[ChosenStep]) -> UsageError:
    """A codemod's own refusal of a value, in a line that says where the value was written."""
    places = {step.values[error.name] for step in steps if error.name in step.values}
    place = places.pop()[1] if len(places) == 1 else ""
    if not place or error.value is None:
        return UsageError(str(error))
    return UsageError(f"{place}: {toml(error.value)} is not accepted; {error.accepted}")


def _no_option(step: ChosenStep, name: str) -> str:
    word, known = (name.replace("_", "-"), [known.replace("_", "-") for known in step.options])
    return f"{step.short} has no option {word!r}{did_you_mean(word, known, shown=repr, what='it has ') or '; it has none'}"


# ---- names and words ---------------------------------------------------------------------------


def _title(names: Sequence[str]) -> str:
    """The run's name: those that were typed. A long one is cut, and told from others by a digest."""
    shown = list(map(short_name, names))
    whole = "-".join(shown)
    if len(whole) <= LONGEST_NAME:
        return whole
    digest = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    end = f"-and-{len(names) - 1}-more-{digest}" if len(names) > 1 else f"-{digest}"
    return shown[0][: LONGEST_NAME - len(end)] + end


def _command(asked: Asked, where: Path, configuration: Configuration, steps: Sequence[ChosenStep]) -> Command:
    """How to ask for the same again: the names, and each value that would be another one if it were not typed."""
    bare = replace(asked, own={}, pairs=(), settings={})
    names = tuple(absolute(name, where) for name in asked.names)
    options = list(_settings_words(_LIMITS, asked, configuration))
    alone = len(asked.names) == 1 and asked.names[0] not in configuration.all.recipes
    project = replace(configuration.project, recipes=configuration.all.recipes)
    words: dict[tuple[str, ...], None] = {}  # a codemod may be there twice
    for step, without in zip(steps, make_steps(bare, where, project), strict=True):
        for name, option in step.options.items():
            value, base = (s.values.get(name, (option.default, ""))[0] for s in (step, without))
            if value != base:
                words[tuple(_flags(step, option, value) if alone else _pair(step, option, value))] = None
    source = asked.source if asked.source in ("", "-") else os.path.abspath(where / asked.source)
    return Command(
        where=where,
        names=names,
        options=(*chain.from_iterable(words), *options),
        place=tuple(_settings_words(_PLACES, asked, configuration)),
        source=source,
    )


def _settings_words(chosen: Iterable[str], asked: Asked, configuration: Configuration) -> Iterable[str]:
    given = settings_of(asked, configuration.all)
    held = settings_of(replace(asked, settings={}), configuration.project)
    for name in chosen:
        default = SETTINGS[name].default
        value, base = (s.get(name, (default, ""))[0] for s in (given, held))
        if value != base:
            yield from _flag(SETTINGS[name], value)


def _flag(option: Option, value: Any) -> list[str]:
    if option.kind is bool:
        return [option.flag if value else f"--no-{option.flag[2:]}"]
    return _flag_with(option, option.word(value))


def _flag_with(option: Option, text: str) -> list[str]:
    return [f"{option.flag}={text}"] if text.startswith("-") else [option.flag, text]


def _flags(step: ChosenStep, option: Option, value: Any) -> list[str]:
    """Of a codemod's own option: one that takes several is repeated; an empty list has no flag."""
    if option.many:
        return [word for text in option.words(value) for word in _flag_with(option, text)] or _pair(
            step, option, value
        )
    return _flag(option, value)


def _pair(step: ChosenStep, option: Option, value: Any) -> list[str]:
    return ["-o", f"{step.short}.{option.flag[2:]}={option.word(value)}"]
