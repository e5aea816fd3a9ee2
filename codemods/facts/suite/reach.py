"""Which further files matter to a suite, once some are scanned: what a codemod wants to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .nodes import is_conftest
from .resolve import Suite
from .tests import Test, TestFile


def wanted(
    suite: Suite, matters: Callable[[Test], bool] = lambda t: t.is_async or t.fixture is not None
) -> Iterator[str]:
    """Files that matter and were not scanned: bases, imported tests, decorators, fixture modules. `matters` says of
    which functions the requests and decorators do."""
    plugins = suite.fixtures.plugins
    yield from plugins
    todo = [p for p in suite.files if is_conftest(p) or p in plugins or suite.config(p).is_test_file(p)]
    seen = {*todo}
    while todo:
        file = suite.files[todo.pop()]
        stars = [suite.module(star, file.path) for star in file.stars]
        yield from stars
        fresh = [p for p in dict.fromkeys(stars) if p in suite.files and p not in seen]
        seen.update(fresh)
        todo += fresh
        for cls in file.classes:
            for where, each in suite.mro(file.path, cls)[0]:
                yield from (suite.resolve(base, where)[0] for base in each.bases if base)
        for dotted in _named(suite, file, matters):
            where, name = suite.resolve(dotted, file.path)
            yield where
            found = suite.files.get(where)
            if found is not None and name.partition(".")[0] not in found.bound:
                yield from (suite.module(star, where) for star in found.stars)


def _named(suite: Suite, file: TestFile, matters: Callable[[Test], bool]) -> Iterator[str]:
    """The dotted names of other files' things that may make, mark or be one of a file's tests or fixtures."""
    config = suite.config(file.path)
    mine = [t for t in file.tests if matters(t)]
    requested = {p for t in mine for p in t.requests}
    names = {d for t in mine for d in t.decorators} | {d for c in file.classes for d in c.decorators}
    marks = [*file.marks, *(m for c in file.classes for m in c.marks), *(m for t in mine for m in t.marks)]
    names |= {m.name[1:] for m in marks if m.name[0] == "@"}
    yield from (name for name in names if "." in name)
    whole = is_conftest(file.path) or file.path in suite.fixtures.plugins
    for local, dotted in file.imports.items():
        collected = config.is_test_class(local) or config.is_test_function(local) or "Case" in local
        if whole or collected or local in requested:
            yield dotted


def heirs(suite: Suite) -> Iterator[str]:
    """Words by which other files may collect an async test that its own file does not: subclasses, imports."""
    sources: set[tuple[str, str]] = set()  # classes whose subclasses matter
    for path, file in suite.files.items():
        config = suite.config(path)
        found = [t for t in file.tests if t.is_async and not t.nested and t.fixture is None]
        found = [t for t in found if config.is_test_function(t.name)]
        mine = {i.test.line for i in suite.items(path) if i.where == path} if found else set()
        for test in found:
            if test.line in mine:
                continue
            top = test.owner.partition(".")[0]
            if test.owner and ("test" in path.lower() or "test" in test.owner.lower()):
                sources.add((path, test.owner))
            if "pytest" in file.imports.values():  # may be meant for `from module import *`
                yield path.removesuffix(".py").rpartition("/")[2]
            if top or "test" in path.lower() or "pytest" in file.imports.values():
                yield top or test.name
    for path, file in suite.files.items() if sources else ():
        for cls in file.classes:
            if any((where, base.qualname) in sources for where, base in suite.mro(path, cls)[0]):
                yield cls.name
