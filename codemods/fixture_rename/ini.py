"""Find OLD in a pytest configuration file: in `usefixtures`, and in settings that a hook may read."""

from __future__ import annotations

import re

from ..engine.source import Source
from .texts import Site

_SECTION = re.compile(r"^[ \t]*\[++[ \t]*+([^\]\r\n]*[^\]\s])[ \t]*\]+", re.M)
_KEY = re.compile(r"^(?:usefixtures)[ \t]*[=:]", re.M)
_SETTING = re.compile(r"^([\w.-]+)[ \t]*[=:]", re.M)
_OF_PYTEST = frozenset(
    [
        "addopts",
        "usefixtures",
        "markers",
        "testpaths",
        "norecursedirs",
        "filterwarnings",
        "python_files",
        "python_classes",
        "python_functions",
        "pythonpath",
        "minversion",
        "required_plugins",
        "xfail_strict",
        "asyncio_mode",
    ]
)
_SECTIONS = ("pytest", "tool:pytest", "tool.pytest.ini_options", "tool.pytest")


def find_ini(file: Source, old: str, new: str) -> tuple[Site, ...]:
    """The places of OLD in `usefixtures`: one site per file at most."""
    text = file.text
    edits: list[tuple[int, int, str]] = []
    for key in _KEY.finditer(text):
        heads = list(_SECTION.finditer(text, 0, key.start()))
        if not heads or heads[-1][1].strip() not in _SECTIONS:
            continue
        end = _toml_end(text, key.end()) if file.path.endswith(".toml") else _ini_end(text, key.end())
        for word in re.compile(rf"(?<![\w.#-]){re.escape(old)}(?![\w.-])").finditer(text, key.end(), end):
            line_start = text.rfind("\n", 0, word.start()) + 1
            if "#" not in text[max(line_start, key.end()) : word.start()]:
                edits.append((word.start(), word.end(), new))
    if not edits:
        return ()
    return (Site("text", "ini", file.line_of(edits[0][0]), tuple(edits)),)


def find_settings(file: Source, old: str) -> tuple[int, ...]:
    """The lines on which a setting that pytest itself does not have holds the word OLD: a hook may read it."""
    found = []
    for word in re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w.-])").finditer(file.text):
        heads = list(_SECTION.finditer(file.text, 0, word.start()))
        keys = list(_SETTING.finditer(file.text, heads[-1].end() if heads else 0, word.start()))
        if heads and heads[-1][1].strip() in _SECTIONS and keys and keys[-1][1] not in _OF_PYTEST:
            found.append(file.line_of(word.start()))
    return tuple(found)


def _ini_end(text: str, start: int) -> int:
    """A value goes on over indented lines."""
    match = re.compile(r"[^\r\n]*(?:(?:\r\n|\r|\n)(?:[ \t]+[^\r\n]*|(?=\r|\n)))*").match(text, start)
    return match.end() if match else start


def _toml_end(text: str, start: int) -> int:
    rest = text[start:].lstrip(" \t")
    begin = len(text) - len(rest)
    if rest.startswith("["):
        close = text.find("]", begin)
        return close if close >= 0 else len(text)
    line = re.compile(r"\r|\n").search(text, begin)
    return line.start() if line else len(text)
