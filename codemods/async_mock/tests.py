"""What one test file asks of the project and gives to others, as plain data."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..engine.bindings import canonical, imported
from ..engine.source import Function, Source, statements
from ..facts.suite.scan import scan
from ..facts.suite.tests import TestFile
from . import reach, sites, untyped, usage, verdict
from .fixtures import FixtureFacts
from .mocks import Mocks
from .sites import CONFIG
from .value import LIBRARIES, MOCKS, Value


@dataclass(frozen=True, slots=True)
class TestFacts:
    """`queries` are the type paths whose meaning `find` needs, `requests` the fixtures that other files may give;
    `fixtures` are its own by qualified name."""

    queries: tuple[str, ...] = ()
    awaits: bool = False  # has async code, where a mock may be awaited whatever the project says
    async_mocks: bool = False  # has some of its own, perhaps where none belongs
    requests: tuple[str, ...] = ()
    fixtures: dict[str, FixtureFacts] = field(default_factory=dict)
    asked: tuple[str, ...] = ()  # type paths of what it calls and awaits
    replaced: tuple[str, ...] = ()  # names that its fixtures and helpers put something in the place of
    suite: TestFile | None = None
    is_test: bool = True
    mocked: tuple[str, ...] = ()  # type paths of what plain mocks stand for
    strange: tuple[tuple[int, str], ...] = ()  # imports of a Mock that is not known to be the library's: line, dotted


def speaks_of_mocks(file: Source) -> bool:
    """Whether a file can have a mock: it names the library, or has it through another file."""
    return "mock" in file.text or bool(file.origins)


def strange(file: Source) -> tuple[tuple[int, str], ...]:
    """Where a file imports a class called Mock, MagicMock or AsyncMock that is not known to be the mock library's: it
    comes from a module that is not here, or that makes one of its own. Only such as the file calls."""
    if not any(f"{name}(" in file.text for name in MOCKS):
        return ()
    found = []
    for node in statements(file.tree.body, inside=True):
        if isinstance(node, ast.ImportFrom):
            for local, dotted, item in imported(node):
                meant = canonical(dotted, file.origins)
                if item.name in MOCKS and f"{local}(" in file.text and not meant.startswith(tuple(LIBRARIES)):
                    found.append((node.lineno, meant))
    return tuple(found)


def read_tests(file: Source, is_test: bool = True) -> TestFacts:
    """Facts of a test file, or of a module with fixtures; cheap for one without mocks, whose fixtures nobody else
    can see."""
    private = file.path.rpartition("/")[2].startswith("test_") or "fixture" not in file.text
    speaks = speaks_of_mocks(file)
    if not speaks and private:
        return TestFacts(suite=scan(file), is_test=is_test, strange=strange(file))
    mocks = Mocks(file)
    found = sites.find(mocks) if speaks else []
    queries = dict.fromkeys(verdict.queries(mocks, found))
    awaits = bool(found) and any(isinstance(node, ast.AsyncFunctionDef) for node in mocks.places.nodes)
    awaits = awaits or any(usage.awaited(mocks, s) or untyped.by_language(s) for s in found)
    names = {
        q.removeprefix("fixture:").replace("(", ".").partition(".")[0] for q in queries if q.startswith("fixture:")
    }
    return TestFacts(
        queries=tuple(queries),
        awaits=awaits,
        async_mocks=any(site.mock == "AsyncMock" for site in found),
        requests=tuple(sorted(names)),
        fixtures={name: _fixture(mocks, function) for name, function in mocks.places.fixtures.all.items()},
        asked=tuple(dict.fromkeys(reach.awaited_paths(mocks))) if found else (),
        replaced=tuple(sorted(set(reach.replaced(mocks, reach.outside_tests(mocks))))),
        suite=mocks.places.fixtures.facts,
        is_test=is_test,
        mocked=_paths(value for site in found if site.mock != "AsyncMock" for value in site.roles),
        strange=strange(file),
    )


def _fixture(mocks: Mocks, function: Function) -> FixtureFacts:
    values = list(mocks.returned(function))
    children: set[str] = set()
    assigned: dict[str, tuple[str, ...]] = {}
    given = [(place, result) for result in mocks.places.results(function) if (place := mocks.places.place(result))]
    for (scope, root), result in given:
        for place in mocks.places.bindings:
            if place[0] is scope and place[1].startswith(f"{root}."):
                parts = place[1].removeprefix(f"{root}.").split(".")
                children.add(".".join(parts[:-1] if parts[-1] in CONFIG else parts))
                if not set(parts) & set(CONFIG):
                    assigned[".".join(parts)] = _paths(mocks.held(place, result))
    sort = values[0].mock if values else ""
    children.discard("")
    return FixtureFacts(paths=_paths(values), sort=sort, children=tuple(sorted(children)), assigned=assigned)


def _paths(values: Iterable[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.path for v in values if v.path))
