"""Which further files must be read, now that some are: plugins, base classes, imported fixtures, captured tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from ..engine.known import Known, Wants
from ..facts.suite.collect import chain
from ..facts.suite.nodes import is_conftest
from ..facts.suite.reach import wanted
from ..facts.suite.resolve import Suite
from ..facts.suite.tests import Mark
from .plan import suite_of
from .values import File


def wants(known: Known, old: str, new: str) -> Wants:
    """Paths whose facts can still matter, and words by which other files may hold tests that ask for one of the names."""
    suite = known.once(suite_of)
    paths = {*wanted(suite, lambda test: True), *_endangered(suite, known.facts, old, new)} - {""}
    return Wants(paths=paths, words=_words(suite, known.facts, old, new))


def _words(suite: Suite, files: Mapping[str, File], old: str, new: str) -> set[str]:
    """Words for what tests elsewhere may have from here: a base class, a test, a mark."""
    asking = {(path, name) for path in suite.files for name in _asking(suite, path, {old, new})}
    found = {(path, name.partition(".")[0]) for path, name in asking | _heirs(suite, {old, new})}
    found |= {(path, name) for path, file in files.items() for kind, _, name in file.elsewhere if kind == "held"}
    words = {name for _, name in found}
    for path, file in suite.files.items():
        imports = {local: dotted for local, dotted in file.imports.items() if local not in words}
        words |= {local for local, dotted in imports.items() if suite.resolve(dotted, path) in found}
    imported_by = (p.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2] for p in _helpers(suite, files))
    return words.union(imported_by)


def _helpers(suite: Suite, files: Mapping[str, File]) -> set[str]:
    """Modules that ask for fixtures on behalf of tests, or for their names, and those that hand them on."""
    found = {p for p, f in files.items() if f.computed or f.told or any(s.kind in ("text", "hook") for s in f.sites)}
    found |= suite.fixtures.importing(found)
    return {p for p in found if p.endswith(".py") and not (suite.is_test_file(p) or is_conftest(p))}


def _asking(suite: Suite, path: str, names: set[str]) -> Iterator[str]:
    """What stands for a request of one of the names in a module, and may be used by another."""
    file = suite.files[path]
    called = ((t.fixture.name if t.fixture else t.name, t) for t in file.tests if not t.nested)
    asking = [test for name, test in called if names & {name, *test.requests}]
    yield from (test.owner for test in asking if test.owner)
    if not suite.is_test_file(path):
        yield from (test.name for test in asking if test.fixture is None and not test.owner)
    yield from (c.qualname for c in file.classes if _asks(suite.expand(path, c.marks), names))
    yield from (name for name, marks in file.held.items() if _asks(suite.expand(path, marks), names))


def _heirs(suite: Suite, names: set[str]) -> set[tuple[str, str]]:
    """Classes that inherit a test or a fixture that asks for one of the names: one stands between base and tests."""
    bases = {
        (path, test.owner)
        for path, file in suite.files.items()
        for test in file.tests
        if test.owner and names & {*test.requests, test.fixture.name if test.fixture else ""}
        if test.fixture or suite.config(path).is_test_function(test.name)
    }
    bases |= {
        (p, c.qualname) for p, f in suite.files.items() for c in f.classes if _asks(suite.expand(p, c.marks), names)
    }
    if not bases:
        return set()
    classes = ((path, cls) for path, file in suite.files.items() for cls in file.classes)
    return {(p, c.qualname) for p, c in classes if any((w, b.qualname) in bases for w, b in suite.mro(p, c)[0])}


def _asks(marks: Iterable[Mark], names: set[str]) -> bool:
    return any(m.name == "usefixtures" and names & {*m.names} for m in marks)


def _endangered(suite: Suite, files: Mapping[str, File], old: str, new: str) -> Iterator[str]:
    """Test files whose tests may reach OLD or NEW without naming it, where both are seen."""
    nodes = {name: {n for n, found in suite.fixtures.nodes.items() if name in found} for name in (old, new)}
    if not all(nodes.values()) or not (_reached(suite, old, new) or _handed(suite, files, old, new)):
        return
    pairs = {*product(nodes[old], nodes[new]), *product(nodes[new], nodes[old])}
    lower = {inner for inner, outer in pairs if outer in chain(inner)}
    folders = tuple("" if node in ("", "/") else node for node in lower if node == "" or node.endswith("/"))
    for path in suite.paths:
        if any(path.startswith(folder) for folder in folders) and suite.is_test_file(path):
            yield path


def _reached(suite: Suite, old: str, new: str) -> bool:
    """Whether a test that names neither may still get one: through a fixture, or without asking."""
    names = suite.fixtures.relevant(old, new)
    registered = (known for found in suite.fixtures.nodes.values() for name in names for known in found.get(name, ()))
    marks = {name for config in suite.configs.found.values() for name in config.usefixtures}
    return not names <= {old, new} or bool(names & marks) or any(known.test.autouse for known in registered)


def _handed(suite: Suite, files: Mapping[str, File], old: str, new: str) -> bool:
    """Whether a file asks for OLD or NEW on behalf of tests elsewhere: by a mark under a name, or in a helper."""
    tests = suite.files.values()
    if _asks((m for t in tests for found in t.held.values() for m in found), {old, new}):
        return True
    return any(s.kind in ("text", "hook") for p, f in files.items() if not suite.is_test_file(p) for s in f.sites)
