"""Read one file into facts about its tests.

Only the module's and the classes' own statements are read; bodies are walked for async functions
alone.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from codemods.source import Definition, Function, Source, is_function

from .names import Names, statements
from .tests import Fixture, Mark, Test, TestClass, TestFile

FIXTURES = {
    "pytest.fixture": "pytest",
    "pytest.yield_fixture": "pytest",
    "pytest_asyncio.fixture": "pytest_asyncio",
    "pytest_asyncio.plugin.fixture": "pytest_asyncio",
    "pytest_cases.fixture": "other",
    "pytest_twisted.async_fixture": "other",
    "pytest_twisted.async_yield_fixture": "other",
    "pytest_trio.trio_fixture": "other",
    "pytest_trio.fixture": "other",
}
_PATCHES = re.compile(r"(?:^|\.)mock\.patch(?:\.object)?$")
_ASYNC_DEF = re.compile(r"async\s+def\s+(\w+)")
_WORTH_WALKING = re.compile(r"yield|\.run\b|run_until_complete|run_forever")
_LOOP_CALLS = ("asyncio.run", "anyio.run", "trio.run")
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def scan(file: Source) -> TestFile:
    """The facts of one file."""
    return _Scanner(file).run()


class _Scanner:
    def __init__(self, file: Source) -> None:
        self.file = file
        self.tests: list[Test] = []
        self.classes: list[TestClass] = []
        self.names = Names(file.tree)
        self.imports_run = any(_joined(*target) in _LOOP_CALLS for target in self.names.imports.values())

    def run(self) -> TestFile:
        tree, names = self.file.tree, self.names
        self._body(tree.body)
        self._nested()
        off = self._switched_off(tree.body)
        plugins = names.assigned.get("pytest_plugins")
        return TestFile(
            self.file.path,
            tuple(replace(t, off=True) if t.qualname in off else t for t in self.tests),
            tuple(self.classes),
            tuple(self._pytestmark(tree.body)),
            {local: _joined(*target) for local, target in names.imports.items()},
            tuple(names.stars),
            frozenset({*names.assigned, *(n.name for n in names.body if isinstance(n, Definition))}),
            {
                n: marks
                for n, v in names.assigned.items()
                if n != "pytestmark" and (marks := tuple(marks_in(names, v)))
            },
            {f.name: kind for f in tree.body if is_function(f) and (kind := self._wrapper(f))},
            {n: (v.lineno, source) for n, v in names.assigned.items() if (source := self._maker(v))},
            _flag(tree.body),
            tuple(_strings(plugins)) if plugins is not None else (),
            tuple(s for n in ("collect_ignore", "collect_ignore_glob") for s in _strings(names.assigned.get(n))),
            any(is_function(f) and _marks_by_hook(f) for f in tree.body),
        )

    def _body(self, body: Sequence[ast.stmt], owner: str = "", patches: int = 0) -> None:
        prefix = f"{owner}." if owner else ""
        for node in statements(body):
            if is_function(node):
                inject = patches if node.name.startswith("test") else 0  # mock.patch.TEST_PREFIX
                self.tests.append(self._function(node, f"{prefix}{node.name}", owner, inject))
            elif isinstance(node, ast.ClassDef):
                self._class(node, f"{prefix}{node.name}")

    def _class(self, node: ast.ClassDef, qualname: str) -> None:
        marks, decorators, _ = self._decorators(node)
        members = list(statements(node.body))
        self.classes.append(
            TestClass(
                node.name,
                qualname,
                node.lineno,
                tuple(self.names.dotted(_unsubscripted(base)) for base in node.bases),
                (*marks, *self._pytestmark(node.body)),
                decorators,
                any(is_function(m) and m.name in ("__init__", "__new__") for m in members),
                _flag(node.body),
            )
        )
        self._body(node.body, qualname, sum(map(self._injects, node.decorator_list)))

    def _function(self, node: Function, qualname: str, owner: str, inject: int = 0, nested: bool = False) -> Test:
        marks, decorators, fixture = self._decorators(node)
        is_async = isinstance(node, ast.AsyncFunctionDef)
        yields, loop = self._inside(node) if is_async else (False, 0)
        return Test(
            node.name,
            qualname,
            owner,
            node.lineno,
            is_async,
            nested,
            yields,
            loop,
            tuple(self._params(node, bool(owner), inject, marks)),
            marks,
            decorators,
            fixture,
        )

    # ---- decorators --------------------------------------------------------------------------

    def _decorators(self, node: Definition) -> tuple[tuple[Mark, ...], tuple[str, ...], Fixture | None]:
        marks: list[Mark] = []
        others: list[str] = []
        fixture = None
        for index, decorator in enumerate(node.decorator_list):
            if found := list(marks_in(self.names, decorator)):
                marks += found
            elif (made := self._fixture(decorator, node.name, index)) is not None:
                fixture = made
            else:
                call = decorator.func if isinstance(decorator, ast.Call) else decorator
                others.append(self.names.dotted(call) or "?")
        return tuple(marks), tuple(others), fixture

    def _fixture(self, decorator: ast.expr, function: str, index: int) -> Fixture | None:
        called = isinstance(decorator, ast.Call)
        base = decorator.func if isinstance(decorator, ast.Call) else decorator
        keywords = list(decorator.keywords) if isinstance(decorator, ast.Call) else []
        args = len(decorator.args) if isinstance(decorator, ast.Call) else 0
        direct = True
        value = self.names.assigned.get(base.id) if isinstance(base, ast.Name) else None
        if isinstance(value, ast.Call):  # sfix = partial(pytest.fixture, scope=…); sfix = pytest.fixture(scope=…)
            direct = False
            keywords += value.keywords
            base = value.func
            if self.names.dotted(base) in ("functools.partial", "partial") and value.args:
                base = value.args[0]
        kind = FIXTURES.get(self.names.dotted(base))
        if kind is None:
            return None
        pairs = tuple((k.arg or "**", ast.unparse(k.value)) for k in keywords)
        name = dict(pairs).get("name", "").strip("'\"")
        return Fixture(name or function, kind, index, direct, called, args, pairs)

    def _pytestmark(self, body: Sequence[ast.stmt]) -> Iterator[Mark]:
        for node in statements(body):
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id="pytestmark")], value=value)
                    | ast.AnnAssign(target=ast.Name(id="pytestmark"), value=ast.expr() as value)
                    | ast.AugAssign(target=ast.Name(id="pytestmark"), value=value)
                ):
                    yield from marks_in(self.names, value, imported=True)

    def _maker(self, node: ast.expr) -> str:
        """The function that a call comes from: f in `partial(f)` and in `f()`."""
        if not isinstance(node, ast.Call):
            return ""
        name = self.names.dotted(node.func)
        return self.names.dotted(node.args[0]) if name == "functools.partial" and node.args else name

    def _wrapper(self, node: Function) -> str:
        """What a function gives back when used as a decorator; "" where it does not look like one."""
        inner: Function = node
        while found := next((n for n in inner.body if is_function(n)), None):
            inner = found
        if inner is not node:
            return "async" if isinstance(inner, ast.AsyncFunctionDef) else "sync"
        given = [n.value for n in statements(node.body) if isinstance(n, ast.Return)]
        params = {p.arg for p in node.args.args}
        if given and all(isinstance(v, ast.Name) and v.id in params for v in given):
            return "same"
        return "same" if given and all(v is not None and any(marks_in(self.names, v)) for v in given) else ""

    def _switched_off(self, body: Sequence[ast.stmt]) -> set[str]:
        """Qualified names in `test_x.__test__ = False`."""
        found = set()
        for node in statements(body):
            match node:
                case ast.Assign(
                    targets=[ast.Attribute(value=owner, attr="__test__")], value=ast.Constant(value=False)
                ):
                    found.add(ast.unparse(owner))
        return found

    # ---- one function ------------------------------------------------------------------------

    def _params(self, node: Function, method: bool, inject: int, marks: Sequence[Mark]) -> Iterator[str]:
        """The parameters that pytest must fill: no defaults, nothing that patch, given or parametrize fills."""
        a = node.args
        positional = [*a.posonlyargs, *a.args]
        required = [p.arg for p in positional[: len(positional) - len(a.defaults)]]
        decorators = [(self.names.dotted(_called(d)), d) for d in node.decorator_list]
        if method and not any(name.endswith("staticmethod") for name, _ in decorators):
            required = required[1:]
        required = required[inject + sum(self._injects(d) for _, d in decorators) :]
        given: set[str] = set()
        for name, d in decorators:
            if name in ("hypothesis.given", "hypothesis.core.given") and isinstance(d, ast.Call):
                required = required[: len(required) - len(d.args)]
                given |= {k.arg for k in d.keywords if k.arg}
        for mark in marks:
            if mark.name == "parametrize":
                names = mark.args[0] if mark.args else dict(mark.keywords).get("argnames", "")
                given |= set(re.findall(r"\w+", names))
        required += [p.arg for p, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if d is None]
        yield from (name for name in required if name not in given)

    def _injects(self, decorator: ast.expr) -> bool:
        """Whether this is a patch that passes its mock to the test: `new` is left at its default."""
        if not isinstance(decorator, ast.Call):
            return False
        name = self.names.dotted(decorator.func)
        before_new = 2 if name.endswith(".object") else 1
        named = any(k.arg == "new" for k in decorator.keywords)
        return bool(_PATCHES.search(name)) and len(decorator.args) <= before_new and not named

    def _inside(self, node: Function) -> tuple[bool, int]:
        """Whether it yields, and the line of a call that starts a loop, both in its own scope.

        Inside `pytest.raises` such a call is the point of the test.
        """
        yields, loop = False, 0
        text = self.file.text[self.file.start(node) : self.file.end(node)]
        if not (_WORTH_WALKING.search(text) or self.imports_run):
            return False, 0
        stack: list[ast.AST] = list(node.body)
        while stack:
            child = stack.pop()
            if isinstance(child, _NESTED):
                continue
            if isinstance(child, ast.With) and any(
                self.names.dotted(_called(item.context_expr)).endswith("raises") for item in child.items
            ):
                continue
            if isinstance(child, ast.Yield | ast.YieldFrom):
                yields = True
            elif isinstance(child, ast.Call):
                name = self.names.dotted(child.func)
                method = child.func.attr if isinstance(child.func, ast.Attribute) else ""
                if name in _LOOP_CALLS or method in ("run_until_complete", "run_forever"):
                    loop = child.lineno
            stack.extend(ast.iter_child_nodes(child))
        return yields, loop

    def _nested(self) -> None:
        """Async functions inside functions, named like tests: looked for only where the text shows more than were met."""
        met = {t.line for t in self.tests if t.is_async}
        shown = Counter(_ASYNC_DEF.findall(self.file.text)) - Counter(t.name for t in self.tests if t.is_async)
        if not any("test" in name for name in shown):
            return
        for node in ast.walk(self.file.tree):
            if isinstance(node, ast.AsyncFunctionDef) and node.lineno not in met:
                self.tests.append(self._function(node, node.name, "", 0, nested=True))


def marks_in(names: Names, node: ast.expr, depth: int = 0, imported: bool = False) -> Iterator[Mark]:
    """The marks in a decorator or in the value of pytestmark, through names, lists and sums.

    With `imported`, a name from another file is a mark called "@dotted.name", for the suite to look up.
    """
    if depth > 5:
        return
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            pass
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            parts = [left, right]
        case ast.Starred(value=value):
            parts = [value]
        case ast.Name(id=name) if name in names.assigned and name not in names.imports:
            found = marks_in(names, names.assigned[name], depth + 1, imported)
            yield from (replace(mark, line=node.lineno) for mark in found)
            return
        case _:
            parts = []
            dotted = names.dotted(_called(node))
            if dotted.startswith("pytest.mark."):
                yield _mark(dotted.removeprefix("pytest.mark."), node)
            elif imported and "." in dotted:
                yield Mark(f"@{dotted}", node.lineno)
    for part in parts:
        yield from marks_in(names, part, depth + 1, imported)


def _mark(name: str, node: ast.expr) -> Mark:
    if not isinstance(node, ast.Call):
        return Mark(name, node.lineno)
    keywords = tuple((k.arg or "**", ast.unparse(k.value)) for k in node.keywords)
    return Mark(name, node.lineno, tuple(ast.unparse(a) for a in node.args[:2]), keywords)


# ---- helpers -------------------------------------------------------------------------------


def _joined(module: str, name: str) -> str:
    return f"{module}{'' if not name or module.endswith('.') else '.'}{name}"


def _called(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node


def _unsubscripted(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Subscript) else node


def _flag(body: Iterable[ast.stmt]) -> bool | None:
    flag = None
    for node in body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id="__test__")], value=ast.Constant(value=bool(value)))
                | ast.AnnAssign(target=ast.Name(id="__test__"), value=ast.Constant(value=bool(value)))
            ):
                flag = value
    return flag


def _strings(node: ast.AST | None) -> Iterator[str]:
    if node is not None:
        yield from (n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _marks_by_hook(node: Function) -> bool:
    """Whether a collection hook marks tests. One that asks `is_async_test` sees only those marked before."""
    if node.name not in ("pytest_collection_modifyitems", "pytest_itemcollected", "pytest_pycollect_makeitem"):
        return False
    words = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)} | set(_strings(node))
    words |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return "add_marker" in words and "is_async_test" not in words and bool(words & {"asyncio", "anyio", "trio"})
