"""The Pythons that a file must run on: the nearest `requires-python` decides (PEP 621)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from posixpath import dirname, join

from .documents import read_metadata
from .known import Project, upward

Pythons = tuple[int, int]  # the lowest and the highest minor version of Python 3
ANY: Pythons = (0, 40)

_LOWER = re.compile(r"(?:>=|~=|==|>)\s*(3)\.(\d+)|\^\s*(3)\.(\d+)")

_UPPER = re.compile(r"(?<![\w.])(<=?|==)\s*3\.(\d+)(\.\d+)?|~=\s*3\.(\d+)\.\d")


def lowest_python(project: Project, path: str) -> tuple[int, int] | None:
    """(3, minor) from the nearest pyproject.toml, setup.cfg or setup.py upward; None when none says."""
    specifier = _nearest(project, path)
    return (3, _lowest(specifier)) if specifier else None


def pythons(project: Project, path: str) -> Pythons:
    """The minor versions that a file may run on, the first and the last: `ANY` where nothing says."""
    specifier = _nearest(project, path)
    highest = [_highest(m) for m in _UPPER.finditer(specifier)] if "||" not in specifier else []
    return (_lowest(specifier), max(_lowest(specifier), min(highest, default=ANY[1]))) if specifier else ANY


def _nearest(project: Project, path: str) -> str:
    """The nearest specifier that sets a lowest Python 3; "" when there is none."""
    for folder in upward(dirname(path)):
        for name in ("pyproject.toml", "setup.cfg", "setup.py"):
            text = project.texts.get(join(folder, name))
            if text is not None and (found := _declared(name, text)):
                return found
    return ""


@functools.lru_cache(maxsize=1024)
def _declared(name: str, text: str) -> str:
    data = read_metadata(name, text)
    places = (
        ("project", "requires-python"),
        ("tool", "poetry", "dependencies", "python"),
        ("options", "python_requires"),
    )
    specifier = next((found for keys in places if (found := value_under(data, *keys))), "")
    if name == "setup.py" and (match := re.search(r"python_requires\s*=\s*[\"']([^\"']*)[\"']", text)):
        specifier = match[1]
    return specifier if isinstance(specifier, str) and _LOWER.search(specifier) else ""


def _lowest(specifier: str) -> int:
    return max((int(m[2] or m[4]) for m in _LOWER.finditer(specifier)), default=0)


def _highest(match: re.Match[str]) -> int:
    """The last minor version that one clause allows: 3.11 for `<3.12`, 3.12 for `<3.12.4` and `<=3.12`."""
    if match[4]:
        return int(match[4])
    return int(match[2]) - (match[1] == "<" and not match[3])


def value_under(data: object, *keys: str) -> object:
    """What stands under some keys of a document; None where one is missing or what should hold it is no table."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data
