"""Which fixture a parameter of a test gets, as facts/suite says it: for its file alone, and over the whole suite.

What the file alone cannot say is asked in the parent, where the whole suite is known: a fixture of a
conftest, of an imported module, of a base class in another file; and which files must be read for that.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..engine.grouping import grouped
from ..engine.known import Project
from ..engine.remember import remembered
from ..engine.source import Function, Source, is_function, statements
from ..facts.modules import Modules
from ..facts.suite.collect import Item
from ..facts.suite.resolve import Suite
from ..facts.suite.scan import scan
from ..facts.suite.tests import Test, TestClass
from .value import Sort

Owner = tuple[str, TestClass] | None
_WITHOUT = {"", "object", "abc.ABC", "typing.Protocol", "typing.Generic", "unittest.TestCase"}


@dataclass(frozen=True, slots=True)
class FixtureFacts:
    """What a fixture gives: type paths, the sort of mock, and the children that it sets on it or configures."""

    paths: tuple[str, ...]
    sort: Sort
    children: tuple[str, ...] = ()
    assigned: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # an attribute that it assigns, and what that is


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
        self._suite = Suite({file.path: self.facts}, Modules(Project(paths=(file.path,))))
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
        return asker.fixture is not None and any(
            m.may_fill(name) for i in self._used.get(id(asker), ()) for m in i.marks
        )

    def _bound_again(self, name: str, line: int) -> bool:
        """Whether the module imports something of the name, or all names of a module, after a fixture."""
        later = (s for s in self._imports if s.lineno > line)
        return any((alias.asname or alias.name) in (name, "*") for statement in later for alias in statement.names)

    @cached_property
    def _used(self) -> dict[int, list[Item]]:
        """The tests of the file by each fixture that they use."""
        items = self._suite.items(self.facts.path)
        return grouped((each, i) for i in items for each in {id(t) for _, t in self._suite.fixtures.closure(i)})

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
        return list(dict.fromkeys([*found, *(i.cls[1] for i in self._used.get(id(asker), ()) if i.cls is not None)]))


# ---- over the whole suite ----------------------------------------------------------------------


def far(suite: Suite, asked: str, path: str) -> tuple[str, str] | None:
    """(file, qualified name) of the fixture that a file's tests get where the file alone does not say it: `client`, or
    `client@TestApi` for those of a class. None where none is known, or where the asker changes what that one asks."""
    name, owner = _asker(suite, asked, path)
    found = [f for f in suite.fixtures.at(path, owner, name) if owner is not None or f[0] != path]
    if len(found) != 1 or any(where not in suite.files for where in files(suite, asked, path)):
        return None
    return (found[0][0], found[0][1].qualname) if _same_requests(suite, found[0], path, owner, set()) else None


def _asker(suite: Suite, asked: str, path: str) -> tuple[str, Owner]:
    name, _, owner = asked.partition("@")
    cls = suite.cls(path, owner.replace("/", ".")) if owner else None
    return name, (path, cls) if cls is not None else None


def files(suite: Suite, asked: str, path: str) -> Iterator[str]:
    """The files that may give the fixture: those of the class's bases, and those that its name is imported from."""
    name, owner = _asker(suite, asked, path)
    for where, each in suite.mro(*owner)[0] if owner is not None else ():
        yield from filter(None, (suite.resolve(base, where)[0] for base in each.bases if base))
    for file in filter(None, (suite.files.get(path), *suite.conftests(path))):
        if name in file.imports and (where := suite.resolve(file.imports[name], file.path)[0]):
            yield where
        yield from filter(None, (suite.module(star, file.path) for star in file.stars))


def _same_requests(
    suite: Suite, found: tuple[str, Test], path: str, owner: Owner, seen: set[tuple[str, Test]]
) -> bool:
    """Whether a fixture gets for a test of that file what its own file gives it."""
    if found in seen:
        return True
    seen.add(found)
    where, test = found
    home = suite.cls(where, test.owner) if test.owner else None
    marks = [mark for item in suite.items(path) for mark in item.marks]
    for name in test.params:
        there = suite.fixtures.at(where, (where, home) if home is not None else None, name, test)
        if suite.fixtures.at(path, owner, name, test) != there or any(mark.may_fill(name) for mark in marks):
            return False
        if not all(_same_requests(suite, each, path, owner, seen) for each in there):
            return False
    return True
