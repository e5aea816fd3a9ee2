"""Mark the tests that a report shows to be slow, and register the marker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ..engine.codemod import Codemod, Lent, Needles, OptionError, Project, identifier, join, option
from ..engine.edits import add_decorator, decorators, definitions, drop_decorator, used_imports
from ..engine.imports import Imports
from ..engine.source import Definition, Source
from ..engine.values import Change, Edit, Import, Part, Safety, Skip
from ..facts.origins import Libraries
from ..facts.suite.collect import Item, Suite, build
from ..facts.suite.config import configs
from ..facts.suite.reach import wanted
from ..facts.suite.requests import LIBRARIES
from ..facts.suite.scan import scan
from ..facts.suite.tests import TestFile
from .register import register
from .report import Case, Locator, parse

_Where = tuple[str, int]  # file and line of a test's `def`


@dataclass(frozen=True)
class _Todo:
    line: int
    slow: bool
    reason: str


@dataclass(frozen=True)
class _Facts:
    """What is done in each file, what is said for the project, and the configuration that a mark needs."""

    by_path: Mapping[str, tuple[_Todo | Skip, ...]]
    notes: tuple[Skip, ...] = ()
    needs: Mapping[_Where, tuple[str, ...]] | None = None
    registrations: Mapping[str, Edit] | None = None


@dataclass(frozen=True)
class MarkSlow(Codemod):
    """Mark the tests that a report shows to be slow, and register the marker.

    `--report` is a JUnit XML file (`pytest --junit-xml=FILE`), the output of `pytest --durations=0`
    or the file of pytest-json-report. Setup, call and teardown count together. Of a parametrized
    or inherited test one slow case is enough, unless `--all-cases` asks for all.

    The mark becomes the first decorator; above `@staticmethod` and `@classmethod` that needs pytest
    8.4. Where the pytest configuration in force does not know the marker, a line in it is part of
    the run. A test that carries the marker already, itself or through its class or module, is left
    alone. With `--prune`, marks go from tests all of whose cases ran and were fast. A test that the
    report names and nobody finds is reported.

    Safe: a mark changes nothing until `pytest -m "not slow"` asks for it.
    """

    libraries: ClassVar[Libraries] = Libraries(LIBRARIES)
    codes: ClassVar[Mapping[str, str]] = {
        "A80-gone": "the report names a test that is not there any more",
        "A81-ambiguous": "several files may be meant by a name in the report",
        "A82-not-registered": "the marker cannot be added to the pytest configuration",
        "A83-shared-mark": "the mark of a test that became fast cannot be removed alone",
        "A84-name-taken": "the name that the mark needs means something else there",
    }

    report: str = option(help="JUnit XML, output of pytest --durations=0, or pytest-json-report", metavar="PATH")
    threshold: float = option(1.0, help="seconds above which a test is slow", metavar="SECONDS", least=0)
    marker: str = option("slow", help="the marker's name", metavar="NAME")
    all_cases: bool = option(False, help="mark a test only when all of its cases are slow, not when any is")
    prune: bool = option(False, help="remove the mark from tests that became fast")

    def __post_init__(self) -> None:
        identifier("marker", self.marker)

    def needles(self) -> Needles:
        return Needles(edit=("def",), scan=False)  # the report says later which files matter

    def scan(self, file: Source) -> TestFile | None:
        return scan(file)

    def merge(self, parts: Mapping[str, Any], project: Project) -> Project:
        return project

    def prepare(self, services: Lent, files: Mapping[str, bytes], facts: Project) -> _Facts:
        text = services.read_report(self.report)
        try:
            cases = parse(text)
        except ValueError as error:
            accepted = f"a JUnit XML file, pytest --durations=0 output or pytest-json-report is needed ({error})"
            raise OptionError("report", self.report, accepted) from None
        return _Planner(self, facts, files, services).facts(cases)

    def share(self, facts: _Facts, path: str) -> tuple[_Todo | Skip, ...]:
        return facts.by_path.get(path, ())

    def idle(self, facts: _Facts, path: str) -> bool:
        return path not in facts.by_path

    def notes(self, facts: _Facts) -> Iterable[Skip]:
        return facts.notes

    def find(self, file: Source, facts: tuple[_Todo | Skip, ...]) -> Iterator[Part | Skip]:
        yield from (each for each in facts if isinstance(each, Skip))
        todos = {each.line: each for each in facts if isinstance(each, _Todo)}
        if not todos:
            return
        names = Imports(file)
        dotted = f"pytest.mark.{self.marker}"
        for line, node in definitions(file).items():
            if (todo := todos.get(line)) is None:
                continue
            if not todo.slow:
                yield self._prune(file, names, node, todo)
            elif (reference := names.reference(dotted, Import("pytest"), at=node)) is None:
                yield Skip(file.path, node.lineno, "A84-name-taken", "the name `pytest` means something else here")
            else:
                edit = add_decorator(file, node, reference.text)
                yield Part(file.path, node.lineno, todo.reason, (edit,), requires=reference.requires)

    def _prune(self, file: Source, names: Imports, node: Definition, todo: _Todo) -> Part | Skip:
        found = decorators(names, node, f"pytest.mark.{self.marker}")
        edit = drop_decorator(file, found[0]) if len(found) == 1 else None
        if edit is None:
            reason = f"{todo.reason}, but its mark is an alias, or a comment stands beside it"
            return Skip(file.path, node.lineno, "A83-shared-mark", reason)
        return Part(file.path, node.lineno, todo.reason, (edit,), frees=used_imports(names, found[0]))

    def settle(self, parts: Sequence[Part], facts: _Facts) -> Iterator[Change | Skip]:
        """The marks, and one change for each configuration that has to know the marker for them."""
        yield from join(self.name, parts)
        needed = {config for part in parts for config in (facts.needs or {}).get((part.path, part.line), ())}
        for path in sorted(needed):
            edit = (facts.registrations or {})[path]
            reason = f"register the marker {self.marker}"
            part = Part(path, 1, reason, (edit,))
            yield Change(self.name, f"{path}::register {self.marker}", reason, Safety.SAFE, (part,))


class _Planner:
    """Turns the cases of a report into what is to be done; scans only the files that they name."""

    def __init__(self, codemod: MarkSlow, project: Project, files: Mapping[str, bytes], services: Lent) -> None:
        self.codemod = codemod
        self.project = project
        self.files = files
        self.services = services
        self.notes: list[Skip] = []
        self.unregistered: dict[str, set[str]] = {}  # configuration → files that collect the tests
        self.by_path: dict[str, list[_Todo | Skip]] = {}
        self.configs = configs(project)
        self.unreadable: set[str] = set()

    def facts(self, cases: Sequence[Case]) -> _Facts:
        rootdirs = {p: self.configs.for_path(p).rootdir for p in self.project.paths if p.endswith(".py")}
        locator = Locator(rootdirs)
        relevant = []
        for case in cases:
            found = locator.find(case)
            mine = [each for each in found if each[0] in self.files]  # no other may be edited in this run
            if (mine or not found) and self._matters(case, mine):
                relevant.append((case, mine))
        suite = self._suite(path for _, found in relevant for path, _ in found)
        tests: dict[_Where, list[tuple[Case, Item]]] = {}
        for case, found in relevant:
            for item in self._items(suite, case, found):
                tests.setdefault((item.where, item.test.line), []).append((case, item))
        needs: dict[_Where, tuple[str, ...]] = {}
        registrations: dict[str, Edit] = {}
        for where, members in sorted(tests.items()):
            self._decide(suite, where, members, needs, registrations)
        by_path = {path: tuple(found) for path, found in self.by_path.items()}
        notes = dict.fromkeys([*self.notes, *self._not_registered()])
        return _Facts(by_path, tuple(notes), needs, registrations)

    def _is_slow(self, case: Case) -> bool:
        return case.seconds > self.codemod.threshold

    def _matters(self, case: Case, found: list[tuple[str, Case]]) -> bool:
        """Whether a case can lead to anything: it is slow, beside a slow one, or may lose its mark."""
        mark = self.codemod.marker.encode()
        return self._is_slow(case) or any(
            self.codemod.all_cases or (self.codemod.prune and mark in self.files.get(path, b"")) for path, _ in found
        )

    def _suite(self, paths: Iterable[str]) -> Suite:
        """The facts of some files and of those that their tests come from."""
        parts: dict[str, TestFile] = {}
        fresh = set(paths)
        while fresh:
            parts |= self.services.scan({path: self.files[path] for path in sorted(fresh)})
            self.unreadable |= fresh - parts.keys()
            suite = build(parts, self.project)
            fresh = ({*wanted(suite)} & self.files.keys()) - parts.keys() - self.unreadable
        return build(parts, self.project)

    def _items(self, suite: Suite, case: Case, found: list[tuple[str, Case]]) -> Iterator[Item]:
        """The collected test that a case is one of."""
        matches = [
            item
            for path, named in found
            for item in suite.items(path)
            if (*filter(None, item.owner.split(".")), item.test.name) == named.names
        ]
        if not matches:  # pytest collects a file that is named to it, whatever the configuration says
            matches = [
                Item(path, test.owner, path, test, test.marks, "function")
                for path, named in found
                if path in suite.files
                for test in suite.files[path].tests
                if test.qualname == ".".join(named.names) and not test.nested
            ]
        if len({item.path for item in matches}) == 1:
            yield from matches
            return
        if not self._is_slow(case) or self.unreadable.intersection(path for path, _ in found):
            return
        where = found[0][0] if found else case.module if case.module.endswith(".py") else self.codemod.report
        if matches:
            reason = f"{case.label} may be in {' or '.join(sorted({i.path for i in matches}))}"
            self.notes.append(Skip(where, 1, "A81-ambiguous", reason))
        else:
            self.notes.append(Skip(where, 1, "A80-gone", f"{case.label} is in the report and not in the project"))

    def _decide(
        self, suite: Suite, where: _Where, members: list[tuple[Case, Item]],
        needs: dict[_Where, tuple[str, ...]], registrations: dict[str, Edit],
    ) -> None:  # fmt: skip
        path, line = where
        test = members[0][1].test
        seconds = [case.seconds for case, _ in members]
        slow = [self._is_slow(case) for case, _ in members]
        own = any(m.name == self.codemod.marker for m in test.marks)
        marked = own or all(
            any(m.name == self.codemod.marker and m.when is None for m in item.marks) for _, item in members
        )
        if any(slow) and not marked and (all(slow) or not self.codemod.all_cases):
            configurations = tuple(dict.fromkeys(suite.config(item.path).path for _, item in members))
            if all(self._registered(suite, item, registrations) for _, item in members):
                needs[where] = tuple(c for c in configurations if c in registrations)
                reason = f"{test.name} took {max(seconds):.1f} s, more than {self.codemod.threshold:g} s"
                self.by_path.setdefault(path, []).append(_Todo(line, True, reason))
        elif self.codemod.prune and own and not any(slow) and all(case.ran for case, _ in members):
            reason = f"{test.name} took {max(seconds):.1f} s, no more than {self.codemod.threshold:g} s"
            self.by_path.setdefault(path, []).append(_Todo(line, False, reason))

    def _registered(self, suite: Suite, item: Item, registrations: dict[str, Edit]) -> bool:
        """Whether the marker may be used: it is known, gets known in this run, or need not be."""
        config = suite.config(item.path)
        marker = self.codemod.marker
        if config.declares_marker(marker) or config.path in registrations or self._by_hook(item.path):
            return True
        text = self.project.texts.get(config.path, "").removeprefix("\ufeff")
        edit = register(config, text, self._marker_line) if config.path and not config.error else None
        if edit is not None:
            registrations[config.path] = edit
            return True
        self.unregistered.setdefault(config.path, set()).add(item.path)
        return not config.strict_markers

    @property
    def _marker_line(self) -> str:
        return f"{self.codemod.marker}: takes more than {self.codemod.threshold:g} s"

    def _not_registered(self) -> Iterator[Skip]:
        """What is to be registered by hand: said once for each configuration, and once where there is none."""
        for config, paths in sorted(self.unregistered.items()):
            reason = f"add `{self._marker_line}` to the markers of the pytest configuration by hand"
            more = f" (for {len(paths)} files)" if len(paths) > 1 else ""
            yield Skip(config or min(paths), 1, "A82-not-registered", f"{reason}{more}")

    def _by_hook(self, path: str) -> bool:
        """Whether a conftest registers the marker: `config.addinivalue_line("markers", "slow: …")`."""
        pattern = re.compile(rb"""["']markers["']\s*,\s*["']%s\b""" % self.codemod.marker.encode())
        parts = path.split("/")[:-1]
        folders = ["/".join([*parts[:n], "conftest.py"]) for n in range(len(parts) + 1)]
        return any(pattern.search(self.files.get(conftest, b"")) for conftest in folders)
