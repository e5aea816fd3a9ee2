"""Which test plugins a project asks for, from its requirement, lock and build files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from posixpath import basename, dirname

from ...engine.conditions import Condition, decide
from ...engine.known import Project
from ...engine.python import pythons
from .plugins import PLUGINS

_OTHERS = "|".join(re.escape(p).replace(r"\-", "[-_.]") for p in PLUGINS if not p.startswith("pytest"))
_PLUGIN = re.compile(rf"(?i)\b(pytest[-_.]\w+(?:[-_.]\w+)*|trio|asynctest|django|{_OTHERS})\b")
# a whole requirement: at the start of a line, of a string or of a list's item, and nothing but a version after it
_REQUIREMENT = re.compile(
    r"""(?im)(?:^[ \t]*(?:-[ \t]+)?["']?|["'][ \t]*|[\[,(][ \t]*)(pytest[-_](?!plugins\b)\w+(?:[-_]\w+)*)"""
    r"""(?:\[[^\]\n]*\])?[ \t]*(?=$|[\r<>=~!;@,"'\])#])"""
)
_OWN_NAME = re.compile(r"""(?im)\bname["']?\s*[=:]\s*["']?(pytest[-_.][\w.-]+)""")
_REQUIRES = re.compile(r"""(?im)(?:^[^\S\n]*["']?|[\[,(]\s*["'])pytest(?:\[[^\]]*\])?\s*(?:$|[<>=~!;,"'\])])""")
# a requirement with an environment marker that asks for the Python version and for nothing else
_FOR_PYTHON = re.compile(
    r"""(?m)(?<![^\n;"'])[^\n;"']++;[ \t]*\(?[ \t]*python_version[ \t]*(<=?|>=?|==|!=)[ \t]*(["'])3\.(\d+)\2[ \t]*\)?[ \t]*(?=$|["'\r#])"""
)
_COMMENT = re.compile(r"(?m)(?:^|\s)#.*$")
_OF_LINTERS = (".flake8", ".pylintrc", "pylintrc")  # their plugins and options are called pytest-something, too
_PYTEST_ONLY = ("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "tox.ini")


def requirement_texts(project: Project) -> Mapping[str, str]:
    """The project's texts without comments and the requirements that are for none of its Pythons."""

    def kept(path: str, match: re.Match[str]) -> str:
        asked = Condition("version", (), match[0], match[1], (None, 2), (3, int(match[3])))
        return "" if decide(asked, pythons(project, path)) is False else match[0]

    found = {}
    for path, text in project.texts.items():
        if basename(path) in _OF_LINTERS:
            continue
        text = _FOR_PYTHON.sub(partial(kept, path), text) if "python_version" in text else text
        found[path] = text if path.endswith((".py", ".lock", ".json")) else _COMMENT.sub("", text)
    return found


def mentioned(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The normalised names of all plugins that some text names, each with the folders that it is for:
    those of the texts, or what is around a folder of requirements."""
    found: dict[str, set[str]] = {}
    for path, text in texts.items():
        folder = dirname(path)
        folder = dirname(folder) if basename(folder).startswith("requirements") else folder
        names = {_normal(match[1]) for match in _PLUGIN.finditer(text)}
        names |= {"pytest-django"} if "DJANGO_SETTINGS_MODULE" in text else set()
        for name in names:
            found.setdefault(name, set()).add(folder)
    return {name: frozenset(folders) for name, folders in found.items()}


def unknown(texts: Mapping[str, str]) -> frozenset[str]:
    """The normalised names of the required plugins for pytest whose fixtures nobody knows, the project itself left out."""
    found: set[str] = set()
    named: set[str] = set()
    for path, text in texts.items():
        if path.endswith((".toml", ".cfg", ".py")) and (own := _OWN_NAME.search(text)):
            named.add(_normal(own[1]))
        found |= {_normal(match[1]) for match in _REQUIREMENT.finditer(text)}
    return frozenset(found - named - PLUGINS.keys())


def lists_pytest(texts: Mapping[str, str]) -> bool:
    """Whether some requirement is pytest itself: then its plugins would be listed, too."""
    return any(_REQUIRES.search(text) for path, text in texts.items() if basename(path) not in _PYTEST_ONLY)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
