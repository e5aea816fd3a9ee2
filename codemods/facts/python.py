"""The lowest Python that a file must run on: the nearest `requires-python` decides (PEP 621)."""

from __future__ import annotations

import configparser
import functools
import re
import tomllib
from collections.abc import Mapping

from ..base import Project

_LOWER = re.compile(r"(?:>=|~=|==|>)\s*(3)\.(\d+)|\^\s*(3)\.(\d+)")


def lowest_python(project: Project, path: str) -> tuple[int, int] | None:
    """(3, minor) from the nearest pyproject.toml, setup.cfg or setup.py upward; None when none says."""
    folder = path.rpartition("/")[0]
    while True:
        prefix = f"{folder}/" if folder else ""
        for name in ("pyproject.toml", "setup.cfg", "setup.py"):
            text = project.texts.get(prefix + name)
            if text is not None and (found := _declared(name, text)) is not None:
                return found
        if not folder:
            return None
        folder = folder.rpartition("/")[0]


@functools.lru_cache(maxsize=1024)
def _declared(name: str, text: str) -> tuple[int, int] | None:
    specifier = ""
    if name == "pyproject.toml":
        specifier = _from_toml(text)
    elif name == "setup.cfg":
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read_string(text)
        except configparser.Error:
            return None
        specifier = parser.get("options", "python_requires", fallback="")
    elif match := re.search(r"python_requires\s*=\s*[\"']([^\"']*)[\"']", text):
        specifier = match[1]
    lows = [int(m[2] or m[4]) for m in _LOWER.finditer(specifier)]
    return (3, max(lows)) if lows else None


def _from_toml(text: str) -> str:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return ""
    specifier = _get(data, "project", "requires-python") or _get(data, "tool", "poetry", "dependencies", "python")
    return specifier if isinstance(specifier, str) else ""


def _get(data: object, *keys: str) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data
