"""What stands around a change: files that cannot be read, names built at run time, hooks, helpers in other modules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from posixpath import dirname

from ..engine.known import Project
from ..facts.suite.collect import Item, chain
from ..facts.suite.nodes import NamePlace, is_conftest
from .changes import Draft
from .groups import Groups, Owner
from .locate import File
from .texts import PARAM, Note, Site


class Surroundings:
    """What may ask for OLD, or define it, without being seen to do so."""

    def __init__(self, files: Mapping[str, File], groups: Groups, project: Project) -> None:
        self.files, self.groups, self.project = files, groups, project
        self.suite, self.fixtures, self.old = groups.suite, groups.fixtures, groups.old
        self._seen: dict[str, frozenset[str]] = {}
        self.helpers: list[
            tuple[str, Site, NamePlace]
        ] = []  # what asks for OLD on behalf of tests that cannot be told

    def check(self, group: Draft) -> None:
        """Unreadable files and names built at run time, where the group's definitions are seen."""
        nodes = {k.node for k in group.known}
        for path, unread in self.project.unreadable.items():
            if self._reaches(nodes, path) and (
                is_conftest(path) or path in self.fixtures.plugins or self.suite.is_test_file(path)
            ):
                reason = f"it may define or request {self.old!r}: {unread.reason}"
                group.block(path, unread.line, "F22-unreadable-in-scope", reason)
        reached = {p: f for p, f in self._telling.items() if self._reaches(nodes, p)}
        for path, file in reached.items():
            for line, why in file.made:
                group.block(path, line, "F14-dynamic", why)
            for line, code, why in (*file.hooks, *self._met_elsewhere(path, file)):
                group.block(path, line, code, why)
            for line, decorator in file.wraps:
                if self._decorates(path, decorator):
                    reason = f"{decorator}() looks {self.old!r} up among the arguments of tests"
                    group.block(path, line, "F21-introspect", reason)
            helper = not self.suite.is_test_file(path)
            strings = [p for p, f in reached.items() if f.loose and (p == path or helper)]
            for line, pattern in file.computed:
                literal = pattern.replace(".*", "")
                fits = re.fullmatch(pattern, self.old) if literal else bool(strings)
                if pattern == PARAM:  # its params are known, those of an indirect parametrize come beside them
                    fits = any(f.handed for f in reached.values())
                if fits:
                    group.block(
                        path,
                        line,
                        "F14-dynamic",
                        f"a fixture is asked for by a name built at run time that may be {self.old!r}",
                    )

    @cached_property
    def _telling(self) -> dict[str, File]:
        return {
            p: f for p, f in self.files.items()
            if f.computed or f.made or f.loose or f.handed or f.hooks or f.foreign or f.held or f.lent or f.wraps or (f.asking and self._told)
        }  # fmt: skip

    @cached_property
    def _told(self) -> dict[str, frozenset[str]]:
        return {path: file.told for path, file in self.files.items() if file.told}

    def _decorates(self, path: str, name: str) -> bool:
        """Whether a function decorates a test or fixture that takes OLD."""
        for where, module in self.suite.files.items():
            taking = {d for t in module.tests if self.old in t.params for d in t.decorators}
            if any(self.suite.resolve(d, where) == (path, name) for d in taking):
                return True
        return False

    def _met_elsewhere(self, path: str, file: File) -> Iterator[Note]:
        """Texts of one module that meet the names of fixtures in another: that is not followed."""
        told = {word for p, words in self._told.items() if p != path for word in words}
        for line, words in file.asking:
            if told & {*words}:
                reason = (
                    f"{self.old!r} may be compared here with the names of fixtures, which another module hands in"
                )
                yield line, "F14-dynamic", reason
        for line, dotted in file.foreign:
            where, name = self.suite.resolve(dotted, path)
            if where in self.files and name.partition(".")[0] in self.files[where].holds:
                yield line, "F14-dynamic", f"{dotted} holds the text {self.old!r}, in another module"
        for line, dotted in file.lent:
            where, name = self.suite.resolve(dotted, path)
            found = self.suite.files[where].tests if where in self.suite.files else ()
            plain = where in self.files and name.rpartition(".")[2] in self.files[where].takes
            if plain or any(self.old in t.requests for t in found if name == t.qualname):
                yield line, "F14-dynamic", f"{dotted} is handed over, and asks for {self.old!r} by its parameter"
        for line, name in file.held:
            for other in dict.fromkeys(file for file, _ in self.suite.exports.takers(path, name) if file != path):
                yield line, "F14-dynamic", f"{other} may read {name}, which holds the text {self.old!r}"

    def _reaches(self, nodes: Iterable[str], path: str) -> bool:
        """Whether one of the nodes is seen from a file, or what the file defines is seen from a node."""
        home = self.fixtures.home(path)
        nodes_above = self.groups.above(home) if home != path else chain(path)
        return any(
            node in nodes_above or home in self.groups.above(node) or node.startswith(f"{path}::") or not node
            or (not self.suite.is_test_file(path) and (not dirname(path) or node.startswith(f"{dirname(path)}/")))
            or (not self.suite.is_test_file(path) and not self.fixtures.importers(path).isdisjoint(self._seeing(node)))
            for node in nodes
        )  # fmt: skip

    def _seeing(self, node: str) -> frozenset[str]:
        """The scanned files that see a node, or define what stands there."""
        if node not in self._seen:
            found = (p for p in self.suite.files if node in chain(p) or node.startswith(f"{p}::"))
            self._seen[node] = frozenset(found)
        return self._seen[node]

    def helps(self, root: NamePlace, item: Item) -> bool:
        """Whether a helper, hook, lazy fixture or mark that is not followed may ask for OLD on behalf of the test."""
        for path, site, binding in self.helpers:
            if self.groups.find(binding) != root:
                continue
            if (path, site.owner) in self._tests:
                if (item.where, f"f{item.test.line}") == (path, site.owner):
                    return True
            elif not self.suite.is_test_file(path) or path in (item.path, *self._imported(item.path)):
                return True
        return False

    @cached_property
    def _tests(self) -> set[Owner]:
        return {(i.where, f"f{i.test.line}") for i in self.groups.items}

    def _imported(self, path: str) -> Iterator[str]:
        module = self.suite.files[path]
        for name in (*module.stars, *module.imports.values()):
            found = self.suite.modules.split(name, path)
            if found:
                yield found[0]
