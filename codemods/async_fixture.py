"""Declare async fixtures with pytest_asyncio.fixture where strict mode needs it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import basename, dirname
from typing import ClassVar

from .engine.codemod import Codemod, Needles, option
from .engine.edits import definitions, used_imports
from .engine.known import Decisions, Known, Wants
from .engine.names import Names
from .engine.source import Source
from .engine.values import Import, Part, Safety, Skip
from .facts.origins import Libraries
from .facts.suite.build import suite_of
from .facts.suite.collect import Item
from .facts.suite.mode import AsyncMode
from .facts.suite.reach import wanted
from .facts.suite.requests import LIBRARIES
from .facts.suite.resolve import Suite
from .facts.suite.scan import scan
from .facts.suite.tests import Test, TestFile

_Where = tuple[str, int]  # file and line of a fixture's `def`


@dataclass(frozen=True)
class _Todo:
    line: int
    decorator: int
    reason: str
    safety: Safety = Safety.SAFE


@dataclass(frozen=True)
class _Users:
    """Who uses a fixture: tests, by name the fixtures that are not async, and tests that ask for it while they run."""

    tests: list[Item] = field(default_factory=list)
    fixtures: list[str] = field(default_factory=list)
    asking: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class AsyncFixture(Codemod):
    """Declare async fixtures with `@pytest_asyncio.fixture` where strict mode needs it.

    In strict mode pytest-asyncio leaves `@pytest.fixture` alone: a test that asks for such an async
    fixture gets a coroutine, and an error since pytest 8.4. Only the decorator's name changes:
    scope, autouse, params and name stay as they are, and so does a fixture that anyio or trio runs.

    Overrides of `event_loop`, which pytest-asyncio 1.0 removed, and `asyncio.run` inside async
    tests are reported.

    Safe where async tests and fixtures alone use it, or nobody does. Unsafe where a sync one uses it
    too: so far that got the coroutine, from now on it gets the value; where a test asks for it by
    `getfixturevalue`, while the loop may run already; where some of the tests run under anyio; and
    where another decorator may hide that the fixture is async.
    """

    libraries: ClassVar[Libraries] = Libraries(LIBRARIES)
    codes: ClassVar[Mapping[str, str]] = {
        "A40-auto-mode": "the plugin is in auto mode, which runs async fixtures however they are declared",
        "A41-ambiguous-config": "several pytest configurations above the file disagree about the mode",
        "A42-no-plugin": "the project lists its test requirements, and pytest-asyncio is not among them",
        "A43-anyio": "only tests of anyio or trio use the fixture, and they run it themselves",
        "A44-alias": "the decorator is made from pytest.fixture elsewhere in the file",
        "A45-arguments": "the decorator has positional arguments",
        "A46-testcase": "a TestCase does not await fixtures",
        "A47-event-loop": "an override of event_loop, a fixture that pytest-asyncio 1.0 removed",
        "A48-loop-inside": "an async test starts a loop of its own, which fails inside a running one",
        "A49-name-taken": "the name that the decorator needs means something else there",
    }

    mode: str = option(
        "config", help="the plugin's mode: from the configuration, or as given", choices=("config", "strict", "auto")
    )
    pytest_config: str = option(
        "", help="the pytest configuration that is in force for all files", metavar="FILE", in_project=True
    )

    def needles(self) -> Needles:
        return Needles(edit=("async", "event_loop"), fact_files=("conftest.py",))

    def scan(self, file: Source) -> TestFile | None:
        return scan(file)

    def wants(self, known: Known) -> Wants:
        """The names of async fixtures, and of those that ask for them, too: who uses them decides."""
        suite = known.once(suite_of, self.pytest_config)
        strict = _strict(suite, self.mode)
        paths: set[str] = set()
        if strict or any(_has_loop(suite, f) for f in suite.files.values()):  # else nobody asks who collects what
            paths.update(wanted(suite))
        autouse = {p for p, t in strict if t.fixture and t.fixture.autouse and basename(p) == "conftest.py"}
        for path in suite.paths if autouse else ():
            if any(_inside(path, dirname(p)) for p in autouse) and suite.is_test_file(path):
                paths.add(path)
        return Wants(paths=paths, words=_askers(suite.files, {t.fixture.name for _, t in strict if t.fixture}))

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        suite = known.once(suite_of, self.pytest_config)
        mode = AsyncMode(suite, self.mode)
        users = _users(suite, _strict(suite, self.mode))
        files = [file for path, file in suite.files.items() if path in targets]
        return Decisions.sorted_out({file.path: _judged(file, suite, mode, users) for file in files})

    def find(self, file: Source, mine: tuple[_Todo, ...]) -> Iterator[Part | Skip]:
        names, nodes = file.once(Names), definitions(file)
        for todo in mine:
            node = nodes[todo.line]
            decorator = node.decorator_list[todo.decorator]
            target = decorator.func if isinstance(decorator, ast.Call) else decorator
            new = names.reference("pytest_asyncio.fixture", Import("pytest_asyncio"), at=node)
            if new is None:
                yield Skip(file.path, todo.line, "A49-name-taken", "pytest_asyncio means something else here")
                continue
            yield Part(
                file.path, todo.line, todo.reason, (file.replace(target, new.text),), todo.safety,
                requires=new.requires, frees=used_imports(names, target),
            )  # fmt: skip


def _judged(file: TestFile, suite: Suite, mode: AsyncMode, users: Mapping[_Where, _Users]) -> Iterator[_Todo | Skip]:
    path = file.path
    for test in file.tests:
        if _is_candidate(test):
            yield from _fixture(path, test, suite, mode, users.get((path, test.line), _Users()))
        elif test.fixture is not None and test.fixture.name == "event_loop" and _is_near(suite, path):
            reason = "event_loop overrides work only before pytest-asyncio 1.0: set the loop scope of tests and fixtures instead"
            yield Skip(path, test.line, "A47-event-loop", reason)
        elif test.loop_inside and (path, test.line) in suite.by_definition:
            reason = f"{test.name} starts a loop of its own, which fails inside a running one: await instead"
            yield Skip(path, test.loop_inside, "A48-loop-inside", reason)


def _fixture(path: str, test: Test, suite: Suite, mode: AsyncMode, users: _Users) -> Iterator[_Todo | Skip]:
    fixture = test.fixture
    assert fixture is not None
    cls = suite.cls(path, test.owner) if test.owner else None
    anyio = [i for i in users.tests if _is_foreign(i)]
    where, line, unclear = mode.unclear(path)
    setting = suite.config(path).asyncio_mode
    auto = mode.of(path) == "auto" or setting == "legacy"
    foreign = "anyio_backend" in test.params or (anyio and len(anyio) == len(users.tests))
    testcase = cls is not None and suite.kind(path, cls) != "function"
    left = (
        (where, "A41-ambiguous-config", f"{where}:{line}: {unclear}"),
        (auto, "A40-auto-mode", f"{setting or 'auto'} mode runs {test.name} as it is"),
        (mode.no_plugin, "A42-no-plugin", "pytest-asyncio is not among the project's requirements"),
        (foreign or _marked_foreign(suite, path), "A43-anyio", f"anyio or trio runs {test.name}"),
        (
            not fixture.direct,
            "A44-alias",
            f"{test.name} is declared through an alias of pytest.fixture: change the alias",
        ),
        (fixture.args, "A45-arguments", f"{test.name} is declared with positional arguments"),
        (testcase, "A46-testcase", f"{test.name} belongs to a TestCase, which does not await fixtures"),
    )
    for holds, code, reason in left:
        if holds:
            yield Skip(path, test.line, code, reason)
            return
    reason = f"{test.name} is async, and strict mode runs it only as pytest_asyncio.fixture"
    sync = [*users.fixtures, *(i.nodeid for i in users.tests if not i.test.is_async)]
    doubts = [
        *(f"{item.nodeid} runs under another framework" for item in anyio[:1]),
        *(f"{name} is not async and got the coroutine so far" for name in sync[:1]),
        *(f"{nodeid} asks for it while it runs, when the loop may run already" for nodeid in users.asking[:1]),
        *(f"{decorator.lstrip(':')} may hide that it is async" for decorator in test.decorators[:1]),
    ]
    safety = Safety.UNSAFE if doubts else Safety.SAFE
    yield _Todo(test.line, fixture.decorator, "; ".join([reason, *doubts]), safety)


def _strict(suite: Suite, mode_given: str) -> list[tuple[str, Test]]:
    """The fixtures that may have to change."""
    mode = AsyncMode(suite, mode_given)
    found = [(p, t) for p, f in suite.files.items() for t in f.tests if _is_candidate(t)]
    return [(p, t) for p, t in found if mode.of(p) == "strict" and not mode.unclear(p)[0]]


def _is_candidate(test: Test) -> bool:
    return test.is_async_fixture and not test.nested and not test.dead


def _has_loop(suite: Suite, file: TestFile) -> bool:
    """Whether something that may be a test starts a loop of its own."""
    return any(t.loop_inside and suite.config(file.path).is_test_function(t.name) for t in file.tests)


def _is_foreign(item: Item) -> bool:
    """Whether anyio or trio runs the test."""
    return "anyio_backend" in item.requests or any(m.name in ("anyio", "trio") for m in item.marks)


def _marked_foreign(suite: Suite, path: str) -> bool:
    return any(m.name in ("anyio", "trio") for m in suite.files[path].marks)


def _is_near(suite: Suite, path: str) -> bool:
    return suite.is_test_file(path) or basename(path) == "conftest.py" or path in suite.fixtures.plugins


def _users(suite: Suite, candidates: Sequence[tuple[str, Test]]) -> dict[_Where, _Users]:
    """The tests that use each async fixture, directly, through others, or because it is autouse."""
    found = {(p, t.line): _Users() for p, t in candidates}
    names = _askers(suite.files, {t.fixture.name for _, t in candidates if t.fixture})
    for path in suite.files if candidates else ():
        for item in suite.items(path):
            asked = {*item.requests, *suite.fixtures.autouse(item)}
            reached = list(suite.fixtures.closure(item)) if not names.isdisjoint(asked) else []
            sync = [t for _, t in reached if not t.is_async]
            for where, test in reached:
                if (users := found.get((where, test.line))) is not None and test.fixture is not None:
                    users.tests.append(item)
                    askers = [f for f in sync if test.fixture.name in (*f.params, *f.asks)]
                    users.fixtures.extend(f.name for f in askers if f is not test)
            for where, test in suite.fixtures.closure(item, item.test.asks) if item.test.asks else ():
                if (users := found.get((where, test.line))) is not None:
                    users.asking.append(item.nodeid)
    return found


def _askers(files: Mapping[str, TestFile], names: set[str]) -> set[str]:
    """Names of fixtures, with those of all fixtures that ask for them, and the aliases that imports give them."""
    asking = [(t.fixture.name, {*t.params, *t.asks}) for f in files.values() for t in f.tests if t.fixture]
    imports = [(local, dotted.rpartition(".")[2]) for f in files.values() for local, dotted in f.imports.items()]
    asking += [(local, {name}) for local, name in imports if local != name]
    while new := {name for name, params in asking if not names.isdisjoint(params)} - names:
        names = names | new
    return names


def _inside(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
