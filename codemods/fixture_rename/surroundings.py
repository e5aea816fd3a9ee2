"""What stands around a change: files that cannot be read, names built at run time, hooks, helpers in other modules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from posixpath import dirname

from ..engine.known import Project
from ..engine.remember import remembered
from ..facts.suite.collect import Item, chain
from ..facts.suite.nodes import NamePlace, is_conftest
from .groups import Groups, owner_of
from .texts import PARAM
from .values import Draft, Elsewhere, File, Note, Site


class Surroundings:
    """What may ask for OLD, or define it, without being seen to do so."""

    def __init__(self, files: Mapping[str, File], groups: Groups, project: Project) -> None:
        self.files, self.groups, self.project = files, groups, project
        self.suite, self.fixtures, self.old = groups.suite, groups.fixtures, groups.old
        # what asks for OLD on behalf of tests that cannot be told
        self.helpers: list[tuple[str, Site, NamePlace]] = []

    def check(self, group: Draft) -> None:
        """Unreadable files and names built at run time, where the group's definitions are seen."""
        nodes = {k.node for k in group.known}
        for path, unread in self.project.unreadable.items():
            matters = is_conftest(path) or path in self.fixtures.plugins or self.suite.is_test_file(path)
            if matters and self._reaches(nodes, path):
                reason = f"it may define or request {self.old!r}: {unread.reason}"
                group.block(path, unread.line, "F22-unreadable-in-scope", reason)
        reached = {p: f for p, f in self._telling.items() if self._reaches(nodes, p)}
        for path, file in reached.items():
            group.blocks += [(path, note) for note in (*file.blocks, *self._met_elsewhere(path, file))]
            helper = not self.suite.is_test_file(path)
            strings = any(f.loose and (p == path or helper) for p, f in reached.items())
            for line, pattern in file.computed:
                if pattern == PARAM:  # its params are known, those of an indirect parametrize come beside them
                    fits = any(f.handed for f in reached.values())
                else:
                    fits = bool(re.fullmatch(pattern, self.old)) if pattern.replace(".*", "") else strings
                if fits:
                    reason = f"a fixture is asked for by a name built at run time that may be {self.old!r}"
                    group.block(path, line, "F14-dynamic", reason)

    @cached_property
    def _telling(self) -> dict[str, File]:
        return {
            p: f for p, f in self.files.items()
            if f.computed or f.blocks or f.loose or f.handed or f.elsewhere or (f.asking and self._told)
        }  # fmt: skip

    @cached_property
    def _told(self) -> dict[str, frozenset[str]]:
        return {path: file.told for path, file in self.files.items() if file.told}

    def _met_elsewhere(self, path: str, file: File) -> Iterator[Note]:
        """Texts of one module that meet the names of fixtures in another: that is not followed."""
        told = {word for p, words in self._told.items() if p != path for word in words}
        for line, words in file.asking:
            if not told.isdisjoint(words):
                reason = (
                    f"{self.old!r} may be compared here with the names of fixtures, which another module hands in"
                )
                yield line, "F14-dynamic", reason
        for kind, line, name in file.elsewhere:
            code = "F21-introspect" if kind == "decorator" else "F14-dynamic"
            yield from ((line, code, reason) for reason in self._reasons(path, kind, name))

    def _reasons(self, path: str, kind: Elsewhere, name: str) -> Iterator[str]:
        where, inner = self.suite.resolve(name, path) if kind in ("constant", "lent") else ("", "")
        there = self.files.get(where, File())
        if kind == "constant" and inner.partition(".")[0] in there.holds:
            yield f"{name} holds the text {self.old!r}, in another module"
        elif kind == "lent":
            tests = self.suite.files[where].tests if where in self.suite.files else ()
            asking = (t.qualname for t in tests if self.old in t.requests)
            if inner.rpartition(".")[2] in there.takes or inner in asking:
                yield f"{name} is handed over, and asks for {self.old!r} by its parameter"
        elif kind == "held":
            for other in dict.fromkeys(p for p, _ in self.suite.exports.takers(path, name) if p != path):
                yield f"{other} may read {name}, which holds the text {self.old!r}"
        elif kind == "decorator" and self._decorates(path, name):
            yield f"{name}() looks {self.old!r} up among the arguments of tests"

    def _decorates(self, path: str, name: str) -> bool:
        """Whether a function decorates a test or fixture that takes OLD."""
        taking = (
            (p, d) for p, f in self.suite.files.items() for t in f.tests if self.old in t.params for d in t.decorators
        )
        return any(self.suite.resolve(dotted, where) == (path, name) for where, dotted in taking)

    def _reaches(self, nodes: Collection[str], path: str) -> bool:
        """Whether one of the nodes is seen from a file, or what the file defines is seen from a node."""
        home = self.fixtures.home(path)
        above = chain(home)
        if any(n in above or home in chain(n) or n.startswith(f"{path}::") or not n for n in nodes):
            return True
        folder = dirname(path)
        return not self.suite.is_test_file(path) and any(
            not folder or n.startswith(f"{folder}/") or not self.fixtures.importers(path).isdisjoint(self._seeing(n))
            for n in nodes
        )

    @remembered
    def _seeing(self, node: str) -> frozenset[str]:
        """The scanned files that see a node, or define what stands there."""
        return frozenset(p for p in self.suite.files if node in chain(p) or node.startswith(f"{p}::"))

    def helps(self, root: NamePlace, item: Item) -> bool:
        """Whether a helper, hook, lazy fixture or mark that is not followed may ask for OLD on behalf of the test."""
        test = owner_of(item.where, item.test)
        for path, site, binding in self.helpers:
            if self.groups.find(binding) != root:
                continue
            owner = (path, site.owner)
            if owner in self.groups.collected:
                asks = owner == test
            else:
                asks = not self.suite.is_test_file(path) or item.path in {path, *self.fixtures.importing([path])}
            if asks:
                return True
        return False
