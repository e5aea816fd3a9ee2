"""The pytest configuration in force for a path, found as pytest finds it, from text alone.

One file wins and nothing is merged: the search goes from the tested file's folder upwards, and in
each folder the first of `CONFIG_FILES` that holds a pytest configuration is it (`pytest.ini` even
when empty). Since the answer depends on where pytest is started, `Configs.ambiguous` tells whether
the files on a path disagree.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from posixpath import basename, dirname, join
from typing import Any

from ...engine.documents import read_toml
from ...engine.known import Project, upward
from .requirements import brings, lists_pytest, mentioned, requirement_texts, unknown
from .settings import PytestConfig

CONFIG_FILES = (  # in pytest's order
    "pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg",
)  # fmt: skip
MOST = 1000  # patterns of a setting, and characters of one
_PATTERNS = (
    *("python_files", "python_classes", "python_functions", "testpaths", "norecursedirs"),
    *("ignore", "ignore_glob", "pythonpath", "usefixtures"),
)
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")  # what tomllib appends


class _BadConfig(ValueError):
    """pytest would refuse to start with this file."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Configs:
    """All pytest configurations of a project."""

    found: Mapping[str, PytestConfig]  # by folder; "" is the root
    roots: tuple[str, ...] = ()  # folders with a setup.py, where no configuration is found
    fallback: Mapping[str, str] = field(default_factory=dict)  # folder → pyproject.toml without pytest table
    mentioned: Mapping[str, frozenset[str]] = field(default_factory=dict)  # plugin → folders that require it
    unknown: frozenset[str] = frozenset()  # required plugins whose fixtures nobody knows
    lists_pytest: bool = False  # some requirement is pytest itself, so that test plugins would be listed too

    @property
    def mentions(self) -> Set[str]:
        """The normalised names of the plugins that requirement-like texts speak of."""
        return self.mentioned.keys()

    def for_path(self, path: str) -> PytestConfig:
        """The configuration that `pytest PATH` uses."""
        return self._for_folder(dirname(path))

    def _for_folder(self, folder: str) -> PytestConfig:
        for each in upward(folder):
            if each in self.found:
                return self.found[each]
        for each in upward(folder):
            if each in self.fallback:
                return PytestConfig(path=self.fallback[each], rootdir=each)
        return PytestConfig(rootdir=next((each for each in upward(folder) if each in self.roots), ""))

    def on_path(self, path: str) -> tuple[PytestConfig, ...]:
        """Every configuration from the file's folder up to the root, nearest first."""
        return tuple(self.found[each] for each in upward(dirname(path)) if each in self.found)

    def ambiguous(self, path: str, names: Iterable[str] = ()) -> tuple[str, ...]:
        """The configuration files that disagree about `names` (all values when empty) for a path.

        Which of them holds depends on where pytest is started. No mode for asyncio counts as strict.
        """
        configs = self.on_path(path)
        wanted = tuple(names) or tuple(f.name for f in fields(PytestConfig) if f.name not in ("path", "rootdir"))
        views = {tuple(_view(config, name) for name in wanted) for config in configs}
        return tuple(config.path for config in configs) if len(views) > 1 else ()

    def has_plugin(self, name: str) -> bool:
        """Whether a requirement, lock or build file names the plugin (`pytest-asyncio`, `anyio`)."""
        return brings(self.mentions, name)


def configs(project: Project) -> Configs:
    """All configurations of a project, from its texts."""
    folders: dict[str, list[str]] = {}
    for path in project.texts:
        if basename(path) in CONFIG_FILES:
            folders.setdefault(dirname(path), []).append(basename(path))
    found: dict[str, PytestConfig] = {}
    fallback: dict[str, str] = {}
    for folder, names in folders.items():
        config = _first(project.texts, folder, names)
        if config is not None:
            found[folder] = config
        if "pyproject.toml" in names:
            fallback[folder] = join(folder, "pyproject.toml")
    roots = tuple(sorted(dirname(path) for path in {*project.texts, *project.paths} if basename(path) == "setup.py"))
    texts = requirement_texts(project)
    return Configs(found, roots, fallback, mentioned(texts), unknown(texts), lists_pytest(texts))


def read(path: str, text: str) -> PytestConfig | None:
    """The pytest configuration in one file (named by `-c`, or found); None where it holds none."""
    loaders: Mapping[str, Callable[[str], tuple[dict[str, Any] | None, bool]]] = {
        "pytest.toml": _dedicated_toml, ".pytest.toml": _dedicated_toml,
        "pytest.ini": _dedicated_ini, ".pytest.ini": _dedicated_ini, "setup.cfg": _setup_cfg,
    }  # fmt: skip
    loader = loaders.get(basename(path)) or (_pyproject if path.endswith(".toml") else _tox)
    try:
        values, native = loader(text.removeprefix("\ufeff"))
        return None if values is None else _effective(path, values, native)
    except _BadConfig as error:
        return PytestConfig(path=path, rootdir=dirname(path), error=str(error), error_line=error.line)
    except (ValueError, TypeError, RecursionError) as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place else 1
        return PytestConfig(path=path, rootdir=dirname(path), error=_AT_LINE.sub("", str(error)), error_line=line)


def _first(texts: Mapping[str, str], folder: str, names: Sequence[str]) -> PytestConfig | None:
    for name in CONFIG_FILES:
        if name in names:
            path = join(folder, name)
            if (config := read(path, texts[path])) is not None:
                return config
    return None


# ---- files ---------------------------------------------------------------------------------


def _dedicated_toml(text: str) -> tuple[dict[str, Any] | None, bool]:
    table = read_toml(text)
    if "pytest" not in table and any(not isinstance(value, dict) for value in table.values()):
        raise _BadConfig("pytest configuration must be under a [pytest] table")
    return _table(table, "pytest"), True


def _dedicated_ini(text: str) -> tuple[dict[str, Any] | None, bool]:
    return dict(parse_ini(text).get("pytest", {})), False


def _tox(text: str) -> tuple[dict[str, Any] | None, bool]:
    section = parse_ini(text).get("pytest")
    return (None if section is None else dict(section)), False


def _setup_cfg(text: str) -> tuple[dict[str, Any] | None, bool]:
    sections = parse_ini(text)
    if "tool:pytest" in sections:
        return dict(sections["tool:pytest"]), False
    if "pytest" in sections:
        raise _BadConfig("[pytest] in setup.cfg is refused: it must be [tool:pytest]")
    return None, False


def _pyproject(text: str) -> tuple[dict[str, Any] | None, bool]:
    table = _table(read_toml(text), "tool", "pytest")
    native = {key: value for key, value in table.items() if key != "ini_options"}
    if native and table.get("ini_options"):
        raise _BadConfig("both [tool.pytest] and [tool.pytest.ini_options]")
    if native:
        return native, True
    return _table(table, "ini_options", within="tool.pytest.") if "ini_options" in table else None, False


def _table(table: Mapping[str, Any], *keys: str, within: str = "") -> dict[str, Any]:
    """The table under some keys, empty where there is none; another value there stops pytest."""
    for n, key in enumerate(keys, 1):
        table = table.get(key, {})
        if not isinstance(table, dict):
            raise _BadConfig(f"[{within}{'.'.join(keys[:n])}] is not a table")
    return dict(table)


def parse_ini(text: str) -> dict[str, dict[str, str]]:
    """Sections of an ini file as pytest's parser reads them (it differs from configparser)."""
    sections: dict[str, dict[str, str]] = {}
    section, name = "", ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = "" if raw.lstrip()[:1] in ("#", ";") else raw.rstrip()
        head = re.split("[#;]", line, maxsplit=1)[0].rstrip() if line.startswith("[") else ""
        if not line:
            continue
        if head.endswith("]"):
            section, name = head[1:-1], ""
            if section in sections:
                raise _BadConfig(f"duplicate section {section!r}", number)
            sections[section] = {}
        elif line[0].isspace() or line[0] == "[":
            if not name:
                raise _BadConfig("unexpected continuation", number)
            sections[section][name] += ("\n" if sections[section][name] else "") + line.strip()
        else:
            before, sign, value = line.partition("=")
            if not sign or ":" in before:
                before, sign, value = line.partition(":")
            if not sign or section not in sections or before.strip() in sections[section]:
                raise _BadConfig(f"unexpected line: {line!r}", number)
            name = before.strip()
            sections[section][name] = value.strip()
    return sections


# ---- values --------------------------------------------------------------------------------


def _effective(path: str, values: Mapping[str, Any], native: bool) -> PytestConfig:
    addopts = _words(values.get("addopts", ()))
    options = _Options(addopts)
    values = {**values, **options.overrides}

    def words(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        return _words(values[name]) if name in values else default

    default = PytestConfig()
    strict = values.get("strict_markers", values.get("strict", False))
    found = replace(
        default,
        path=path,
        rootdir=options.last("--rootdir").strip("/.") or dirname(path),
        python_files=words("python_files", default.python_files),
        python_classes=words("python_classes", default.python_classes),
        python_functions=words("python_functions", default.python_functions),
        testpaths=words("testpaths", ()),
        norecursedirs=words("norecursedirs", default.norecursedirs),
        usefixtures=words("usefixtures", ()),
        pythonpath=words("pythonpath", ()),
        addopts=addopts,
        asyncio_mode=options.last("--asyncio-mode") or str(values.get("asyncio_mode", "")).strip(),
        asyncio_default_fixture_loop_scope=str(values.get("asyncio_default_fixture_loop_scope", "")).strip(),
        asyncio_default_test_loop_scope=str(values.get("asyncio_default_test_loop_scope", "")).strip(),
        anyio_mode=str(values.get("anyio_mode", "")).strip(),
        trio_mode=_truth(values.get("trio_mode", False)),
        plugins=tuple(options.all("-p")),
        markers=_lines(values.get("markers", ())),
        strict_markers=_truth(strict) or options.flag("--strict-markers") or options.flag("--strict"),
        import_mode=options.last("--import-mode") or str(values.get("import_mode", "") or "prepend"),
        ignore=tuple(options.all("--ignore")),
        ignore_glob=tuple(options.all("--ignore-glob")),
    )
    for name in _PATTERNS:  # each is tried on each path or name
        patterns = getattr(found, name)
        if len(patterns) > MOST or any(len(pattern) > MOST for pattern in patterns):
            raise _BadConfig(f"{name}: more than {MOST:,} patterns, or one of more than {MOST:,} characters")
    return found


class _Options:
    """What addopts says, read as argparse reads it for the few options that matter here."""

    _VALUED = (
        "--asyncio-mode",
        "--import-mode",
        "--rootdir",
        "--ignore",
        "--ignore-glob",
        "--override-ini",
        "-p",
        "-o",
    )

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._found: list[tuple[str, str]] = list(self._read(words))

    @classmethod
    def _read(cls, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        rest = iter(words)
        for word in rest:
            name, sign, value = word.partition("=")
            if name in cls._VALUED:
                yield name, value if sign else next(rest, "")
            elif word[:2] in ("-p", "-o") and not word.startswith("--"):
                yield word[:2], word[2:].removeprefix("=")
            else:
                yield word, ""

    def all(self, name: str) -> list[str]:
        return [value.strip() for key, value in self._found if key == name]

    def last(self, name: str) -> str:
        return (self.all(name) or [""])[-1]

    def flag(self, name: str) -> bool:
        return name in self.words

    @property
    def overrides(self) -> dict[str, str]:
        pairs = [value.partition("=") for value in self.all("-o") + self.all("--override-ini")]
        return {key: value for key, _, value in pairs}


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(shlex.split(value))
    return tuple(str(each) for each in value)


def _lines(value: Any) -> tuple[str, ...]:
    lines = value.split("\n") if isinstance(value, str) else [str(each) for each in value]
    return tuple(stripped for line in lines if (stripped := line.strip()))


def _truth(value: Any) -> bool:
    return str(value).strip().lower() in ("1", "true", "yes", "on", "t", "y")


def _view(config: PytestConfig, name: str) -> object:
    value = getattr(config, name)
    return value or "strict" if name == "asyncio_mode" else value
