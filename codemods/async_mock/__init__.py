"""Swap Mock and MagicMock for AsyncMock where the mocked callable is a coroutine function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ..engine.codemod import Codemod, Needles, OptionError, Project, Services, option
from ..engine.python import lowest_python
from ..engine.source import Source
from ..engine.values import Part, Skip
from ..facts.modules import modules
from ..facts.origins import Libraries
from ..facts.suite.collect import Suite, build
from ..facts.types.data import ModuleFacts
from ..facts.types.scan import is_test_module, read
from . import computed, far_fixtures, third_party
from .coroutines import Coroutines
from .fixtures import FixtureFacts
from .tests import TestFacts, read_tests, speaks_of_mocks
from .value import BACKPORTS, MOCKERS, MOCKS

if TYPE_CHECKING:
    from .verdict import Known

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
    _fixtures: dict[tuple[str, str], tuple[str, FixtureFacts] | None] = field(default_factory=dict)

    def fixture(self, asked: str, path: str) -> tuple[str, FixtureFacts] | None:
        """(file, facts) of a fixture that a test file asks for; see far_fixtures.py."""
        if (asked, path) not in self._fixtures:
            self._fixtures[asked, path] = far_fixtures.fixture(self.suite, self.tests, asked, path)
        return self._fixtures[asked, path]

    def fixture_paths(self, asked: str, path: str, steps: list[str]) -> tuple[tuple[tuple[str, str], ...], int]:
        """The type paths of what it gives, each with its file; of what it assigned, where that is an attribute of it.
        The number says how many of the steps that is."""
        if (found := self.fixture(asked, path)) is None:
            return (), 0
        where, given = found
        assigned = dict(given.assigned)
        used = next((n for n in range(len(steps), 0, -1) if ".".join(steps[:n]) in assigned), 0)
        paths = assigned[".".join(steps[:used])] if used else given.paths
        return tuple((each, where) for each in paths), used


_merged: list[tuple[Mapping[str, Any], int, Facts]] = []


@dataclass(frozen=True)
class AsyncMock(Codemod):
    """Swap Mock and MagicMock for AsyncMock where the mocked callable is a coroutine function.

    Exactly the one mock object that stands for a coroutine function is changed, never its parent
    and never its result. What an object is must be seen, over the files of the project: V1 an
    instance of a class (made here, annotated, a fixture, `self.x` of a class), V2 `spec=`, V3 a
    patched class, V4 a patched factory, V5 the target of patch, patch.object, monkeypatch or
    mocker, or `__aenter__`, `__aexit__` and `__anext__`, which Python awaits: these are safe. V6 a
    declared parameter that the mock is passed to (a callable that gives an awaitable, an object with
    `async def __call__`) and V7 an `await` in the test, or of the very same attribute of the same
    object in the project, are unsafe; so is V8 in an async test: everything in the project that has
    this name gives something to await. Elsewhere V8 is only suggested.
    Classes of httpx, aiohttp, SQLAlchemy, asyncpg, redis and others are known from a table.

    Left alone: what `patch` and `spec=` make an AsyncMock by themselves; async generators, async
    context managers, properties; mocks that already give an awaitable, are compared by identity, run
    in a thread or are checked with isinstance; and, where only V6 or V7 speaks for it, what the project
    awaits in one place and uses otherwise in another. A decorator that is not known, a method that a
    subclass makes a plain one and a plain function that gives an awaitable make a change unsafe. So
    does a call in the project whose coroutine has no end that can be seen: `await` is one, asyncio
    another, a function of the project that awaits or runs its parameter a third. Plain code that
    returns, passes, stores or asserts on it is none, unless the test awaits what that code gives;
    nor is a function that takes the coroutine and that the test replaces. A call by a computed name
    (`getattr(self, name)()`, `vars(obj)[name]()`, `methodcaller(name)`) counts too where it may be
    one of the method: by the text that is known of the name, and by what is known of the object.

    `x.m.return_value = v` on an automatic child becomes `x.m = AsyncMock(return_value=v)`. A result
    whose methods are used stays a plain mock: `AsyncMock(return_value=MagicMock())`.
    """

    version: ClassVar[str] = "1"
    libraries: ClassVar[Libraries] = Libraries(
        (
            "unittest",
            "mock",
            "asynctest",
            "pytest",
            "asyncio",
            "contextlib",
            "functools",
            "typing",
            "typing_extensions",
        )
    )
    codes: ClassVar[Mapping[str, str]] = {
        "M12-not-awaited": "the project calls a coroutine function without await: a bug, or a mock of a sync facade",
        "M13-awaits-sync": "the project awaits a plain function: a bug that a mock hides",
        "M20-already-awaitable": "the mock already gives something to await (--normalize unwraps it)",
        "M21-identity": "the mock's result is compared by identity where a coroutine is handed on",
        "M22-dual-mode": "the project looks what the object is, or whether the callable is a coroutine function",
        "M23-thread": "the mock is called in a thread or by a framework that awaits nothing",
        "M24-isinstance": "the test checks that the object is a MagicMock",
        "M25-backport": "the mock backport may be too old to have AsyncMock",
        "M26-two-roles": "one mock stands for a coroutine function and for something else",
        "M27-name-taken": "a name that the new text needs means something else in this file",
        "M28-factory": "the mock comes from a factory or a subclass of Mock",
        "M29-scattered": "no one place comes before all lines that configure the mock",
        "M30-over-async": "an AsyncMock stands for a plain function (--fix-over-async)",
        "M31-untyped": "the project awaits everything of this name, but nothing says what the mocked object is",
        "M32-old-python": "the project supports a Python without AsyncMock",
        "M33-unknown": "nothing says what the mock stands for, and something of that name is awaited somewhere",
        "M34-whole-object": "the mock stands for a whole object with coroutine functions, and has no spec",
    }
    remarks: ClassVar[Mapping[str, str]] = {
        "M14-tolerant": "the test passes with the broken mock too, its outcome may change",
        "M16-stop-iteration": "an exhausted AsyncMock raises StopAsyncIteration",
    }

    evidence: str = option(
        "name",
        help="weakest evidence to use: typed (V1-V5), ctor (V6), await (V7), name (V8)",
        choices=("typed", "ctor", "await", "name"),
    )
    normalize: bool = option(False, help="also swap mocks that give a future or coroutine, and unwrap it")
    assert_awaited: bool = option(False, help="turn assert_called… into assert_awaited… where every call is awaited")
    fix_over_async: bool = option(False, help="turn AsyncMock into MagicMock where the callee is a plain function")
    report_product_bugs: bool = option(
        False, help="report coroutines called without await and plain functions awaited"
    )
    async_decorator: tuple[str, ...] = option(
        (), help="decorator that keeps a coroutine function one", metavar="DOTTED"
    )
    sync_decorator: tuple[str, ...] = option((), help="decorator that makes a plain function of it", metavar="DOTTED")
    third_party_table: str = option("", help="TOML file with more third-party classes", metavar="FILE")

    def needles(self) -> Needles:
        return Needles(edit=("mock", *sorted({*MOCKS, *MOCKERS})), fact=("async def",), fact_files=("conftest.py",))

    # ---- facts -----------------------------------------------------------------------------

    def scan(self, file: Source) -> tuple[ModuleFacts, TestFacts | None]:
        test = is_test_module(file)
        return read(file, calls=not test), read_tests(file, test) if test or "fixture" in file.text else None

    def follow(self, parts: Mapping[str, Any], project: Project) -> Iterable[str]:
        facts = self.merge(parts, project)
        for path, test in facts.tests.items():
            for query in test.queries:
                if not query.startswith("?"):
                    facts.coroutines.probe(query, path)
        facts.coroutines.probe_receivers()
        asked = ((name, path) for path, test in facts.tests.items() for name in test.requests)
        wanted = {file for each in asked for file in far_fixtures.files(facts.suite, *each)}
        return sorted(facts.coroutines.missing | (wanted - parts.keys()))

    def seek(self, parts: Mapping[str, Any], project: Project) -> Iterable[str]:
        """The names of mocked coroutine functions, and of plain functions that return what these give, and the words by
        which any name is called: a file that calls one may say nothing of `async`."""
        facts = self.merge(parts, project)
        for path, test in facts.tests.items():
            for query in test.mocked:
                answer = facts.coroutines.answer(query, path)
                if answer.kind in ("coroutine", "awaited"):
                    yield from (name.rpartition(".")[2] for name in (answer.name, *(r.name for r in answer.relays)))
                    yield from computed.WORDS

    def merge(self, parts: Mapping[str, Any], project: Project) -> Facts:
        known = next((facts for p, size, facts in _merged if p is parts and size == len(parts)), None)
        if known is None:  # `follow` and `seek` ask about the same
            known = self._merge(parts, project)
            _merged[:] = [(parts, len(parts), known)]
        return known

    def _merge(self, parts: Mapping[str, Any], project: Project) -> Facts:
        tests = {path: test for path, (_, test) in parts.items() if test is not None}
        coroutines = Coroutines(
            {path: module for path, (module, _) in parts.items()},
            modules(project),
            frozenset(path for path, test in tests.items() if test.is_test),
            third_party.modules(third_party.BUILT_IN),
            self.async_decorator,
            self.sync_decorator,
        )
        suite = build({p: t.suite for p, t in tests.items() if t.suite is not None}, project)
        facts = Facts(coroutines, tests, project, suite, _backport(project, parts))
        coroutines.fixtures = facts.fixture_paths
        return facts

    def prepare(self, services: Services, files: Mapping[str, bytes], facts: Facts) -> Facts:
        if self.third_party_table:
            try:
                more = third_party.modules(services.read_report(self.third_party_table))
            except ValueError as error:
                raise OptionError("third_party_table", self.third_party_table, str(error)) from None
            facts.coroutines.extend(more)
        return facts

    def share(self, facts: Facts, path: str) -> Known:
        from .verdict import Known

        test = facts.tests.get(path)
        if test is None:
            return Known()
        minimum = lowest_python(facts.project, path)
        old = "the project supports Python {}.{}".format(*minimum) if minimum and minimum < (3, 8) else ""
        answers = {q: facts.coroutines.answer(q, path) for q in test.queries}
        return Known(
            {q: a for q, a in answers.items() if a.kind != "unknown"},
            {n: found[1] for n in test.requests if (found := facts.fixture(n, path)) is not None},
            {q: facts.coroutines.answer(q, path) for q in test.asked},
            frozenset(name for other in _others(facts, path) for name in facts.tests[other].replaced),
            old,
            facts.backport,
        )

    def idle(self, facts: Facts, path: str) -> bool:
        test = facts.tests.get(path)
        if test is None or test.awaits:
            return test is None
        answers = (facts.coroutines.answer(q, path) for q in test.queries)
        return not any(a.kind in WORTH or (a.kind == "sync" and (a.awaited or test.async_mocks)) for a in answers)

    # ---- edits -----------------------------------------------------------------------------

    def find(self, file: Source, facts: Known) -> Iterator[Part | Skip]:
        if not speaks_of_mocks(file):
            return
        from . import rewrite, sites
        from .mocks import Mocks
        from .verdict import judge

        mocks = Mocks(file)
        if rewrite.binds_async_mock(mocks, file.tree):  # then it is there, whatever the versions
            facts = replace(facts, old_python="", backport="")
        for site in sites.find(mocks):
            verdict = judge(mocks, site, facts, self.evidence, self.normalize)
            if verdict is None:
                continue
            line = site.node.lineno
            awaited = self.assert_awaited and verdict.answer.awaited and not verdict.answer.otherwise
            if not verdict.to:  # an AsyncMock where it belongs
                if awaited and (edits := rewrite.asserts(mocks, site)):
                    reason = f"`{verdict.answer.name}` is always awaited: assert that it was"
                    yield Part(file.path, line, reason, tuple(edits))
                continue
            if not verdict.code and facts.backport and rewrite.library(mocks, site) in BACKPORTS:
                verdict = replace(verdict, code="M25-backport", reason=facts.backport)
            if verdict.code and not (verdict.code == "M30-over-async" and self.fix_over_async):
                yield Skip(file.path, line, verdict.code, verdict.reason)
                continue
            made = rewrite.site(mocks, site, verdict, awaited)
            if made.code:
                yield Skip(file.path, line, made.code, made.reason)
            else:
                yield Part(
                    file.path,
                    line,
                    verdict.reason,
                    made.edits,
                    verdict.safety,
                    "",
                    made.requires,
                    made.frees,
                )

    def notes(self, facts: Facts) -> Iterator[Skip]:
        if self.report_product_bugs:
            for path, line, code, name in facts.coroutines.product_bugs():
                what = (
                    "is called without await" if code.startswith("M12") else "is no coroutine function, but awaited"
                )
                yield Skip(path, line, code, f"`{name}` {what}")


def _others(facts: Facts, path: str) -> Iterator[str]:
    """Test files whose fixtures, helpers and classes may reach a test file: conftests and what it imports."""
    folders = path.split("/")[:-1]
    found = ["/".join([*folders[:n], "conftest.py"]) for n in range(len(folders) + 1)]
    module = facts.coroutines.files.get(path)
    for dotted in [*module.imports.values(), *module.stars] if module is not None else ():
        found += (facts.coroutines.modules.split(dotted, path) or ())[:1]
    yield from (p for p in dict.fromkeys(found) if p in facts.tests and p != path)


def _backport(project: Project, parts: Mapping[str, Any]) -> str:
    """Why the mock backport cannot be trusted to have AsyncMock; "" where it can."""
    if any("mock.AsyncMock" in module.imports.values() for module, _ in parts.values()):
        return ""
    found = [m[1] for text in project.texts.values() for m in _REQUIREMENT.finditer(text)]
    for specifier in found:
        low = re.search(r"(?:>=|~=|==|\^|>)\s*(\d+)", specifier)
        if "<4" not in specifier.replace(" ", "") and (low is None or int(low[1]) >= 4):
            return ""
    return "the project's requirements do not say mock>=4, which has AsyncMock"
