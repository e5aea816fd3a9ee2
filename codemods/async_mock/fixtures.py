"""Which fixture of a test file a parameter gets, as facts/suite says it for that file alone.

What the file alone cannot say is asked in the parent, where the whole suite is known: a fixture of a
conftest, of an imported module, of a base class in another file.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property

from ..engine.known import Project
from ..engine.remember import remembered
from ..engine.source import Function, Source, is_function, statements
from ..facts.modules import Modules
from ..facts.suite.collect import Item
from ..facts.suite.resolve import Suite
from ..facts.suite.scan import scan
from ..facts.suite.tests import Test, TestClass
from .value import Sort

_WITHOUT = {"", "object", "abc.ABC", "typing.Protocol", "typing.Generic", "unittest.TestCase"}


@dataclass(frozen=True, slots=True)
class FixtureFacts:
    """What a fixture gives: type paths, the sort of mock, and the children that it sets on it or configures."""

    paths: tuple[str, ...]
    sort: Sort
    children: tuple[str, ...] = ()
    assigned: tuple[tuple[str, tuple[str, ...]], ...] = ()  # an attribute that it assigns, and what that is


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
        names = Modules(Project(paths=(file.path,)))
        self._suite = Suite({file.path: self.facts}, names, names.pytest, (file.path,))
        self._imports = [s for s in file.tree.body if isinstance(s, ast.ImportFrom)]
        functions = (s for s in statements(file.tree.body, inside=True) if is_function(s))
        self._functions = {node.lineno: node for node in functions}
        self._tests = {test.line: test for test in self.facts.tests}

    @property
    def all(self) -> dict[str, Function]:
        """The functions that are fixtures, by qualified name."""
        found = (t for t in self.facts.tests if t.fixture is not None and not t.nested)
        return {t.qualname: self._functions[t.line] for t in found if t.line in self._functions}

    def name(self, function: Function) -> str | None:
        """What a fixture is asked for by; None for a function that is none."""
        test = self._tests.get(function.lineno)
        return test.fixture.name if test is not None and test.fixture is not None else None

    @remembered
    def is_test(self, function: Function) -> bool:
        """Whether pytest may take a function for a test, by its name."""
        return self._suite.config(self.facts.path).is_test_function(function.name)

    @remembered
    def given(self, asker: Function, name: str) -> Given:
        """What a parameter of a test or fixture gets."""
        test = self._tests.get(asker.lineno)
        return self._given(test, name) if test is not None and name in test.params else Given()

    def _given(self, asker: Test, name: str) -> Given:
        if self._parametrized(asker, name):
            return Given()
        functions: dict[Function, None] = {}
        elsewhere: dict[str, None] = {}
        overrides = asker.fixture is not None and asker.fixture.name == name
        of_classes = [t for t in self.facts.tests if t.owner and t.fixture is not None]
        for cls in self._collectors(asker):
            seen_from = (self.facts.path, cls) if cls is not None else None
            found = [t for _, t in self._suite.fixtures.at(self.facts.path, seen_from, name, asker)]
            found = [t for t in found if t.owner or not self._bound_again(name, t.line)]
            found = [t for t in found if t.line in self._functions]
            own = bool(found) and cls is not None and found[0].owner == cls.qualname
            bases = self._suite.mro(*seen_from)[1] if seen_from is not None else []
            unseen = cls is not None and not own and any(base not in _WITHOUT for base in bases)
            if unseen or all(test.when for test in found):
                if overrides and cls is not None and (unseen or of_classes != [asker]):
                    return Given()  # the next one beyond itself, for a class that may change what that gets
                by_class = cls is not None and not overrides
                elsewhere[f"{name}@{cls.qualname.replace('.', '/')}" if cls and by_class else name] = None
            if not unseen:
                functions |= dict.fromkeys(self._functions[test.line] for test in found)
        return Given(tuple(functions), tuple(elsewhere))

    def _parametrized(self, asker: Test, name: str) -> bool:
        """Whether a test that uses a fixture gives a value for what that asks for."""
        return asker.fixture is not None and any(m.may_fill(name) for i in self._users(asker) for m in i.marks)

    def _bound_again(self, name: str, line: int) -> bool:
        """Whether the module imports something of the name, or all names of a module, after a fixture."""
        later = (s for s in self._imports if s.lineno > line)
        return any((alias.asname or alias.name) in (name, "*") for statement in later for alias in statement.names)

    def _users(self, fixture: Test) -> list[Item]:
        """The tests of the file that use a fixture."""
        return self._used.get(id(fixture), [])

    @cached_property
    def _used(self) -> dict[int, list[Item]]:
        """The tests of the file by each fixture that they use."""
        found: dict[int, list[Item]] = {}
        for item in self._suite.items(self.facts.path):
            for each in {id(t) for _, t in self._suite.fixtures.closure(item)}:
                found.setdefault(each, []).append(item)
        return found

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
        return list(dict.fromkeys([*found, *(i.cls[1] for i in self._users(asker) if i.cls is not None)]))
