"""`[tool.codemod]` and the command line → one frozen Options, made once and passed whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from codemods.registry import Spec

from .errors import UsageError

# Left out unless named: what no person writes.
GENERATED = (
    "*_pb2.py", "*_pb2.pyi", "*_pb2_grpc.py", "*/vendor/*", "*/_vendor/*", "*/vendored/*", "*/third_party/*",
    "*/node_modules/*", "*/site-packages/*", "*/.venv/*", "*/venv/*", "*/.tox/*", "*/.nox/*", "*/.eggs/*", "*/build/lib/*",
)  # fmt: skip


@dataclass(frozen=True)
class Options:
    """What a run is asked to do."""

    specs: tuple[Spec, ...]
    where: Path
    paths: tuple[str, ...] = ()
    dry_run: bool = False
    check: bool = False
    in_place: bool = False
    unsafe: bool = False
    base: str = "HEAD"
    branch: str = ""
    force: bool = False
    diff_base: str = ""
    exclude: tuple[str, ...] = GENERATED
    extend_exclude: tuple[str, ...] = ()
    source_roots: tuple[str, ...] = ()
    jobs: int = 0
    format: str = "auto"
    output_format: str = "text"
    stat: bool = False
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    cache: bool = True
    timeout: float = 60.0
    max_file_size: int = 3_000_000
    command: tuple[str, ...] = field(default=(), compare=False)  # how to repeat the run, see `repeatable`

    @property
    def name(self) -> str:
        """The run's name: that of its codemods."""
        return "-".join(spec.codemod().name for spec in self.specs)


# Options that do not alter what is made: a commit message that held them would not be deterministic.
_FLAGS = frozenset(
    [
        "-n",
        "--dry-run",
        "--check",
        "--force",
        "--stat",
        "-q",
        "--quiet",
        "-v",
        "--verbose",
        "--no-cache",
    ]
)
_VALUED = frozenset(["--output-format", "--color", "-j", "--jobs", "--timeout"])


def repeatable(words: Sequence[str]) -> tuple[str, ...]:
    """The command line without what only says how to show or to hurry."""
    kept: list[str] = []
    rest = iter(words)
    for word in rest:
        if word in _VALUED:
            next(rest, None)
        elif word not in _FLAGS and word.partition("=")[0] not in _VALUED:
            kept.append(word)
    return tuple(kept)


# keys of [tool.codemod] beside the tables of codemods; types are those of Options
SETTINGS = frozenset(
    {
        "exclude",
        "extend-exclude",
        "source-roots",
        "jobs",
        "format",
        "unsafe",
        "base",
        "timeout",
        "max-file-size",
        "cache",
    }
)


@dataclass(frozen=True)
class Settings:
    """The configuration file's word: runner settings, options by codemod, recipes."""

    path: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    codemods: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    recipes: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def load_settings(where: Path) -> Settings:
    """The nearest codemod.toml, or pyproject.toml with [tool.codemod], from `where` upward.

    Raises UsageError for a file that is not TOML and for unknown keys.
    """
    for folder in [where, *where.parents]:
        for name in ("codemod.toml", "pyproject.toml"):
            path = folder / name
            if path.is_file():
                table = _table(path)
                if table is not None:
                    return _checked(path, table)
        if (folder / ".git").exists():
            break
    return Settings()


def _table(path: Path) -> dict[str, Any] | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        if path.name == "pyproject.toml" and b"codemod" not in path.read_bytes():
            return None  # not ours to complain about
        raise UsageError(f"{path}: not valid TOML: {error}") from None
    if path.name == "codemod.toml":
        return data
    table = data.get("tool", {}).get("codemod")
    return table if isinstance(table, dict) else None


def _checked(path: Path, table: dict[str, Any]) -> Settings:
    from codemods import registry

    known = set(registry.names())
    values, codemods = {}, {}
    recipes: Mapping[str, Sequence[Any]] = table.pop("recipes", {})
    for key, value in table.items():
        if key in SETTINGS:
            values[key.replace("-", "_")] = _typed(path, key, value)
        elif isinstance(value, dict) and (key in known or key.endswith(".py")):
            codemods[key] = value
        else:
            import difflib

            near = difflib.get_close_matches(key, SETTINGS | known | {"recipes"}, n=1)
            raise UsageError(f"{path}: unknown key {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    return Settings(path, values, codemods, recipes)


_KINDS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "str": (str, "a string"),
    "bool": (bool, "true or false"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
}


def _typed(path: Path, key: str, value: Any) -> Any:
    kind = next(str(f.type) for f in fields(Options) if f.name == key.replace("-", "_"))
    if kind.startswith("tuple"):
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise UsageError(f"{path}: {key} must be a list of strings, not {value!r}")
    expected, words = _KINDS[kind]
    if not isinstance(value, expected) or (isinstance(value, bool) and kind != "bool"):
        raise UsageError(f"{path}: {key} must be {words}, not {value!r}")
    return value
