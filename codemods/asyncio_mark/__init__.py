"""Mark the async tests that pytest collects and that nothing marks yet."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..engine.codemod import Codemod, Needles, option, options_as
from ..engine.edits import add_decorator, decorators, definitions, drop_decorator, used_imports
from ..engine.known import Decisions, Known, Wants
from ..engine.names import Names
from ..engine.source import Definition, Source
from ..engine.values import Import, Part, Skip
from ..facts.origins import Libraries
from ..facts.suite.build import suite_of
from ..facts.suite.reach import heirs, wanted
from ..facts.suite.requests import LIBRARIES
from ..facts.suite.scan import scan
from ..facts.suite.tests import TestFile
from .judge import Judge, Options, Todo


@dataclass(frozen=True)
class AsyncioMark(Codemod):
    """Mark the async tests that pytest collects and that nothing marks yet.

    In strict mode pytest-asyncio runs only coroutines marked `@pytest.mark.asyncio`; the others are
    skipped with a warning before pytest 8.4 and fail since. The mark becomes the first decorator;
    above `@staticmethod` and `@classmethod` that needs pytest 8.4.

    What counts as a test is decided as pytest decides it: the configuration in force for the file
    (one file wins), `python_files`, `python_classes`, `python_functions`, `testpaths`, base classes
    in other files. A test that is marked through its class, a base class, `pytestmark` or an alias,
    for anyio, trio or twisted, or that asks for `anyio_backend`, is left alone; so are generators,
    fixtures, methods of TestCase, helpers that are only named like tests.

    A file that no pytest configuration governs, though the project has one elsewhere, and a module that runs
    its own coroutines when it is started are no tests: `--all` marks there too.

    In auto mode nothing needs a mark: nothing is edited, and the run says so.

    Safe: a test that was not run before is run. Unsafe where a decorator that nobody knows may hide
    the coroutine, where a base class that is not seen may be a TestCase, where only a plugin that nobody
    knows may fill a parameter, where a mark holds already under a condition that the project's Python does
    not decide, and where the test asks for `event_loop`, for an async fixture by `getfixturevalue`, or shares
    a loop with fixtures of a wider scope.
    """

    libraries: ClassVar[Libraries] = Libraries(LIBRARIES)
    codes: ClassVar[Mapping[str, str]] = {
        "A01-ambiguous-config": "several pytest configurations above the file disagree about the mode",
        "A02-auto-mode": "the plugin is in auto mode, so no test needs a mark",
        "A03-no-plugin": "the project lists its test requirements, and the plugin is not among them",
        "A04-outside-testpaths": "a plain pytest run does not look at the file",
        "A05-marked-by-hook": "a conftest marks tests while they are collected",
        "A10-testcase": "a coroutine of a unittest.TestCase is never awaited, marked or not",
        "A11-isolated": "the class runs its coroutines by itself",
        "A12-asyncgen": "the function yields, so it is a generator and no test",
        "A13-not-collected": "pytest does not collect the function",
        "A14-nested": "the function lies inside another one, where pytest does not look",
        "A15-fixture": "a fixture that is named like a test",
        "A16-loop-inside": "the body starts a loop of its own, which fails inside a running one",
        "A18-params": "a parameter is no fixture that anything here provides",
        "A20-async-fixture": "an async fixture that strict mode does not run: see async-fixture",
        "A22-wrapping-decorator": "a decorator may hide that the function is a coroutine",
        "A23-bad-existing-mark": "the mark has arguments that pytest-asyncio refuses",
        "A24-mark-on-sync": "the mark stands on a function that is not async",
        "A25-name-taken": "the name that the mark needs means something else there",
        "A26-made-test": "the test is an assignment, so there is no function to mark",
        "A27-other-framework": "a class that inherits the test, or a module that imports it, runs it under anyio or trio",
        "A28-program": "the module runs its own coroutines when it is started, maybe where pytest is not installed",
    }
    remarks: ClassVar[Mapping[str, str]] = {
        "A17-event-loop": "the test asks for the event_loop fixture, which pytest-asyncio 1.0 removed",
        "A19-xfail-skip": "an xfail or skip mark had hidden that the test was not run",
        "A21-loop-scope": "a fixture lives in a loop of a wider scope than the test's",
        "A29-asked-while-running": "the test asks for a fixture by name while the loop runs that the fixture needs",
    }

    mode: str = option(
        "config", help="the plugin's mode: from the configuration, or as given", choices=("config", "strict", "auto")
    )
    pytest_config: str = option(
        "", help="the pytest configuration that is in force for all files", metavar="FILE", in_project=True
    )
    style: str = option(
        "function", help="where the mark goes; auto: on the class when every test in it is async",
        choices=("function", "class", "module", "auto"),
    )  # fmt: skip
    loop_scope: str = option(
        "",
        help="add the mark with this loop_scope",
        choices=("", "function", "class", "module", "package", "session"),
    )
    marker: str = option("asyncio", help="which mark to add", choices=("asyncio", "anyio", "trio"))
    repair_marks: bool = option(False, help="correct marks with bad arguments, remove those on sync tests")
    remove_redundant: bool = option(False, help="remove marks that the mode, the class or the module makes needless")
    all: bool = option(False, help="also mark tests outside testpaths and in programs")
    in_auto_mode: bool = option(False, help="add marks in auto mode too")

    def needles(self) -> Needles:
        return Needles(edit=("async", "asyncio"), fact_files=("conftest.py",))

    def scan(self, file: Source) -> TestFile | None:
        return scan(file)

    def wants(self, known: Known) -> Wants:
        suite = known.once(suite_of, self.pytest_config)
        return Wants(paths=wanted(suite), words=heirs(suite))

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        judge = Judge(options_as(self, Options), known.once(suite_of, self.pytest_config))
        return Decisions.sorted_out({p: judge.file(p) for p in known.facts if p in targets}, judge.summary())

    def find(self, file: Source, mine: tuple[Todo, ...]) -> Iterator[Part | Skip]:
        nodes = definitions(file)
        names = file.once(Names)
        for todo in mine:
            node = nodes.get(todo.line)
            if todo.action == "mark":
                yield _mark(file, names, node, todo, self.marker, self.loop_scope)
            elif node is not None:
                yield from _unmark(file, names, node, todo)


def _mark(
    file: Source, names: Names, node: Definition | None, todo: Todo, marker: str, loop_scope: str
) -> Part | Skip:
    dotted = f"pytest.mark.{marker}"
    reference = names.reference(dotted, Import("pytest"), at=node)
    if reference is None:
        return Skip(file.path, todo.line, "A25-name-taken", "the name `pytest` means something else here")
    text = reference.text + (f'(loop_scope="{loop_scope}")' if loop_scope else "")
    if node is not None:
        edit = add_decorator(file, node, text)
    else:
        offset, before, after = _after_imports(file)
        edit = file.replace((offset, offset), f"{before}pytestmark = {text}{file.newline}{after}")
    return Part(file.path, todo.line or 1, todo.reason, (edit,), todo.safety, requires=reference.requires)


def _unmark(file: Source, names: Names, node: Definition, todo: Todo) -> Iterator[Part | Skip]:
    """Remove a mark with its line, or the bad arguments of one."""
    for decorator in decorators(names, node, "pytest.mark.asyncio"):
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        edit = drop_decorator(file, decorator)
        if edit is None:
            yield Skip(file.path, node.lineno, "A23-bad-existing-mark", "a comment stands on the mark's line")
            continue
        if todo.action == "repair" and isinstance(decorator, ast.Call):
            good = [file.segment(k) for k in decorator.keywords if k.arg in ("loop_scope", "scope")]
            edit = file.replace(decorator, file.segment(call) + (f"({', '.join(good)})" if good else ""))
        frees = used_imports(names, call) if todo.action == "unmark" else ()
        yield Part(file.path, node.lineno, todo.reason, (edit,), todo.safety, frees=frees)


def _after_imports(file: Source) -> tuple[int, str, str]:
    """Where `pytestmark` goes: after the leading imports, with a blank line on either side."""
    body = file.tree.body
    last = 0
    for node in body:
        docstring = node is body[0] and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.Import | ast.ImportFrom) or docstring:
            last = node.end_lineno or node.lineno
        elif isinstance(node, Definition):
            break
    offset = file.line_end(last)
    following = file.line(last + 1).strip() if last < len(file.line_starts) else ""
    return offset, file.newline if last else "", file.newline if following else ""
