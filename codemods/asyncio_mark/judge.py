"""What is to be done with every async function that looks like a test, decided from the suite's facts alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname
from typing import Literal

from ..engine.conditions import NEVER
from ..engine.values import Safety, Skip
from ..facts.suite.collect import ASYNC_MARKS, Item, is_property
from ..facts.suite.mode import PLUGINS, AsyncMode
from ..facts.suite.resolve import Suite
from ..facts.suite.tests import Mark, Test

_HANDLED = re.compile(  # decorators that run the coroutine by themselves
    r"(^|\.)(inlineCallbacks|ensureDeferred|gen_test|unittest_run_loop|asynctest|async_test|coroutine_test|async_to_sync)$"
)
_TRANSPARENT = re.compile(  # decorators known to give a coroutine function back
    r"^(unittest\.|mock\.|asynctest\.mock|hypothesis\.|freezegun\.|time_machine\.|responses\.|respx\.|vcr\.|moto\.|aioresponses\."
    r"|flaky\.|pytest_cases\.|typing\.|typing_extensions\.|warnings\.|allure\.|schemathesis\.|pytest_httpx\.|requests_mock\."
    r"|django\.test\.|backoff\.|tenacity\.|syrupy\.|inline_snapshot\.|pytest\.|contextlib\.|deprecated\.)|^(static|class)method$|^:(static|class)method$"
)


@dataclass(frozen=True)
class Todo:
    """One edit of one definition: `line` is that of its `def` or `class`; 0 is the module."""

    action: Literal["mark", "repair", "unmark"]
    line: int
    reason: str
    safety: Safety = Safety.SAFE


@dataclass(frozen=True)
class Options:
    """The codemod's options that decide what is done with a test."""

    mode: str
    style: str
    loop_scope: str
    marker: str
    repair_marks: bool
    remove_redundant: bool
    all: bool
    in_auto_mode: bool


class Judge:
    """One run's decisions. What holds for many tests alike is counted, and said once by `summary`."""

    def __init__(self, options: Options, suite: Suite) -> None:
        self.options = options
        self.suite = suite
        self.counted: Counter[tuple[str, str, int, str]] = Counter()  # (code, file, line, reason) → tests
        self.mode = AsyncMode(suite, options.mode, options.marker)
        marked = [
            i
            for items in suite.by_definition.values()
            for i in items
            if any(m.name == options.marker for m in i.marks)
        ]
        self.harmless = {d for item in marked if item.test.is_async for d in item.test.decorators}

    def file(self, path: str) -> Iterator[Todo | Skip]:
        """Everything that is to be done or said in one file."""
        wide = self._wide if self.options.style != "function" else {}
        for _, line in sorted(where for where in wide if where[0] == path):
            what = wide[path, line]
            yield Todo("mark", line, f"every test of {what} is async and nothing marks them")
        covered = {where for what in self._covered.values() for where in what} if wide else set()
        for test, found in self._found[path].items():
            if (path, test.line) not in covered:
                yield from found
        yield from self._made(path)

    @cached_property
    def _found(self) -> dict[str, dict[Test, tuple[Todo | Skip, ...]]]:
        return {p: {t: tuple(self._test(p, t)) for t in f.tests} for p, f in self.suite.files.items()}

    def summary(self) -> Iterator[Skip]:
        """What holds for many tests is said once per configuration."""
        for (code, path, line, reason), count in sorted(self.counted.items()):
            yield Skip(path, line, code, f"{reason} ({count} async test{'s' * (count > 1)} left unmarked)")

    def _test(self, path: str, test: Test) -> Iterator[Todo | Skip]:
        items = self.suite.by_definition.get((path, test.line), [])
        if not test.is_async:
            yield from self._sync(path, test, items)
            return
        if test.fixture is not None:
            yield from () if test.dead else self._fixture(path, test)
            return
        if any(m.name == "asyncio" and _is_bad(m.args, m.keywords) for m in test.marks):
            reason = "the mark has arguments that pytest-asyncio refuses"
            if self.options.repair_marks:
                yield Todo("repair", test.line, reason)
            else:
                yield Skip(path, test.line, "A23-bad-existing-mark", f"{reason}; --repair-marks corrects it")
        elif self.options.remove_redundant and items:
            yield from self._redundant(test, items)
        if not items:
            yield from self._uncollected(path, test)
        elif (verdict := self._verdict(path, test, items)) is not None:
            yield verdict

    # ---- what is not a test, or not one for us -----------------------------------------------

    def _uncollected(self, path: str, test: Test) -> Iterator[Skip]:
        config = self.suite.config(path)
        if not (config.is_test_file(path) and config.is_test_function(test.name)) or self._is_marked(test.marks):
            return
        if test.nested:
            if not test.used:  # else it is a helper of the function around it
                yield Skip(
                    path, test.line, "A14-nested", f"{test.name} lies inside another function, which does not use it"
                )
            return
        reason = f"{test.name} has __test__ = False" if test.off else "pytest does not enter its folder"
        if test.dead:
            reason = f"no Python of the project runs the code around {test.name}"
        elif is_property(test):
            reason = f"{test.name} is a property"
        elif test.owner and (cls := self.suite.cls(path, test.owner)) is not None:
            why = self.suite.not_collected(path, path, cls)
            reason = f"class {cls.name} is not collected: {why}" if why else reason
            if not why and "." in test.owner:
                reason = f"a class around {cls.name} is not collected"
        yield Skip(path, test.line, "A13-not-collected", reason)

    def _fixture(self, path: str, test: Test) -> Iterator[Skip]:
        config = self.suite.config(path)
        near = config.is_test_file(path) or path.endswith("conftest.py") or path in self.suite.fixtures.plugins
        if near and config.is_test_function(test.name):
            yield Skip(path, test.line, "A15-fixture", f"{test.name} is a fixture: a mark on one is an error")
        elif near and test.is_async_fixture and self._runs_no_fixtures(path):
            reason = f"{test.name} is async but declared with pytest.fixture: run async-fixture"
            yield Skip(path, test.line, "A20-async-fixture", reason)

    def _runs_no_fixtures(self, path: str) -> bool:
        """Whether async fixtures need their own declaration: not in auto mode, nor in the old legacy mode."""
        return self.mode.of(path) == "strict" and self.suite.config(path).asyncio_mode != "legacy"

    def _sync(self, path: str, test: Test, items: list[Item]) -> Iterator[Todo | Skip]:
        if not items or test.decorators or all(m.name != "asyncio" for m in test.marks):
            return
        if self.options.repair_marks:
            yield Todo("unmark", test.line, f"{test.name} is not async: the mark does nothing", Safety.UNSAFE)
        else:
            reason = f"{test.name} is not async: the mark does nothing; --repair-marks removes it"
            yield Skip(path, test.line, "A24-mark-on-sync", reason)

    def _redundant(self, test: Test, items: list[Item]) -> Iterator[Todo]:
        own = [m for m in test.marks if m.name == "asyncio" and not (m.args or m.keywords or m.when)]
        if not own:
            return
        inherited = all(
            any(m.name == "asyncio" and not m.when for m in i.marks if m not in test.marks) for i in items
        )
        if inherited:
            yield Todo("unmark", test.line, f"{test.name} is marked by its class or module already")
        elif all(self.mode.of(i.path) == "auto" and not self.mode.unclear(i.path)[0] for i in items):
            yield Todo("unmark", test.line, f"{test.name} needs no mark in auto mode")

    def _made(self, path: str) -> Iterator[Skip]:
        """Tests that are assigned: there is no function to mark."""
        file = self.suite.files[path]
        config = self.suite.config(path)
        for made in file.aliases if self.suite.is_test_file(path) else ():
            where, target = self.suite.resolve(made.source, path)
            found = self.suite.files.get(where)
            if made.how == "is" or not config.is_test_function(made.name):
                continue
            if found is None or self._is_marked(file.marks):
                continue
            partial = any(t.qualname == target and t.is_async for t in found.tests)
            if partial or found.wrappers.get(target) == "async":
                reason = f"{made.name} is made by {made.source.lstrip(':')}: mark it by hand"
                yield Skip(path, made.line, "A26-made-test", reason)

    # ---- what is one -------------------------------------------------------------------------

    def _verdict(self, path: str, test: Test, items: list[Item]) -> Todo | Skip | None:
        plain = [i for i in items if i.kind == "function"]
        if not plain:
            isolated = all(i.kind == "isolated" for i in items)
            if isolated:
                return Skip(
                    path, test.line, "A11-isolated", f"the class of {test.name} runs its coroutines by itself"
                )
            reason = f"{test.name} is never awaited in a TestCase; unittest.IsolatedAsyncioTestCase would run it"
            return Skip(path, test.line, "A10-testcase", reason)
        if any(_HANDLED.search(d) for d in test.decorators) or all(self._is_handled(i) for i in plain):
            return None
        if foreign := next((i for i in plain if self._is_foreign(i)), None):
            reason = f"{foreign.nodeid} runs under another framework"
            return Skip(path, test.line, "A27-other-framework", reason)
        if test.yields:
            return Skip(path, test.line, "A12-asyncgen", f"{test.name} yields, so its body would not be run")
        if self._left_by_configuration(plain):
            return None
        if not self.options.all and (left := self._out_of_the_way(path, test, plain)):
            return left
        if test.loop_inside:
            reason = f"{test.name} starts a loop at line {test.loop_inside}, which fails inside a running one"
            return Skip(path, test.line, "A16-loop-inside", reason)
        if missing := next((p for p in test.params if self._filler(plain, p) is None), ""):
            return Skip(path, test.line, "A18-params", f"nothing provides the parameter {missing!r} of {test.name}")
        return self._todo(path, test, plain)

    def _out_of_the_way(self, path: str, test: Test, items: list[Item]) -> Skip | None:
        """What no plain run of pytest looks at, and what is run without pytest."""
        paths = {i.path for i in items}
        if not any(self.suite.config(p).in_testpaths(p) for p in paths):
            return Skip(path, test.line, "A04-outside-testpaths", f"{test.name} is outside testpaths; --all marks it")
        if not any(self.suite.is_governed(p) for p in paths):
            others = sorted({dirname(c.path) for c in self.suite.configs.found.values()})
            reason = f"the project's pytest configurations are for {' and '.join(others)}; --all marks {test.name}"
            return Skip(path, test.line, "A04-outside-testpaths", reason)
        if line := self.suite.files[path].program:
            reason = (
                f"the module is a program: line {line} runs its coroutines without pytest; --all marks {test.name}"
            )
            return Skip(path, test.line, "A28-program", reason)
        return None

    def _todo(self, path: str, test: Test, items: list[Item]) -> Todo | Skip:
        said: list[tuple[Safety, str]] = []
        unknown = [d for d in test.decorators if not _TRANSPARENT.match(d) and d not in self.harmless]
        for decorator in unknown:
            where, name = self.suite.resolve(decorator, path)
            found = self.suite.files.get(where)
            is_mark = found is not None and any(m.name[0] != "@" for m in found.held.get(name, ()))
            wrapper = found.wrappers.get(name, "same" if is_mark else "") if found else ""
            if wrapper == "sync":
                reason = f"{decorator.lstrip(':')} makes {test.name} a plain function"
                return Skip(path, test.line, "A22-wrapping-decorator", reason)
            if wrapper not in ("async", "same"):
                said.append((Safety.UNSAFE, f"{decorator.lstrip(':') or 'a decorator'} may hide the coroutine (A22)"))
        said += self._told(test, items)
        reason = "; ".join([f"{test.name} is async and nothing marks it", *(why for _, why in said)])
        unsafe = any(safety is Safety.UNSAFE for safety, _ in said)
        return Todo("mark", test.line, reason, Safety.UNSAFE if unsafe else Safety.SAFE)

    def _told(self, test: Test, items: list[Item]) -> Iterator[tuple[Safety, str]]:
        """What is said of a mark beside why it is there, with what that makes of the change."""
        if self.options.marker == "asyncio":
            if "event_loop" in test.params:
                yield Safety.UNSAFE, "it asks for event_loop (A17)"
            for fixture, scope in self._wider_loops(items):
                yield Safety.UNSAFE, f"fixture {fixture} lives in the {scope}'s loop (A21): see --loop-scope"
        for name, fixture in self._asked_while_running(test, items).items():
            why = f"it asks for {name!r} while it runs, and the fixture {fixture} cannot start then (A29)"
            unseen = "which fixtures it asks for while it runs is not seen (A29)"
            yield (Safety.UNSAFE, why) if fixture else (Safety.SAFE, unseen)
        for name in test.params:
            if stranger := self._filler(items, name):
                yield Safety.UNSAFE, f"only {stranger}, which nobody knows here, may provide {name!r} (A18)"
        if base := next((i.unknown_base for i in items if i.unknown_base), ""):
            yield Safety.UNSAFE, f"{base} may be a TestCase (A10)"
        if mark := next((m for i in items for m in i.marks if m.name == self.options.marker and m.when), None):
            yield Safety.UNSAFE, f"a mark holds for it only if {mark.when}"
        if any(m.name in ("xfail", "skip", "skipif") for i in items for m in i.marks):
            yield Safety.SAFE, "its xfail or skip mark gets a real result (A19)"

    def _wider_loops(self, items: list[Item]) -> Iterator[tuple[str, str]]:
        """Async fixtures that the tests use and whose loop is not the test's."""
        item = items[0]
        if self.suite.fixtures.is_sure(item, "event_loop"):
            return  # one loop for everybody, by the fixture that old versions know
        config = self.suite.config(item.path)
        mine = self.options.loop_scope or config.asyncio_default_test_loop_scope or "function"
        for _, function in self.suite.fixtures.closure(item):
            fixture = function.fixture
            if fixture is not None and function.is_async and fixture.kind == "pytest_asyncio":
                default = config.asyncio_default_fixture_loop_scope or fixture.scope
                scope = fixture.keyword("loop_scope") or default
                if scope != mine:
                    yield fixture.name, scope

    def _asked_while_running(self, test: Test, items: list[Item]) -> dict[str, str]:
        """Name → async fixture of what needs a loop of its own while that of the test, or of an async fixture, runs
        already; no fixture for names that are not seen. What the test has got before it starts is only handed out."""
        fixtures = self.suite.fixtures
        found: dict[str, str] = {}
        for item in items:
            used = [f for _, f in fixtures.closure(item)]
            for asker in [test, *(f for f in used if f.is_async)]:
                ready = used if asker is test else ()
                for name in asker.asks:
                    needed = [f for _, f in fixtures.closure(item, [name]) if f.is_async and f not in ready]
                    if needed or name == "?":
                        found[name] = needed[0].name if needed else ""
        return found

    # ---- helpers -----------------------------------------------------------------------------

    def _is_marked(self, marks: Iterable[Mark]) -> bool:
        return any(m.name in ASYNC_MARKS for m in marks)

    def _is_handled(self, item: Item) -> bool:
        return "anyio_backend" in item.requests or self._is_marked(m for m in item.marks if m.when is None)

    def _is_foreign(self, item: Item) -> bool:
        others = ASYNC_MARKS - {self.options.marker}
        return "anyio_backend" in item.requests or any(m.name in others for m in item.marks)

    def _filler(self, items: list[Item], name: str) -> str | None:
        """What fills a parameter in one of the tests at least: see `Fixtures.filler`."""
        if name == "event_loop":
            return ""
        found = {f for i in items if (f := self.suite.fixtures.filler(i, name)) is not None}
        return min(found, default=None)

    def _left_by_configuration(self, items: list[Item]) -> bool:
        """Whether the tests are left alone for a reason that holds for many: it is counted."""
        path = items[0].path
        where = self.suite.config(path).path or path
        unclear, line, why = self.mode.unclear(path)
        auto = self.mode.of(path) == "auto" and not self.options.in_auto_mode
        plugin = f"{PLUGINS[self.options.marker]} is not among the project's requirements"
        hook = next((c.path for c in self.suite.conftests(path) if c.hook_when != NEVER), "")
        left = (
            (unclear, "A01-ambiguous-config", unclear, why),
            (auto, "A02-auto-mode", where, "auto mode runs every async test; --in-auto-mode marks them all the same"),
            (self.mode.no_plugin, "A03-no-plugin", where, f"{plugin}: add it, or use --mode strict"),
            (hook, "A05-marked-by-hook", hook, "a hook in this file marks tests while they are collected"),
        )
        for holds, code, at, reason in left:
            if holds:
                self.counted[code, at, line, reason] += 1
                return True
        return False

    # ---- class and module marks --------------------------------------------------------------

    @cached_property
    def _needy(self) -> set[tuple[str, int]]:
        """Where the tests stand that get a mark for sure."""
        return {
            (path, test.line)
            for path, tests in self._found.items()
            for test, found in tests.items()
            if [(type(t), t.action, t.safety) for t in found if isinstance(t, Todo)] == [(Todo, "mark", Safety.SAFE)]
        }

    @cached_property
    def _covered(self) -> dict[tuple[str, int], set[tuple[str, int]]]:
        """(file, line) of each class or module that may carry the mark → the tests that it reaches.

        All of them must need it. A class whose base carries the mark already is left out.
        """
        reached: dict[tuple[str, int], set[tuple[str, int]]] = {}
        bases: dict[tuple[str, int], set[tuple[str, int]]] = {}
        for path, file in self.suite.files.items():
            for item in self.suite.items(path):
                test = (item.where, item.test.line)
                if self.options.style == "module" and not file.marks and "pytestmark" not in file.bound:
                    reached.setdefault((path, 0), set()).add(test)
                elif self.options.style in ("class", "auto"):
                    chain = self.suite.around(item)
                    for index, (where, cls) in enumerate(chain):
                        reached.setdefault((where, cls.line), set()).add(test)
                        bases.setdefault((where, cls.line), set()).update((p, c.line) for p, c in chain[index + 1 :])
        good = {at for at, tests in reached.items() if tests <= self._needy}
        return {at: reached[at] for at in good if not bases.get(at, set()) & good}

    @cached_property
    def _wide(self) -> dict[tuple[str, int], str]:
        """Where a mark for many goes, with the name of what carries it."""
        names = {(p, c.line): c.name for p, f in self.suite.files.items() for c in f.classes}
        return {at: names.get(at, "the module") for at in self._covered}


def _is_bad(args: tuple[str, ...], keywords: tuple[tuple[str, str], ...]) -> bool:
    return bool(args) or any(name not in ("loop_scope", "scope") for name, _ in keywords)
