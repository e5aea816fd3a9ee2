"""Which formatter a project runs on a file, and those of its settings that shape text.

What runs beats what is only configured: a hook of pre-commit, then a line of CI or of a task runner that
calls a formatter, then the tables `[tool.ruff.format]`, `[tool.black]` and `[tool.ruff]`; within each of
these the nearest file upward decides. The project's settings are not trusted: only keys that are known to
shape text are passed on (black's and ruff's documentation of their settings), so none of them can name a
place to read or to write, a plugin or a cache.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from codemods.engine.documents import read_toml
from codemods.engine.known import upward
from codemods.engine.world import matches_glob

from .terminal import cut, quoted

CALLERS = (
    ".pre-commit-config.yaml", ".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitlab-ci.yml",
    "azure-pipelines.yml", ".circleci/config.yml", "Makefile", "makefile", "GNUmakefile", "justfile", "Justfile",
    "Taskfile.yml", "Taskfile.yaml", "tox.ini", "noxfile.py",
)  # fmt: skip
LONGEST_CHAIN = 20  # of files that extend each other
_HOOKS = ".pre-commit-config.yaml"
_BLACK_KEYS = frozenset(
    ["line-length", "target-version", "skip-string-normalization", "skip-magic-trailing-comma", "preview", "unstable",
     "enable-unstable-feature", "skip-source-first-line", "pyi", "required-version"]
)  # fmt: skip
_RUFF_KEYS = frozenset(
    ["line-length", "indent-width", "target-version", "per-file-target-version", "preview", "required-version"]
)
_RUFF_FORMAT_KEYS = frozenset(
    ["quote-style", "indent-style", "skip-magic-trailing-comma", "line-ending", "docstring-code-format",
     "docstring-code-line-length", "nested-string-quote-style", "preview"]
)  # fmt: skip


class Tool(StrEnum):
    """The formatters that codemod runs where a project does."""

    BLACK = "black"
    RUFF = "ruff"


class Refused(Exception):
    """A formatter, or its settings, cannot be used: the message says why."""


@dataclass(frozen=True)
class Formatter:
    """What formats some files: a tool, and the folder whose settings it has ("" is the top)."""

    tool: Tool
    folder: str


def formatter_of(texts: Mapping[str, str], path: str) -> Formatter | None:
    """The formatter that the project uses for a file; None where it names none.

    `texts` holds the configuration files of the project and those that match `CALLERS`, by path.
    """
    tool = _called(texts, path) or _configured(texts, path)
    if tool is None:
        return None
    for folder in upward(posixpath.dirname(path)):
        if any(True for _ in _tables(texts, folder, tool)):
            return Formatter(tool, folder)
    return Formatter(tool, "")


# ---- what runs ---------------------------------------------------------------------------------

_HOOK = re.compile(r"""\bid:\s*["']?(?:(?P<ruff>ruff-format)|black(?:-jupyter)?)["']?\s*(?:[,}]|$)""")
_ENTRY = re.compile(r"""\bentry:(?:(?!\bentry:).)*?(?:(?P<ruff>\bruff\s+format\b)|\bblack\b)""")
_ACTION = re.compile(r"""\buses:\s*["']?psf/black@|(?P<ruff>\bargs:\s*["']?format\b)""")
# a command with at least one argument: the name alone may be a dependency
_CALL = re.compile(
    r"""(?:^|[\s;&|@"'`(\[{:])(?:(?P<ruff>ruff["']?,?\s+["']?format)|black)["']?(?:,\s*["']|\s+(?=[-./\w${"']))"""
)
_INSTALLS = re.compile(r"\b(?:install|add|require|deps|dependencies|brew|apt|apt-get|name)\b")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def _called(texts: Mapping[str, str], path: str) -> Tool | None:
    """The formatter that a hook runs, or else CI or a task; of several in one file the last has the last word."""
    folders = list(upward(posixpath.dirname(path)))
    for hooks in (True, False):
        for folder in folders:
            found = [
                t
                for p in _callers(texts, folder)
                if (p == _HOOKS) is hooks
                for t in _calls(p, texts[posixpath.join(folder, p)])
            ]
            if found:
                return found[-1]
    return None


def _callers(texts: Mapping[str, str], folder: str) -> Iterator[str]:
    """The files right in a folder that may call a formatter, relative to it."""
    prefix = f"{folder}/" if folder else ""
    for path in sorted(texts):
        name = path.removeprefix(prefix)
        here = path.startswith(prefix) and ("/" not in name or name.startswith((".github/", ".circleci/")))
        if here and matches_glob(name, CALLERS):
            yield name


@cache
def _calls(name: str, text: str) -> tuple[Tool, ...]:
    found = []
    for line in text.splitlines():
        line = _COMMENT.sub("", line)
        if name == _HOOKS:
            match = _HOOK.search(line) or _ENTRY.search(line)
        else:
            match = _ACTION.search(line) or (None if _INSTALLS.search(line) else _CALL.search(line))
        if match:
            found.append(Tool.RUFF if match["ruff"] else Tool.BLACK)
    return tuple(found)


def _configured(texts: Mapping[str, str], path: str) -> Tool | None:
    for folder in upward(posixpath.dirname(path)):
        ruff = [table for _, table in _tables(texts, folder, Tool.RUFF)]
        if any("format" in table for table in ruff):
            return Tool.RUFF
        if any(True for _ in _tables(texts, folder, Tool.BLACK)):
            return Tool.BLACK
        if ruff:
            return Tool.RUFF
    return None


# ---- settings ----------------------------------------------------------------------------------


def settings_of(formatter: Formatter, texts: Mapping[str, str], read: Callable[[str], str | None]) -> str:
    """The text of a pyproject.toml with the settings that shape text, and the Python that the project needs.

    `read` gives further files of the project, for settings that extend others. Raises Refused for a file
    that is not TOML and for one that extends a file which is not in the project.
    """
    path, table = next(iter(_tables(texts, formatter.folder, formatter.tool)), ("", {}))
    if path and _parsed(texts[path]) is None:
        raise Refused(f"{quoted(path)} is not valid TOML")
    if formatter.tool is Tool.RUFF:
        kept = _ruff_settings(path, table, read, ())
    else:
        kept = {key: v for k, v in table.items() if (key := k.replace("--", "").replace("_", "-")) in _BLACK_KEYS}
    whole: dict[str, Any] = {"tool": {formatter.tool.value: kept}}
    if (python := _requires_python(texts, formatter.folder)) is not None:
        whole["project"] = {"name": "project", "version": "0", "requires-python": python}
    return "".join(f"{json.dumps(key)} = {_toml(value)}\n" for key, value in whole.items())


def _ruff_settings(
    path: str, table: Mapping[str, Any], read: Callable[[str], str | None], seen: tuple[str, ...]
) -> dict[str, Any]:
    """What a ruff table says about text, over what it extends."""
    below: dict[str, Any] = {}
    if (extends := table.get("extend")) is not None:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(path), str(extends)))
        text = None if other.startswith(("../", "/", "~")) or "$" in other or other in seen else read(other)
        if text is None:
            raise Refused(f"{quoted(path)} extends {cut(repr(extends))}, which is not a file of the project")
        if len(seen) == LONGEST_CHAIN:
            raise Refused(f"{quoted(path)} extends a chain of more than {LONGEST_CHAIN} files")
        data = _parsed(text)
        if data is None:
            raise Refused(f"{other} is not valid TOML")
        if posixpath.basename(other) == "pyproject.toml":
            data = _get(data, "tool", "ruff")
        below = _ruff_settings(other, data, read, (*seen, path))
    kept = {k: v for k, v in table.items() if k in _RUFF_KEYS}
    shape = {k: v for k, v in _get(table, "format").items() if k in _RUFF_FORMAT_KEYS}
    return below | kept | {"format": _get(below, "format") | shape}


def _tables(texts: Mapping[str, str], folder: str, tool: Tool) -> Iterator[tuple[str, dict[str, Any]]]:
    """The files right in a folder that configure a tool, the one that it prefers first, each with its table.

    One that is not TOML counts, with an empty table.
    """
    if tool is Tool.RUFF:
        for name in (".ruff.toml", "ruff.toml"):
            if (text := texts.get(posixpath.join(folder, name))) is not None:
                yield posixpath.join(folder, name), _parsed(text) or {}
    path = posixpath.join(folder, "pyproject.toml")
    if tool in (text := texts.get(path, "")):
        data = _parsed(text)
        if tool in _get(data or {}, "tool") or (data is None and f"[tool.{tool}" in text):
            yield path, _get(data or {}, "tool", tool)


def _requires_python(texts: Mapping[str, str], folder: str) -> str | None:
    """`requires-python` of the nearest pyproject.toml: both tools read the target from it (PEP 621)."""
    for place in upward(folder):
        if (text := texts.get(posixpath.join(place, "pyproject.toml"))) is not None:
            found = _get(_parsed(text) or {}, "project").get("requires-python")
            return found if isinstance(found, str) else None
    return None


@cache
def _parsed(text: str) -> dict[str, Any] | None:
    """The document, or None for one that is not TOML."""
    try:
        return read_toml(text)
    except ValueError:
        return None


def _get(data: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """The table under some keys, or {}."""
    found: Any = data
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _toml(value: Any) -> str:
    """A value of a settings file as TOML: JSON's strings, numbers, booleans and arrays are TOML's."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, default=str)  # a date is no setting of either tool: let it say so
