"""The pytest configuration in force for a path, found as pytest finds it, from text alone.

One file wins and nothing is merged: the search goes from the tested file's folder upwards, and in
each folder the first of `CONFIG_FILES` that holds a pytest configuration is it (`pytest.ini` even
when empty). The answer depends on where pytest is started: `Configs.on_path` has all that may hold.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from posixpath import basename, dirname, join
from typing import Any

from ...engine.documents import read_toml
from ...engine.grouping import grouped
from ...engine.known import Project, upward
from ...engine.remember import remembered
from .requirements import lists_pytest, mentioned, requirement_texts, unknown
from .settings import PytestConfig

CONFIG_FILES = (  # in pytest's order
    "pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg",
)  # fmt: skip
MOST = 1000  # patterns of a setting, and characters of one
_OF_WORDS = (
    "python_files", "python_classes", "python_functions", "testpaths", "norecursedirs", "pythonpath", "usefixtures",
)  # fmt: skip
_VALUED = ("--asyncio-mode", "--import-mode", "--rootdir", "--ignore", "--ignore-glob", "--override-ini", "-p", "-o")
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

    @property
    def loaded(self) -> list[tuple[str, str]]:
        """What `-p` in addopts loads for every run, each with the configuration that says so."""
        return [(name, c.path) for c in self.found.values() for name in c.plugins if not name.startswith("no:")]

    def for_path(self, path: str) -> PytestConfig:
        """The configuration that `pytest PATH` uses."""
        return self._for_folder(path.rpartition("/")[0])

    @remembered
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

    def has_plugin(self, name: str) -> bool:
        """Whether a requirement, lock or build file names the plugin (`pytest-asyncio`), or one that depends on it."""
        return name in self.mentions or (name == "pytest-asyncio" and "pytest-aiohttp" in self.mentions)


def configs(project: Project) -> Configs:
    """All configurations of a project, from its texts."""
    folders = grouped((dirname(path), basename(path)) for path in project.texts if basename(path) in CONFIG_FILES)
    found: dict[str, PytestConfig] = {}
    for folder, names in folders.items():
        paths = (join(folder, name) for name in CONFIG_FILES if name in names)
        config = next((c for path in paths if (c := read(path, project.texts[path])) is not None), None)
        found |= {folder: config} if config is not None else {}
    fallback = {f: join(f, "pyproject.toml") for f, names in folders.items() if "pyproject.toml" in names}
    roots = tuple(sorted(dirname(path) for path in {*project.texts, *project.paths} if basename(path) == "setup.py"))
    texts = requirement_texts(project)
    return Configs(found, roots, fallback, mentioned(texts), unknown(texts), lists_pytest(texts))


def read(path: str, text: str) -> PytestConfig | None:
    """The pytest configuration in one file (named by `-c`, or found); None where it holds none."""
    try:
        values = _values(basename(path), text.removeprefix("\ufeff"))
        return None if values is None else _effective(path, values)
    except _BadConfig as error:
        return PytestConfig(path=path, rootdir=dirname(path), error=str(error), error_line=error.line)
    except (ValueError, TypeError, RecursionError) as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place else 1
        return PytestConfig(path=path, rootdir=dirname(path), error=_AT_LINE.sub("", str(error)), error_line=line)


# ---- files ---------------------------------------------------------------------------------


def _values(name: str, text: str) -> Mapping[str, Any] | None:
    """What a file of that name says; None where it says nothing of pytest."""
    match name:
        case "pytest.toml" | ".pytest.toml":
            table = read_toml(text)
            if "pytest" not in table and any(not isinstance(value, dict) for value in table.values()):
                raise _BadConfig("pytest configuration must be under a [pytest] table")
            return _table(table, "pytest")
        case "pytest.ini" | ".pytest.ini":
            return parse_ini(text).get("pytest", {})
        case "setup.cfg":
            sections = parse_ini(text)
            if "pytest" in sections and "tool:pytest" not in sections:
                raise _BadConfig("[pytest] in setup.cfg is refused: it must be [tool:pytest]")
            return sections.get("tool:pytest")
        case _ if name.endswith(".toml"):
            table = _table(read_toml(text), "tool", "pytest")
            native = {key: value for key, value in table.items() if key != "ini_options"}
            if native and table.get("ini_options"):
                raise _BadConfig("both [tool.pytest] and [tool.pytest.ini_options]")
            options = _table(table, "ini_options", within="tool.pytest.") if "ini_options" in table else None
            return native or options
    return parse_ini(text).get("pytest")


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


def _effective(path: str, values: Mapping[str, Any]) -> PytestConfig:
    addopts = _words(values.get("addopts", ()))
    options = _options(addopts)
    overrides = (value.partition("=") for name in ("-o", "--override-ini") for value in options.get(name, ()))
    values = {**values, **{key: value for key, _, value in overrides}}

    def last(name: str) -> str:
        return options.get(name, [""])[-1]

    def said(name: str) -> str:
        return str(values.get(name, "")).strip()

    words: dict[str, Any] = {name: _words(values[name]) for name in _OF_WORDS if name in values}
    found = PytestConfig(
        path=path,
        rootdir=last("--rootdir").strip("/.") or dirname(path),
        **words,
        addopts=addopts,
        asyncio_mode=last("--asyncio-mode") or said("asyncio_mode"),
        asyncio_default_fixture_loop_scope=said("asyncio_default_fixture_loop_scope"),
        asyncio_default_test_loop_scope=said("asyncio_default_test_loop_scope"),
        anyio_mode=said("anyio_mode"),
        trio_mode=_truth(said("trio_mode")),
        plugins=tuple(options.get("-p", ())),
        markers=_lines(values.get("markers", ())),
        strict_markers=_truth(values.get("strict_markers", values.get("strict", False)))
        or not {"--strict-markers", "--strict"}.isdisjoint(addopts),
        import_mode=last("--import-mode") or said("import_mode") or "prepend",
        ignore=tuple(options.get("--ignore", ())),
        ignore_glob=tuple(options.get("--ignore-glob", ())),
    )
    for name in (*_OF_WORDS, "ignore", "ignore_glob"):  # each is tried on each path or name
        patterns = getattr(found, name)
        if len(patterns) > MOST or any(len(pattern) > MOST for pattern in patterns):
            raise _BadConfig(f"{name}: more than {MOST:,} patterns, or one of more than {MOST:,} characters")
    return found


def _options(words: Sequence[str]) -> dict[str, list[str]]:
    """What addopts says, read as argparse reads it for the few options that matter here: the values of each."""
    found: dict[str, list[str]] = {}
    rest = iter(words)
    for word in rest:
        name, sign, value = word.partition("=")
        if name in _VALUED:
            value = value if sign else next(rest, "")
        elif word[:2] in ("-p", "-o"):
            name, value = word[:2], word[2:].removeprefix("=")
        found.setdefault(name, []).append(value.strip())
    return found


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(shlex.split(value))
    return tuple(str(each) for each in value)


def _lines(value: Any) -> tuple[str, ...]:
    lines = value.split("\n") if isinstance(value, str) else [str(each) for each in value]
    return tuple(stripped for line in lines if (stripped := line.strip()))


def _truth(value: Any) -> bool:
    return str(value).strip().lower() in ("1", "true", "yes", "on", "t", "y")
