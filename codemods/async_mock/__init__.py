"""Swap Mock and MagicMock for AsyncMock where the mocked callable is a coroutine function."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from ..engine.codemod import Codemod, Needles, option
from ..engine.known import Decisions, Known, Wants
from ..engine.source import Source
from ..engine.values import Part, Skip
from ..facts.origins import Libraries
from ..facts.types.data import ModuleFacts
from ..facts.types.scan import is_test_module, read
from .tests import TestFacts, read_tests, speaks_of_mocks
from .value import BACKPORTS, MOCKERS, MOCKS

if TYPE_CHECKING:
    from .verdict import Told


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

    def wants(self, known: Known) -> Wants:
        if self.third_party_table and self.third_party_table not in known.reports:
            return Wants(reports=[self.third_party_table])
        from .facts import facts_of

        facts = known.once(facts_of, self.third_party_table, self.async_decorator, self.sync_decorator)
        return Wants(paths=facts.missing(), words=facts.callers())

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        from .facts import facts_of

        facts = known.once(facts_of, self.third_party_table, self.async_decorator, self.sync_decorator)
        by_path = {path: told for path in targets if (told := facts.told(path)) is not None}
        bugs = facts.coroutines.product_bugs() if self.report_product_bugs else ()
        return Decisions(by_path=by_path, skips=(*facts.strange(targets), *bugs))

    # ---- edits -----------------------------------------------------------------------------

    def find(self, file: Source, mine: Told) -> Iterator[Part | Skip]:
        if not speaks_of_mocks(file):
            return
        from . import rewrite, sites
        from .mocks import Mocks
        from .verdict import Verdict, judge

        mocks = Mocks(file)
        if rewrite.binds_async_mock(mocks, file.tree):  # then it is there, whatever the versions
            mine = replace(mine, old_python="", backport="")
        for site in sites.find(mocks):
            path, line = file.path, site.node.lineno
            match judge(mocks, site, mine, self.evidence, self.normalize):
                case (code, reason):
                    yield Skip(path, line, code, reason)
                case Verdict(to="MagicMock", reason=reason) if not self.fix_over_async:
                    yield Skip(path, line, "M30-over-async", reason)
                case Verdict(to="AsyncMock") if mine.backport and rewrite.library(mocks, site) in BACKPORTS:
                    yield Skip(path, line, "M25-backport", mine.backport)
                case Verdict(answer=answer) as verdict:
                    awaited = self.assert_awaited and answer.awaited and not answer.otherwise
                    if verdict.to:
                        yield rewrite.site(mocks, site, verdict, awaited)
                    elif awaited and (edits := rewrite.asserts(mocks, site)):
                        reason = f"`{answer.name}` is always awaited: assert that it was"
                        yield Part(path, line, reason, tuple(edits))
