"""Which files import which, as far as their text says: for the order of things to try, never for a verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from codemods.engine.known import upward

from .layout import Layout

_IMPORTS = re.compile(
    r"^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n\\]|\\\n)*)|import[ \t]+((?:[^\n\\]|\\\n)*))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True)
class Graph:
    """The imports between the Python files of a project."""

    layout: Layout
    read: Callable[[Collection[str]], Mapping[str, bytes]]

    @cached_property
    def imports(self) -> Mapping[str, frozenset[str]]:
        """What each file imports; a test file its conftest files as well."""
        paths = [path for path in self.layout.project.paths if path.endswith(".py")]
        known = frozenset(paths)
        found = {}
        for path, data in self.read(paths).items():
            targets = set(self._targets(path, data.decode("utf-8", "replace")))
            if self.layout.is_test(path):
                targets.update(p for folder in upward(dirname(path)) if (p := _in(folder, "conftest.py")) in known)
            found[path] = frozenset(targets - {path})
        return found

    def _targets(self, path: str, text: str) -> Iterator[str]:
        for name in imported(text):
            split = self.layout.modules.split(name, path)
            if split is not None:
                yield split[0]
                for folder in upward(dirname(split[0])):  # its packages are imported first
                    if not self.layout.modules.is_package(folder):
                        break
                    yield f"{folder}/__init__.py"

    @cached_property
    def importers(self) -> Mapping[str, frozenset[str]]:
        """Who imports each file."""
        found: dict[str, set[str]] = {}
        for path, targets in self.imports.items():
            for target in targets:
                found.setdefault(target, set()).add(path)
        return {path: frozenset(sources) for path, sources in found.items()}

    def reaching(self, changed: Iterable[str]) -> set[str]:
        """The files that import one of these, through any number of others, and these themselves."""
        return _closure(changed, self.importers)

    def reached(self, paths: Iterable[str]) -> set[str]:
        """The files that some import, through any number of others, and these themselves."""
        return _closure(paths, self.imports)

    def tests_of(self, changed: Iterable[str]) -> set[str]:
        """The test files whose outcome these files can alter."""
        return {path for path in self.reaching(changed) if self.layout.is_test(path)}

    @cached_property
    def tests(self) -> set[str]:
        """All test files."""
        return {path for path in self.layout.project.paths if path.endswith(".py") and self.layout.is_test(path)}


def imported(text: str) -> Iterator[str]:
    """The dotted names that a text imports, wherever it does; of `from a import b` both `a.b` and `a` are meant."""
    for match in _IMPORTS.finditer(text):
        source, names, plain = match.groups()
        listed = _COMMENT.sub("", names if source else plain).replace("\\\n", " ").strip("() \t\n")
        for part in listed.partition(";")[0].split(","):
            words = part.split()
            if words and source and words[0] == "*":
                yield source
            elif words:
                yield f"{source}{'' if source.endswith('.') else '.'}{words[0]}" if source else words[0]


def _closure(start: Iterable[str], edges: Mapping[str, frozenset[str]]) -> set[str]:
    found = set(start)
    todo = list(found)
    while todo:
        new = edges.get(todo.pop(), frozenset()) - found
        found |= new
        todo += new
    return found


def _in(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
