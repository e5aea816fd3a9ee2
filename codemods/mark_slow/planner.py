"""What becomes of the tests that a report names: marks, and the marker in the configuration that needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..engine.codemod import OptionError
from ..engine.known import Decisions, Known, Project, upward
from ..engine.values import Edit, Skip
from ..facts.modules import Modules
from ..facts.suite.build import build
from ..facts.suite.collect import Item
from ..facts.suite.reach import wanted
from ..facts.suite.resolve import Suite
from ..facts.suite.tests import TestFile
from .register import register
from .report import Case, Locator, parse

_Where = tuple[str, int]  # file and line of a test's `def`


@dataclass(frozen=True, kw_only=True)
class Options:
    """The codemod's options that matter once the report is there."""

    report: str
    threshold: float  # seconds
    marker: str
    all_cases: bool
    prune: bool


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """What one file says: its tests, and the markers that a hook in it registers."""

    tests: TestFile | None
    registers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Todo:
    """A mark that a test gets, or loses."""

    line: int
    slow: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Planned(Decisions):
    """And the configurations that must know the marker, by the tests that need them there."""

    needs: Mapping[_Where, tuple[str, ...]] = field(default_factory=dict)
    registrations: Mapping[str, Edit] = field(default_factory=dict)


def _cases(project: Project, text: str, name: str) -> list[tuple[Case, list[tuple[str, Case]]]]:
    """Each case of a report with the files that it may be in. Raises OptionError."""
    try:
        cases = parse(text)
    except ValueError as error:
        accepted = f"a JUnit XML file, pytest --durations=0 output or pytest-json-report is needed ({error})"
        raise OptionError("report", name, accepted) from None
    configs = project.once(Modules).pytest
    locator = Locator({p: configs.for_path(p).rootdir for p in project.paths if p.endswith(".py")})
    return [(case, locator.find(case)) for case in cases]


class Planner:
    """Turns the cases of a report into what is to be done."""

    def __init__(self, known: Known, options: Options) -> None:
        self.known = known
        self.options = options
        self.project = known.project
        cases = known.project.once(_cases, known.reports[options.report], options.report)
        matter = options.all_cases or options.prune  # then a fast one may decide, too
        self.cases = [(case, found) for case, found in cases if matter or self._is_slow(case)]
        self.notes: list[Skip] = []
        self.unregistered: dict[str, set[str]] = {}  # configuration → files that collect the tests
        self.by_path: dict[str, list[Todo | Skip]] = {}
        self.needs: dict[_Where, tuple[str, ...]] = {}
        self.registrations: dict[str, Edit] = {}

    @cached_property
    def suite(self) -> Suite:
        """The tests of the files that are scanned already."""
        return build({p: f.tests for p, f in self.known.facts.items() if f.tests is not None}, self.project)

    def wanted(self) -> Iterator[str]:
        """The files that the cases may be in, those that their tests come from, and the conftests above them."""
        named = {path for _, found in self.cases for path, _ in found}
        yield from named
        yield from (
            f"{folder}/conftest.py".lstrip("/") for path in named for folder in upward(path.rpartition("/")[0])
        )
        yield from wanted(self.suite)

    def decisions(self, targets: Collection[str]) -> Planned:
        """What is done in files that may be edited."""
        tests: dict[_Where, list[tuple[Case, Item]]] = {}
        for case, found in self.cases:
            mine = [each for each in found if each[0] in targets]
            for item in self._items(case, mine) if mine or not found else ():
                tests.setdefault((item.where, item.test.line), []).append((case, item))
        for where, members in sorted(tests.items()):
            self._decide(where, members)
        skips = tuple(dict.fromkeys([*self.notes, *self._not_registered()]))
        return Planned.sorted_out(self.by_path, skips, needs=self.needs, registrations=self.registrations)

    def _is_slow(self, case: Case) -> bool:
        return case.seconds > self.options.threshold

    def _items(self, case: Case, found: list[tuple[str, Case]]) -> Iterator[Item]:
        """The collected test that a case is one of."""
        matches = [
            item
            for path, named in found
            for item in self.suite.items(path)
            if (*filter(None, item.owner.split(".")), item.test.name) == named.names
        ]
        if not matches:  # pytest collects a file that is named to it, whatever the configuration says
            matches = [
                Item(path, test.owner, path, test, test.marks, "function")
                for path, named in found
                if path in self.suite.files
                for test in self.suite.files[path].tests
                if test.qualname == ".".join(named.names) and not test.nested
            ]
        if len({item.path for item in matches}) == 1:
            yield from matches
            return
        if not self._is_slow(case) or any(path not in self.suite.files for path, _ in found):
            return
        where = found[0][0] if found else case.module if case.module.endswith(".py") else self.options.report
        if matches:
            reason = f"{case.label} may be in {' or '.join(sorted({i.path for i in matches}))}"
            self.notes.append(Skip(where, 1, "A81-ambiguous", reason))
        else:
            self.notes.append(Skip(where, 1, "A80-gone", f"{case.label} is in the report and not in the project"))

    def _decide(self, where: _Where, members: list[tuple[Case, Item]]) -> None:
        path, line = where
        test = members[0][1].test
        seconds = [case.seconds for case, _ in members]
        slow = [self._is_slow(case) for case, _ in members]
        own = any(m.name == self.options.marker for m in test.marks)
        marked = own or all(
            any(m.name == self.options.marker and m.when is None for m in item.marks) for _, item in members
        )
        if any(slow) and not marked and (all(slow) or not self.options.all_cases):
            configurations = tuple(dict.fromkeys(self.suite.config(item.path).path for _, item in members))
            if all(self._registered(item) for _, item in members):
                self.needs[where] = tuple(c for c in configurations if c in self.registrations)
                reason = f"{test.name} took {max(seconds):.1f} s, more than {self.options.threshold:g} s"
                self.by_path.setdefault(path, []).append(Todo(line, True, reason))
        elif self.options.prune and own and not any(slow) and all(case.ran for case, _ in members):
            reason = f"{test.name} took {max(seconds):.1f} s, no more than {self.options.threshold:g} s"
            self.by_path.setdefault(path, []).append(Todo(line, False, reason))

    def _registered(self, item: Item) -> bool:
        """Whether the marker may be used: it is known, gets known in this run, or need not be."""
        config = self.suite.config(item.path)
        marker = self.options.marker
        if config.declares_marker(marker) or config.path in self.registrations or self._by_hook(item.path):
            return True
        text = self.project.texts.get(config.path, "").removeprefix("\ufeff")
        edit = register(config, text, self._marker_line) if config.path and not config.error else None
        if edit is not None:
            self.registrations[config.path] = edit
            return True
        self.unregistered.setdefault(config.path, set()).add(item.path)
        return not config.strict_markers

    @property
    def _marker_line(self) -> str:
        return f"{self.options.marker}: takes more than {self.options.threshold:g} s"

    def _not_registered(self) -> Iterator[Skip]:
        """What is to be registered by hand: said once for each configuration, and once where there is none."""
        for config, paths in sorted(self.unregistered.items()):
            reason = f"add `{self._marker_line}` to the markers of the pytest configuration by hand"
            more = f" (for {len(paths)} files)" if len(paths) > 1 else ""
            yield Skip(config or min(paths), 1, "A82-not-registered", f"{reason}{more}")

    def _by_hook(self, path: str) -> bool:
        """Whether a conftest registers the marker: `config.addinivalue_line("markers", "slow: …")`."""
        conftests = (f"{folder}/conftest.py".lstrip("/") for folder in upward(path.rpartition("/")[0]))
        found = (self.known.facts.get(conftest) for conftest in conftests)
        return any(scanned is not None and self.options.marker in scanned.registers for scanned in found)
