"""What is asked of a batch: the command line, `codemod.batch.toml`, `[tool.codemod.batch]` and the user's own file.

`codemod.batch.toml` may also say what to run, in the words of `codemod run`. It came with the repository, so it chooses
among codemods and sets their options; it names no code to run, no file to read and no place to write to.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from codemods.engine import registry
from codemods.engine.codemod import OptionError
from codemods.engine.options import describe
from codemods.engine.registry import UnknownCodemod

from .. import settings
from ..config import Options, names_of
from ..disk import read_own
from ..errors import UsageError, os_reason
from ..request import Asked, asked_of, make_options
from ..settings import Configuration, Written
from ..terminal import quoted
from ..usage import HELP, RUN_OPTIONS, RunCommand, is_name
from .settings import FILED, SETTINGS, TEMPLATES, BatchSettings, typed
from .text import check_templates

NAME = "codemod.batch.toml"
_ALLOWED = {"names", "paths", "option", "unsafe", "format", "diff_base", "exclude", "extend_exclude"}
_LARGEST = 100_000  # bytes of a template


@dataclass(frozen=True)
class Spec:
    """What is asked of a batch."""

    settings: BatchSettings = field(default_factory=BatchSettings)
    run: Options | None = None  # what `run = […]` asks for
    words: Written | None = None  # the same as it stands there
    file: Path | None = None  # that says it
    templates: Mapping[str, str] = field(default_factory=dict)  # texts of the user's own, by setting


def load(where: Path, top: Path | None, given: Mapping[str, Any], file: str = "") -> Spec:
    """What holds for someone who stands in `where`; `top` is the top of the work tree, `file` a spec that was typed.

    Raises UsageError for each key or value that has no meaning, OptionError for one that was typed.
    """
    configuration = settings.load(where)
    path = Path(where, file) if file else _there(top)
    values = dict(configuration.all.batch)
    words: Written | None = None
    if path is not None:
        table = settings.table_in(path) or {}
        values |= settings.checked(FILED, Written(table, path, ""), "run")
        words = Written(table["run"], path, "run") if "run" in table else None
    chosen = typed(given)
    made = _made({name: one for name, one in values.items() if name not in chosen}, chosen)
    templates = {name: _template(name, values, chosen, where, top) for name in TEMPLATES if getattr(made, name)}
    check_templates(templates, made)
    return Spec(
        settings=made,
        run=run_of(words, top or where, configuration) if words else None,
        words=words,
        file=path,
        templates=templates,
    )


def _there(top: Path | None) -> Path | None:
    """The spec at the top of a work tree, if there is one."""
    if top is None or not (path := top / NAME).is_file():
        return None
    if not path.resolve().is_relative_to(top.resolve()):
        raise UsageError(f"{path}: leads out of {top}; to use it all the same: --spec {shlex.quote(str(path))}")
    return path


def _made(filed: Mapping[str, Written], chosen: Mapping[str, Any]) -> BatchSettings:
    try:
        return BatchSettings(**{name: one.value for name, one in filed.items()}, **chosen)
    except OptionError as error:
        if error.name not in filed:
            raise
        raise filed[error.name].wrong(error.accepted) from None


def _template(
    name: str, values: Mapping[str, Written], chosen: Mapping[str, Any], where: Path, top: Path | None
) -> str:
    """The text of a template. A file of the project names one of the project's files alone."""
    if name in chosen:
        path = Path(where, chosen[name])
        place = SETTINGS[name].flag
    else:
        written = values[name]
        path = Path(written.file.parent, written.value)
        place = f"{written.file}: {written.key}"
        root = top if top and written.file.resolve().is_relative_to(top.resolve()) else written.file.parent
        if written.file != settings.user_file() and not path.resolve().is_relative_to(root.resolve()):
            raise UsageError(
                f"{place}: {quoted(written.value)} leads out of {root}; name it with {SETTINGS[name].flag}"
            )
    try:
        data = read_own(path, _LARGEST)
    except OSError as error:
        raise UsageError(f"{place}: {quoted(str(path))}: {os_reason(error)}") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{place}: {quoted(str(path))}: a text in UTF-8 is needed") from None


# ---- what to run -------------------------------------------------------------------------------


def run_of(words: Written, top: Path, configuration: Configuration) -> Options:
    """The run that a spec asks for, by the parser of `codemod run`. Raises UsageError."""
    value = words.value
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise words.wrong('the words of codemod run are needed: ["fixture-rename", "--old", "db"]')
    _refuse_code(words, configuration)
    command = RunCommand("run", params=RUN_OPTIONS, add_help_option=False, context_settings=HELP)
    try:
        with command.make_context("run", list(value), obj=configuration) as context:
            given = context.params
        _refuse_places(words, given)
        asked = asked_of(given)
        _refuse_files(words, asked)
        return make_options(asked, top, configuration)
    except click.ClickException as error:
        raise UsageError(f"{words.file}: run: {error.format_message().rstrip('.')}") from None
    except (OptionError, UnknownCodemod) as error:
        raise UsageError(f"{words.file}: run: {error}") from None


def _refuse_code(words: Written, configuration: Configuration) -> None:
    """Before anything is parsed: the parser loads a file that is named first."""
    recipes = configuration.all.recipes
    for name in names_of(words.value[0]) or ("",):
        steps = [step.name for step in recipes[name].steps] if name in recipes else [name]
        if any(step.endswith(".py") for step in steps):
            raise words.wrong(
                "a spec names codemods, never a file; type its path: codemod run, then batch PLAN", name
            )
        if not is_name(name, configuration.all):
            try:
                registry.load(name)  # says which is the nearest
            except UnknownCodemod as error:
                raise UsageError(f"{words.file}: run: {error}") from None
    for word in words.value[1:]:
        if word.partition("=")[0] in ("--config", "--isolated"):
            raise words.wrong("a spec has no say in what is read; type that for codemod batch", word)


def _refuse_places(words: Written, given: Mapping[str, Any]) -> None:
    """What runs a command, or says where something goes."""
    for name, value in given.items():
        if value in (None, (), False, "") or name in _ALLOWED or name.startswith("option_"):
            continue
        flag = f"--{name.replace('_', '-')}"
        if name == "base":
            raise words.wrong('the branch to build on is a key of its own: base = "main"', flag)
        raise words.wrong("only what says which changes are made may stand there", flag)


def _refuse_files(words: Written, asked: Asked) -> None:
    """A table in a file is for whoever types the file's name."""
    options = [option for name in asked.names if registry.is_known(name) for option in describe(registry.load(name))]
    tables = {option.name for option in options if option.in_file}
    given: list[tuple[str, Sequence[str]]] = [(n, v) for n, v in asked.own.items() if n in tables]
    for pair in asked.pairs:
        target, _, value = pair.partition("=")
        given.append((target.rpartition(".")[2].replace("-", "_"), (value,)))
    for name, texts in given:
        if name in tables and any("=" not in text for text in texts):
            raise words.wrong("a table is needed, not the name of a file", next(t for t in texts if "=" not in t))
