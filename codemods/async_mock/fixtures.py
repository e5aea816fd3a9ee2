"""Which fixture of a test file a parameter gets, as `facts/suite.py` says it for that file alone.

What the file alone cannot say is asked in the parent, where the whole suite is known: a fixture of a
conftest, of an imported module, of a base class in another file.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..base import Project
from ..facts.modules import Modules
from ..facts.suite import Suite
from ..facts.suite_scan import scan
from ..facts.tests import Test, TestClass
from ..source import Function, Source, is_function

_WITHOUT = {"", "object", "abc.ABC", "typing.Protocol", "typing.Generic", "unittest.TestCase"}


@dataclass(frozen=True, slots=True)
class FixtureFacts:
    """What a fixture gives: type paths, the sort of mock, and the children that it sets on it."""

    paths: tuple[str, ...]
    sort: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """What one parameter may get: fixtures of this file, and what must be asked elsewhere: `client`, or
    `client@TestApi` for a test of that class."""

    functions: tuple[Function, ...] = ()
    elsewhere: tuple[str, ...] = ()


class FileFixtures:
    """The fixtures of one file."""

    def __init__(self, file: Source) -> None:
        self.facts = scan(file)
        names = Modules(Project((file.path,)))
        self._suite = Suite({file.path: self.facts}, names, names.pytest, (file.path,))
        self._functions = {node.lineno: node for node in file.parents if is_function(node)}
        self._tests = {test.line: test for test in self.facts.tests}
        self._known: dict[tuple[Function, str], Given] = {}

    @property
    def all(self) -> dict[str, Function]:
        """The functions that are fixtures, by qualified name."""
        found = (t for t in self.facts.tests if t.fixture is not None and not t.nested)
        return {t.qualname: self._functions[t.line] for t in found}

    def given(self, asker: Function, name: str) -> Given:
        """What a parameter of a test or fixture gets."""
        if (asker, name) not in self._known:
            test = self._tests.get(asker.lineno)
            asks = test is not None and name in test.params
            self._known[asker, name] = self._given(test, name) if test is not None and asks else Given()
        return self._known[asker, name]

    def _given(self, asker: Test, name: str) -> Given:
        functions: dict[Function, None] = {}
        elsewhere: dict[str, None] = {}
        for cls in self._collectors(asker):
            seen_from = (self.facts.path, cls) if cls is not None else None
            found = [t for _, t in self._suite.fixtures.at(self.facts.path, seen_from, name, asker)]
            own = bool(found) and cls is not None and found[0].owner == cls.qualname
            bases = self._suite.mro(*seen_from)[1] if seen_from is not None else []
            if cls is not None and not own and any(base not in _WITHOUT for base in bases):
                if asker.fixture is not None and asker.fixture.name == name:
                    return Given()  # the next one beyond itself, and a base that is not seen here
                elsewhere[f"{name}@{cls.qualname.replace('.', '/')}"] = None
                continue
            functions |= dict.fromkeys(self._functions[test.line] for test in found)
            if not found or all(test.when for test in found):
                elsewhere[name] = None
        return Given(tuple(functions), tuple(elsewhere))

    def _collectors(self, asker: Test) -> list[TestClass | None]:
        """The classes for whose tests the asker runs; None for those of the module."""
        path, classes = self.facts.path, self.facts.classes
        owner = self._suite.cls(path, asker.owner) if asker.owner else None
        below = (c for c in classes if owner is not None and c is not owner)
        heirs = [c for c in below if owner in [each for _, each in self._suite.mro(path, c)[0]]]
        collected = owner is not None and not self._suite.not_collected(path, path, owner)
        found: list[TestClass | None] = [*heirs]
        if owner is None or collected or not heirs:
            found.insert(0, owner)
        if asker.fixture is None:
            return found
        # a fixture asks for the one that its test would get
        users = (i for i in self._suite.items(path) if any(t is asker for _, t in self._suite.fixtures.closure(i)))
        return list(dict.fromkeys([*found, *(i.cls[1] for i in users if i.cls is not None)]))
