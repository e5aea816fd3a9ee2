"""Which further files matter to a suite, once some are scanned: what a codemod wants to read."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from .collect import Suite


def wanted(suite: Suite) -> Iterator[str]:
    """Files that matter and were not scanned: bases, imported tests, decorators, fixture modules."""
    yield from (suite.module(name, near) for name, near in suite.loaded)
    for path, file in suite.files.items():
        conftest = basename(path) == "conftest.py"
        config = suite.config(path)
        yield from (suite.module(name, path) for name in file.plugins)
        if not (conftest or config.is_test_file(path)):
            continue
        yield from (suite.module(star, path) for star in file.stars)
        for cls in file.classes:
            for where, each in suite.mro(path, cls)[0]:
                yield from (suite.resolve(base, where)[0] for base in each.bases if base)
        mine = [t for t in file.tests if t.is_async or t.fixture is not None]
        requested = {p for t in mine for p in t.params}
        names = {d for t in mine for d in t.decorators} | {d for c in file.classes for d in c.decorators}
        marks = [*file.marks, *(m for c in file.classes for m in c.marks)]
        names |= {m.name[1:] for m in marks if m.name[0] == "@"}
        yield from (suite.resolve(name, path)[0] for name in names if "." in name)
        for local, dotted in file.imports.items():
            collected = config.is_test_class(local) or config.is_test_function(local) or "Case" in local
            if conftest or collected or local in requested:
                yield suite.resolve(dotted, path)[0]


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
