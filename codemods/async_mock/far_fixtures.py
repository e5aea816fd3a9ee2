"""Which fixture of another file a test gets, as the whole suite says it, and which files must be read for that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..facts.suite.resolve import Suite
from ..facts.suite.tests import Test, TestClass
from .fixtures import FixtureFacts
from .tests import TestFacts

Owner = tuple[str, TestClass] | None


def fixture(suite: Suite, tests: Mapping[str, TestFacts], asked: str, path: str) -> tuple[str, FixtureFacts] | None:
    """(file, facts) of the fixture that a file's tests get where the file alone does not say it: `client`, or
    `client@TestApi` for those of a class. None where none is known, or where the asker changes what that one asks."""
    name, owner = _asker(suite, asked, path)
    found = [f for f in suite.fixtures.at(path, owner, name) if owner is not None or f[0] != path]
    if len(found) != 1 or any(where not in suite.files for where in files(suite, asked, path)):
        return None
    if not _same_requests(suite, found[0], path, owner, set()):
        return None
    where, test = found[0]
    facts = tests[where].fixtures.get(test.qualname)
    return (where, facts) if facts is not None else None


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
