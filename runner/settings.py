"""Configuration files: where they may lie, what may stand in them, and where each value was written.

The text of an analysed project is not trusted. It may choose among codemods and set their options; it
never names code to run. So its configuration is looked for in the work tree alone, after git agreed to
open it, and only a recipe of the user's own file may have a file of code for a step.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codemods.engine.codemod import OptionError
from codemods.engine.documents import read_toml
from codemods.engine.nearest import did_you_mean
from codemods.engine.options import Option, toml, toml_key

from .batch.settings import FILED as FILED_BATCH
from .config import FILED, OWN
from .errors import UsageError, os_reason
from .git import NoRepository, Repository
from .terminal import cut
from .trees import REGULAR

NAMES = ("codemod.toml", "pyproject.toml")
LONGEST_NAME = 60
MOST = 1000  # globs, and letters of one: each is tried on each file
LARGEST = 10_000_000  # bytes of a configuration file
_RECIPE_NAME = re.compile(r"\w[\w.+-]*", re.ASCII)


class _Float(float):
    """A number as it stands in the file: 3.10 is not 3.1 for whoever meant a version."""

    text = ""

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


def _float(text: str) -> _Float:
    number = _Float(text)
    number.text = text
    return number


@dataclass(frozen=True)
class Written:
    """A value of a configuration file, and where it stands."""

    value: Any
    file: Path
    key: str

    def wrong(self, needed: str, value: Any = None) -> UsageError:
        """The one line for a value that cannot be used: file, key, what stands there, what is wanted."""
        shown = cut(toml(self.value if value is None else value), 60)
        return UsageError(f"{self.file}: {self.key}: {shown} is not accepted; {needed}")


@dataclass(frozen=True)
class RecipeStep:
    """A step of a recipe: a codemod and its options."""

    name: str
    options: Mapping[str, Written]
    written: Written


@dataclass(frozen=True)
class Recipe:
    """A named list of steps. `own` says that it stands in the user's own file."""

    name: str
    file: Path
    steps: tuple[RecipeStep, ...]
    own: bool

    @property
    def told(self) -> list[str]:
        """The steps in words, each with the options that it sets."""
        told = []
        for step in self.steps:
            options = ", ".join(f"{n.replace('_', '-')} = {toml(w.value)}" for n, w in step.options.items())
            told.append(f"{step.name} ({options})" if options else step.name)
        return told


@dataclass(frozen=True)
class Settings:
    """What the configuration says: settings of the runner and of batches, options by codemod, recipes."""

    files: tuple[Path, ...] = ()
    values: Mapping[str, Written] = field(default_factory=dict)
    codemods: Mapping[str, Mapping[str, Written]] = field(default_factory=dict)
    recipes: Mapping[str, Recipe] = field(default_factory=dict)
    batch: Mapping[str, Written] = field(default_factory=dict)

    def over(self, other: Settings) -> Settings:
        """Both, where this one has the last word."""
        both = {name: {**other.codemods.get(name, {}), **options} for name, options in self.codemods.items()}
        return Settings(
            files=(*other.files, *self.files),
            values={**other.values, **self.values},
            codemods={**other.codemods, **both},
            recipes={**other.recipes, **self.recipes},
            batch={**other.batch, **self.batch},
        )


@dataclass(frozen=True)
class Configuration:
    """The project's part, which everyone has who has the project, and all, the user's own file included."""

    project: Settings = Settings()
    all: Settings = Settings()


def load(where: Path, source: str = "") -> Configuration:
    """The configuration for someone who stands in `where`. `source` is a file's path, "-" for none.

    Raises UsageError where git refuses to open the folder, for a file that cannot be read or is not
    TOML, and for each key or value that has no meaning.
    """
    if source == "-":
        return Configuration()
    if source:
        path = Path(os.path.abspath(where / source))
        table = table_in(path, named=True)
        named = Settings((path,)) if table is None else _checked(path, table, own=False)
        return Configuration(named, named)
    return _with_own(_of_project(where))


def of_commit(repository: Repository, commit: str, called: str) -> Configuration:
    """That of a commit, where nothing is checked out: of the files at its top. `called` is the repository in messages."""
    tree = repository.tree(commit)
    for name in NAMES:
        entry = tree.get(name)
        if entry is not None and entry.mode in REGULAR:
            path = Path(called, name)
            if (table := _parsed(path, repository.read([entry.oid], LARGEST)[entry.oid])) is not None:
                return _with_own(_checked(path, table, own=False))
    return _with_own(Settings())


def _with_own(project: Settings) -> Configuration:
    """With the user's own file, over which the project has the last word."""
    own = user_file()
    table = table_in(own) if own.is_file() else None
    return Configuration(project, project if table is None else project.over(_checked(own, table, own=True)))


def user_file() -> Path:
    """The user's own configuration."""
    configured = os.environ.get("XDG_CONFIG_HOME", "")
    base = configured if os.path.isabs(configured) else os.path.expanduser("~/.config")
    return Path(base, "codemod", "config.toml")


def _of_project(where: Path) -> Settings:
    """The nearest codemod.toml, or pyproject.toml with [tool.codemod], from `where` up to the top of the work tree."""
    try:
        top = Repository.open(where).root
    except NoRepository:
        top = where  # what lies above belongs to anybody
    if top is None:  # a bare repository has no files
        return Settings()
    for folder in (where, *where.parents):
        for path in (folder / name for name in NAMES):
            if not path.is_file():
                continue
            if not path.resolve().is_relative_to(top.resolve()):
                raise UsageError(
                    f"{path}: leads out of {top}; to use it all the same: --config {shlex.quote(str(path))}"
                )
            if (table := table_in(path)) is not None:
                return _checked(path, table, own=False)
        if folder == top:
            break
    return Settings()


def table_in(path: Path, named: bool = False) -> dict[str, Any] | None:
    """The keys of a file; None for a pyproject.toml that does not speak of codemod, broken ones among them."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {os_reason(error)}") from None
    return _parsed(path, raw, named)


def _parsed(path: Path, raw: bytes, named: bool = False) -> dict[str, Any] | None:
    of_project = path.name == "pyproject.toml"
    if len(raw) > LARGEST:
        raise UsageError(f"{path}: larger than {LARGEST / 1e6:g} MB, too large for a configuration")
    try:
        data = read_toml(raw.decode("utf-8"), parse_float=_float)
    except ValueError as error:  # not TOML, not UTF-8, a number that Python refuses
        if of_project and b"codemod" not in raw and not named:
            return None
        raise UsageError(f"{path}: not valid TOML: {error}") from None
    if not of_project:
        return data
    tool = _as_table(Written(data.get("tool", {}), path, "tool"))
    return _as_table(Written(tool["codemod"], path, "tool.codemod")) if "codemod" in tool else None


def _as_table(written: Written) -> dict[str, Any]:
    if isinstance(written.value, dict):
        return written.value
    raise written.wrong("a table is needed")


def _checked(path: Path, table: Mapping[str, Any], *, own: bool) -> Settings:
    from codemods.engine import registry

    values: dict[str, Written] = {}
    codemods: dict[str, Mapping[str, Written]] = {}
    recipes: dict[str, Recipe] = {}
    batch: dict[str, Written] = {}
    for key, value in table.items():
        written = Written(value, path, toml_key(key))
        if key == "recipes":
            names = _as_table(written).keys()
            recipes = {n: _recipe(n, Written(s, path, toml_key(key, n)), names, own) for n, s in value.items()}
        elif key in FILED:
            if not own and FILED[key].name in OWN:
                raise UsageError(
                    f"{path}: {key}: where code and files go stands in your own configuration, {user_file()}"
                )
            values[FILED[key].name] = converted(FILED[key], written)
        elif key == "batch":
            batch = checked(FILED_BATCH, written)
        elif key == "forges":  # see forges/known.py, which reads it where one is needed
            if not own:
                raise UsageError(f"{path}: forges: who gets a token stands in your own configuration, {user_file()}")
        elif key.endswith(".py") or registry.is_known(key):
            codemods[absolute(key, path.parent)] = _options(written)
        else:
            known = {*FILED, *registry.names(), "recipes", "batch"}
            advice = did_you_mean(key, known, shown=toml, what="")
            if key == "tool":
                advice = "; [tool.codemod] is for pyproject.toml, here its keys stand at the top"
            raise UsageError(f"{path}: unknown key {toml(key)}{advice}")
    return Settings(files=(path,), values=values, codemods=codemods, recipes=recipes, batch=batch)


def converted(option: Option, written: Written) -> Written:
    """The same with the value as the option holds it. Raises UsageError."""
    try:
        found = option.typed(written.value)
    except OptionError as error:
        raise written.wrong(error.accepted, error.value) from None
    if isinstance(found, tuple) and (len(found) > MOST or any(len(word) > MOST for word in found)):
        raise written.wrong(f"{MOST:,} entries at most, each of {MOST:,} characters at most, are needed")
    return Written(found, written.file, written.key)


def checked(options: Mapping[str, Option], table: Written, *beside: str) -> dict[str, Written]:
    """The values of a table whose keys are options, by the names of these; `beside` are other keys that may stand there.

    Raises UsageError.
    """
    found = {}
    for key, value in _as_table(table).items():
        if key in beside:
            continue
        if key not in options:
            advice = did_you_mean(key, {*options, *beside}, shown=toml, what="")
            where = f"{table.key}: " if table.key else ""
            raise UsageError(f"{table.file}: {where}unknown key {toml(key)}{advice}")
        whole = f"{table.key}.{toml_key(key)}" if table.key else toml_key(key)
        found[options[key].name] = converted(options[key], Written(value, table.file, whole))
    return found


def _options(written: Written, *without: str) -> dict[str, Written]:
    """A table of a codemod's options. Which there are is asked when that codemod runs."""
    return {
        key.replace("-", "_"): Written(value, written.file, f"{written.key}.{toml_key(key)}")
        for key, value in _as_table(written).items()
        if key not in without
    }


def _recipe(name: str, written: Written, names: Collection[str], own: bool) -> Recipe:
    from codemods.engine import registry

    if registry.is_known(name):
        raise UsageError(f"{written.file}: {written.key}: a codemod has this name; a recipe needs one of its own")
    if (
        not _RECIPE_NAME.fullmatch(name)
        or len(name) > LONGEST_NAME
        or name.endswith((".py", ".lock", "."))
        or ".." in name
    ):
        needed = f"letters, digits, dots and dashes, {LONGEST_NAME} at most: a branch gets it too"
        raise UsageError(f"{written.file}: {written.key}: a recipe cannot have this name; {needed}")
    if not isinstance(written.value, list) or not written.value:
        wrapped = f": [{toml(written.value)}]" if isinstance(written.value, str) else ""
        raise written.wrong(f"a list of steps is needed{wrapped}")
    steps = []
    for number, value in enumerate(written.value, 1):
        step = Written(value, written.file, f"{written.key}, step {number}")
        table = {"name": value} if isinstance(value, str) else value
        if not isinstance(table, dict) or not isinstance(called := table.get("name"), str) or not called:
            raise step.wrong("the name of a codemod, or a table with a name and options, is needed")
        if called in names:
            raise step.wrong("it is a recipe itself; the steps of a recipe are codemods", called)
        options = _options(Written(table, step.file, step.key), "name")
        steps.append(
            RecipeStep(
                name=absolute(called, written.file.parent),
                options=options,
                written=Written(called, step.file, step.key),
            )
        )
    return Recipe(name=name, file=written.file, steps=tuple(steps), own=own)


def absolute(name: str, folder: Path) -> str:
    """A codemod's name; for one that is a file the path, looked for in `folder`, wherever one stands."""
    return os.path.realpath(folder / os.path.expanduser(name)) if name.endswith(".py") else name
