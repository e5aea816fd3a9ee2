"""Fixture names that a plugin defines or requests: a project that renames its own override breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import dirname

from ..facts.suite.plugins import PLUGINS


class Plugins:
    """Which of these names mean a plugin's fixture, and where in the project."""

    def __init__(
        self, names: Iterable[str], texts: Mapping[str, str], evidence: Iterable[str], declared: Iterable[str]
    ) -> None:
        self._names = {n: [p for p, known in PLUGINS.items() if known.means(n)] for n in names}
        wanted = sorted({plugin for plugins in self._names.values() for plugin in plugins})
        self._declared = frozenset(declared)
        self._folders: dict[str, set[str]] = {}  # plugin → folders whose requirements name it
        for path, text in texts.items():
            folder = dirname(path)
            if folder.rpartition("/")[2].startswith("requirements"):
                folder = dirname(folder)
            for plugin in wanted:
                spelled = "[-_]".join(map(re.escape, plugin.split("-")))
                if re.search(rf"(?<![\w-]){spelled}(?![\w-])", text):
                    self._folders.setdefault(plugin, set()).add(folder)
            if "DJANGO_SETTINGS_MODULE" in text:
                self._folders.setdefault("pytest-django", set()).add(folder)
        used = self._folders.setdefault("pytest-django", set())
        used.update(dirname(path) for path in evidence)

    def owner(self, name: str, path: str) -> str:
        """The plugin whose fixture the name is for tests in or below a file's folder; "" for none."""
        if name in self._declared:
            return "a plugin named by --plugin-fixture"
        if "pytest" in self._names[name]:
            return "pytest"
        for plugin in self._names[name]:
            if any(_related(folder, dirname(path)) for folder in self._folders.get(plugin, ())):
                return plugin
        return ""


def _related(a: str, b: str) -> bool:
    return not a or not b or a == b or a.startswith(f"{b}/") or b.startswith(f"{a}/")
