"""What the project says of mocked callables: in the parent, from the facts of all scanned files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..engine.codemod import OptionError
from ..engine.known import Known, Project
from ..engine.python import lowest_python
from ..engine.remember import remembered
from ..engine.values import Skip
from ..facts.exports import Found
from ..facts.modules import Modules
from ..facts.suite.build import build
from ..facts.suite.resolve import Suite
from ..facts.types import computed
from . import fixtures, third_party
from .coroutines import Coroutines
from .fixtures import FixtureFacts
from .tests import TestFacts
from .value import LIBRARIES
from .verdict import Told

WORTH = {"coroutine", "callable", "awaited", "mixed", "untyped"}  # answers that make a file worth a look
_REQUIREMENT = re.compile(r"""(?m)(?:^|["'])[^\S\n]*mock\s*((?:[<>=!~^][^"'\n#;]*)?)(?=["'\n#;]|$)""")


@dataclass
class Facts:
    """What the project says, in the parent."""

    coroutines: Coroutines
    tests: Mapping[str, TestFacts]
    project: Project
    suite: Suite
    backport: str = ""

    @remembered
    def fixture(self, asked: str, path: str) -> tuple[str, FixtureFacts] | None:
        """(file, facts) of a fixture that a test file asks for; see fixtures.py."""
        where, name = fixtures.far(self.suite, asked, path) or ("", "")
        found = self.tests[where].fixtures.get(name) if where else None
        return (where, found) if found is not None else None

    def fixture_paths(self, asked: str, path: str, steps: list[str]) -> tuple[tuple[tuple[str, str], ...], int]:
        """The type paths of what it gives, each with its file; of what it assigned, where that is an attribute of it.
        The number says how many of the steps that is."""
        if (found := self.fixture(asked, path)) is None:
            return (), 0
        where, given = found
        used = next((n for n in range(len(steps), 0, -1) if ".".join(steps[:n]) in given.assigned), 0)
        paths = given.assigned[".".join(steps[:used])] if used else given.paths
        return tuple((each, where) for each in paths), used

    def missing(self) -> set[str]:
        """Files that were not scanned and may say what a mock stands for."""
        for path, test in self.tests.items():
            for query in test.queries:
                if not query.startswith("?"):
                    self.coroutines.probe(query, path)
        self.coroutines.probe_receivers()
        asked = ((name, path) for path, test in self.tests.items() for name in test.requests)
        return {*self.coroutines.missing, *(file for each in asked for file in fixtures.files(self.suite, *each))}

    def callers(self) -> Iterator[str]:
        """The names of mocked coroutine functions, and of plain functions that return what these give, and the words by
        which any name is called: a file that calls one may say nothing of `async`."""
        for path, test in self.tests.items():
            for query in test.mocked:
                answer = self.coroutines.answer(query, path)
                if answer.kind in ("coroutine", "awaited"):
                    yield from (name.rpartition(".")[2] for name in (answer.name, *(r.name for r in answer.relays)))
                    yield from computed.WORDS

    def told(self, path: str) -> Told | None:
        """What `find` gets for a file; None where nothing can come of it."""
        test = self.tests.get(path)
        if test is None:
            return None
        answers = {q: self.coroutines.answer(q, path) for q in test.queries}
        worth = (a.kind in WORTH or (a.kind == "sync" and (a.awaited or test.async_mocks)) for a in answers.values())
        if not (test.awaits or any(worth)):
            return None
        asked = {q: self.coroutines.answer(q, path) for q in test.asked}
        minimum = lowest_python(self.project, path)
        return Told(
            {q: a for q, a in {**asked, **answers}.items() if a.kind != "unknown"},
            {n: found[1] for n in test.requests if (found := self.fixture(n, path)) is not None},
            frozenset(name for other in _others(self, path) for name in self.tests[other].replaced),
            "the project supports Python {}.{}".format(*minimum) if minimum and minimum < (3, 8) else "",
            self.backport,
        )

    def strange(self, paths: Collection[str]) -> Iterator[Skip]:
        """Mock classes that some files have from elsewhere: what they are is not known, so no such mock is looked at."""
        for path in paths:
            for line, dotted in self.tests[path].strange if path in self.tests else ():
                module, _, name = dotted.rpartition(".")
                if any(map(self._may_mock, self.coroutines.exports.find(dotted, path))):
                    reason = f"{name} comes from {module} and may not be that of unittest.mock"
                    yield Skip(path, line, "M28-factory", reason)

    def _may_mock(self, found: Found) -> bool:
        """Whether a class called Mock can be one: nobody sees what it is, or it is a subclass of the library's."""
        if found.kind != "definition":
            return found.kind == "outside"
        cls = self.coroutines.files[found.path].classes.get(found.name)
        return cls is not None and any(base.startswith(LIBRARIES) for base in cls.bases)


def facts_of(
    known: Known, table_name: str, async_decorator: tuple[str, ...], sync_decorator: tuple[str, ...]
) -> Facts:
    """What the project says; `table_name` is the report with more third-party classes. Raises OptionError."""
    tests = {path: test for path, (_, test) in known.facts.items() if test is not None}
    table = third_party.modules(third_party.BUILT_IN)
    if table_name:
        try:
            table = {**table, **third_party.modules(known.reports[table_name])}
        except ValueError as error:
            raise OptionError("third_party_table", table_name, str(error)) from None
    coroutines = Coroutines(
        {path: module for path, (module, _) in known.facts.items()},
        known.project.once(Modules),
        frozenset(path for path, test in tests.items() if test.is_test),
        table,
        async_decorator,
        sync_decorator,
    )
    suite = build({p: t.suite for p, t in tests.items() if t.suite is not None}, known.project)
    facts = Facts(coroutines, tests, known.project, suite, _backport(known.project, known.facts))
    coroutines.fixtures = facts.fixture_paths
    return facts


def _others(facts: Facts, path: str) -> Iterator[str]:
    """Test files whose fixtures, helpers and classes may reach a test file: conftests and what it imports."""
    found = [conftest.path for conftest in facts.suite.conftests(path)]
    module = facts.coroutines.files.get(path)
    for dotted in module.table.sources if module is not None else ():
        found += (facts.coroutines.modules.split(dotted, path) or ())[:1]
    yield from (p for p in dict.fromkeys(found) if p in facts.tests and p != path)


def _backport(project: Project, parts: Mapping[str, Any]) -> str:
    """Why the mock backport cannot be trusted to have AsyncMock; "" where it can."""
    if any("mock.AsyncMock" in module.table.imports.values() for module, _ in parts.values()):
        return ""
    found = [m[1] for text in project.texts.values() for m in _REQUIREMENT.finditer(text)]
    for specifier in found:
        low = re.search(r"(?:>=|~=|==|\^|>)\s*(\d+)", specifier)
        if "<4" not in specifier.replace(" ", "") and (low is None or int(low[1]) >= 4):
            return ""
    return "the project's requirements do not say mock>=4, which has AsyncMock"
