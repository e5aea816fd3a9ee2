"""Read one file into facts about its tests: the module's and the classes' own statements, bodies of async functions."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from ...engine.bindings import canonical, joined
from ...engine.conditions import When, both, either, negated, unknown
from ...engine.names import Names
from ...engine.source import Definition, Function, Source, is_function, statements
from ...engine.tables import table
from .marks import Written, called, is_marking_hook, marks_by_hook
from .programs import LOOP_CALLS, runs_itself, starts_loop
from .requests import (
    FIXTURES,
    filled_by_given,
    filled_by_patch,
    filled_by_step,
    fixture_maker,
    free_parameters,
    generated,
)
from .tests import Alias, Fixture, Flags, Ignored, Mark, Test, TestClass, TestFile
from .texts import Texts, inside

_ASYNC_DEF = re.compile(r"async\s+def\s+(\w+)")
_RUNNING = (".run", "run_until_complete", "run_forever", "Runner")
_WORTH_WALKING = re.compile(r"yield|\.run\b|run_until_complete|run_forever|\bRunner\b")
_RUNS = re.compile(r"run(?:_until_complete|_forever)?\b")  # no word begins with it for the sake of its speed
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def scan(file: Source, names: Names | None = None, decorators: Iterable[str] = ()) -> TestFile:
    """The facts of one file; `names` where they are read already, `decorators` for what else makes fixtures."""
    return _Scanner(file, names or file.once(Names), FIXTURES.keys() | decorators).run()


class _Scanner:
    def __init__(self, file: Source, names: Names, decorators: Container[str]) -> None:
        self.file = file
        self.tests: list[Test] = []
        self.classes: list[TestClass] = []
        self.aliases: list[Alias] = []
        self.factories: set[str] = set()
        self.names = names
        self.decorators = decorators
        self.texts = Texts(self.names)
        self.written = Written(self.names)
        self.fixture_lines = file.lines_of("fixture")
        self.may_make = bool(self.fixture_lines) or bool(file.origins) or decorators != FIXTURES.keys()
        self.asks_by_name = "getfixturevalue" in file.text or "getfuncargvalue" in file.text
        taken = (canonical(joined(*target), file.origins) for target in self.names.imports.values())
        self.imports_run = not {*taken, *file.origins.values()}.isdisjoint(LOOP_CALLS)

    def run(self) -> TestFile:
        tree, names = self.file.tree, self.names
        self._body(tree.body)
        self._nested()
        flags = self._set_outside()
        listed = list(self._listed("pytest_plugins"))
        plugins = [(name.strip(), when) for text, when in listed for name in text.split(",") if name.strip()]
        hooks = [both(w, marks_by_hook(names, f)) for f, w in self.top if is_function(f) and is_marking_hook(f)]
        return TestFile(
            path=self.file.path,
            tests=tuple(replace(t, flags=flags[t.qualname]) if t.qualname in flags else t for t in self.tests),
            classes=tuple(
                replace(c, flags=(*c.flags, *flags[c.qualname])) if c.qualname in flags else c for c in self.classes
            ),
            marks=tuple(self._pytestmark(tree.body)),
            imports={local: joined(*target) for local, target in names.imports.items()},
            stars=tuple(names.stars),
            bound=frozenset({*names.assigned, *self.written.defined}),
            exports=self.file.once(table).exported,
            held=self.written.held(),
            wrappers=self.written.wrappers([n for n, _ in self.top if is_function(n)]),
            aliases=tuple(self.aliases),
            makers=self._makers(),
            factories=frozenset(self.factories),
            plugins=tuple(text for text, when in plugins if when is None),
            ignored=self._ignored("collect_ignore"),
            ignored_globs=self._ignored("collect_ignore_glob"),
            program=runs_itself(names) if self._may_start() else 0,
            imports_if=tuple(self._imports_if()),
            stars_if=tuple(self._stars_if()),
            plugins_if=tuple((text, when) for text, when in plugins if when is not None),
            plugins_computed=self._is_computed("pytest_plugins"),
            flags=tuple(self._flags(tree.body)),
            hook_when=either(hooks),
        )

    def _body(
        self,
        body: Sequence[ast.stmt],
        owner: str = "",
        patches: int = 0,
        when: When = None,
        inside: ast.AST | None = None,
    ) -> None:
        prefix = f"{owner}." if owner else ""
        home = self.names.of(inside or self.file.tree)
        for node, under in self.names.guarded(body, when):
            self.names.stands((*getattr(node, "decorator_list", ()), *getattr(node, "bases", ())), home)
            if is_function(node):
                inject = patches if node.name.startswith("test") else 0  # mock.patch.TEST_PREFIX
                self.tests.append(self._function(node, f"{prefix}{node.name}", owner, inject, when=under))
                if not owner and self._makes_fixture(node):
                    self.factories.add(node.name)
            elif isinstance(node, ast.ClassDef):
                self._class(node, f"{prefix}{node.name}", under)
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        self._assignment(target.id, node.value, owner, under, body)

    def _assignment(self, name: str, value: ast.expr, owner: str, when: When, body: Sequence[ast.stmt]) -> None:
        """`db = pytest.fixture(scope="session")(impl)`, `db = other_fixture`, `db = make_fixture()`."""
        if owner and not self.may_make:
            return
        how: Literal["is", "call", "partial"] = "call"
        if isinstance(value, ast.Name | ast.Attribute):
            how, source = "is", self.names.dotted(value)
        elif not isinstance(value, ast.Call):
            return
        elif (fixture := self._fixture(value.func, name, -1)) is not None:
            fixture = replace(fixture, direct=False)
            made = self._implementation(value.args[0], owner, body) if value.args else None
            if made is not None:
                qualname = f"{owner}.{name}" if owner else name
                line = value.lineno
                self.tests.append(replace(made, name=name, qualname=qualname, line=line, fixture=fixture, when=when))
            return
        else:
            source = self.names.dotted(value.func)
            if source == "functools.partial" and value.args:
                how, source = "partial", self.names.dotted(value.args[0])
        if source and not owner:
            self.aliases.append(Alias(name=name, line=value.lineno, source=source, how=how))

    def _makers(self) -> dict[str, Fixture]:
        """The names of the module that decorate fixtures, each with what it says of them."""
        fixtures = {t.qualname for t in self.tests if t.fixture is not None}
        assigned = ((n, v) for n, v in self.names.assigned.items() if n not in fixtures)
        return {n: replace(f, direct=False) for n, v in assigned if (f := self._fixture(v, "", -1)) is not None}

    def _implementation(self, node: ast.expr, owner: str, body: Sequence[ast.stmt]) -> Test | None:
        """What is handed to a fixture decorator: a function of the class or module, or a lambda."""
        if isinstance(node, ast.Lambda):
            params = free_parameters(node, owner)
            return Test(name="", qualname="", owner=owner, line=node.lineno, is_async=False, params=tuple(params))
        if not isinstance(node, ast.Name):
            return None
        found = next((n for n in [*body, *self.names.body] if is_function(n) and n.name == node.id), None)
        if found is None:
            return Test(name="", qualname="", owner=owner, line=node.lineno, is_async=False)
        return replace(self._function(found, found.name, owner), marks=(), when=None)

    def _makes_fixture(self, node: Function) -> bool:
        if not self.file.holds(node, self.fixture_lines):
            return False
        inner = (n for n in statements(node.body, inside=True) if is_function(n))
        return any(fixture_maker(self.names, d, self.decorators) for n in inner for d in n.decorator_list)

    def _may_start(self) -> bool:
        """Whether a line of the module itself may start something."""
        text = self.file.text
        lines = (text.rfind("\n", 0, m.start()) + 1 for m in _RUNS.finditer(text))
        return "__main__" in text or any(not text[start].isspace() for start in lines)

    # ---- what the module says, with conditions -----------------------------------------------

    @cached_property
    def top(self) -> list[tuple[ast.stmt, When]]:
        return list(self.names.guarded(self.file.tree.body))

    def _listed(self, name: str) -> Iterator[tuple[str, When]]:
        """The strings that a list of the module holds; those inside of calls may be anything else."""
        for value, when in self.names.built(self.file.tree.body, name):
            for leaf, under in self.names.spread(value, when):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                    yield leaf.value, under
                elif not isinstance(leaf, ast.Constant):
                    maybe = both(under, unknown(f"{name} of line {leaf.lineno}"))
                    yield from ((str(text.value), maybe) for text in inside(leaf))

    def _is_computed(self, name: str) -> bool:
        """Whether a list of the module holds anything but strings."""
        leaves = (n for v, _ in self.names.built(self.file.tree.body, name) for n, _ in self.names.spread(v))
        return any(not (isinstance(n, ast.Constant) and isinstance(n.value, str)) for n in leaves)

    def _ignored(self, name: str) -> Ignored | None:
        values = self.names.built(self.file.tree.body, name)
        return Ignored(tuple(self._listed(name)), either(when for _, when in values)) if values else None

    def _imports_if(self) -> Iterator[tuple[str, str, When]]:
        for name, bindings in self.names.module.names.items():
            if name != "*" and sum(binding.kind == "import" for binding in bindings) > 1:
                found = self.names.alternatives(name)
                yield from ((name, binding.dotted, when) for binding, when in found if binding.kind == "import")

    def _stars_if(self) -> Iterator[tuple[str, When]]:
        for node, when in self.top:
            if when is not None and isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                yield "." * node.level + (node.module or ""), when

    def _flags(self, body: Sequence[ast.stmt]) -> Iterator[tuple[bool, When]]:
        """What sets `__test__`, in order."""
        for value, when in self.names.built(body, "__test__"):
            yield from self._flag(value, when)

    def _flag(self, value: ast.expr, when: When) -> Flags:
        holds = self.names.condition(value)
        return (True, both(when, holds)), (False, both(when, negated(holds)))

    def _class(self, node: ast.ClassDef, qualname: str, when: When = None) -> None:
        marks, decorators, _ = self._decorators(node)
        members = [(m.name, under) for m, under in self.names.guarded(node.body) if is_function(m)]
        inits = [under for name, under in members if name in ("__init__", "__new__")]
        bases = [self.names.meanings(b.value if isinstance(b, ast.Subscript) else b) for b in node.bases]
        self.classes.append(
            TestClass(
                name=node.name,
                qualname=qualname,
                line=node.lineno,
                bases=tuple(found[0][0] for found in bases if len(found) == 1),
                marks=(*marks, *self._pytestmark(node.body)),
                decorators=decorators,
                bases_if=tuple(each for found in bases if len(found) > 1 for each in found),
                init_when=either(inits),
                flags=tuple(self._flags(node.body)),
                when=when,
                assigned=frozenset(
                    t.id for m in node.body if isinstance(m, ast.Assign) for t in m.targets if isinstance(t, ast.Name)
                ),
            )
        )
        self._body(node.body, qualname, filled_by_patch(self.names, node.decorator_list), when, node)

    def _function(
        self, node: Function, qualname: str, owner: str, inject: int = 0, nested: bool = False, when: When = None
    ) -> Test:
        marks, decorators, fixture = self._decorators(node)
        is_async = isinstance(node, ast.AsyncFunctionDef)
        yields, loop = self._inside(node) if is_async else (False, 0)
        step, filled = filled_by_step(self.names, node)
        taken, unsure = filled_by_given(self.names, node)
        mocks = inject + filled_by_patch(self.names, node.decorator_list)
        left = [n for n in free_parameters(node, owner) if n not in taken][mocks:]
        fills = [m for m in marks if m.name == "parametrize"]
        return Test(
            name=node.name,
            qualname=qualname,
            owner=owner,
            line=node.lineno,
            is_async=is_async,
            nested=nested,
            yields=yields,
            asks=self.texts.asked(node) if self.asks_by_name else (),
            loop_inside=loop,
            params=tuple(p for p in left if p not in filled and not any(p in m.names for m in fills)),
            marks=marks,
            decorators=decorators,
            fixture=fixture,
            when=when,
            fills=tuple(generated(self.names, node)) if node.name == "pytest_generate_tests" else (),
            step=step,
            unsure=unsure or any(m.computed for m in fills),
        )

    # ---- decorators --------------------------------------------------------------------------

    def _decorators(self, node: Definition) -> tuple[tuple[Mark, ...], tuple[str, ...], Fixture | None]:
        marks: list[Mark] = []
        others: list[str] = []
        fixture = None
        for index, decorator in enumerate(node.decorator_list):
            if found := list(self.written.marks(decorator)):
                marks += found
            elif (made := self._fixture(decorator, node.name, index)) is not None:
                fixture = made
            else:
                call = decorator.func if isinstance(decorator, ast.Call) else decorator
                others.append(self.names.dotted(call) or "?")
        return tuple(marks), tuple(others), fixture

    def _fixture(self, decorator: ast.expr, function: str, index: int) -> Fixture | None:
        made = fixture_maker(self.names, decorator, self.decorators) if self.may_make else None
        if made is None:
            return None
        is_called = isinstance(decorator, ast.Call)
        base = called(decorator)
        # sfix = partial(pytest.fixture, scope=…); sfix = pytest.fixture(scope=…)
        direct = not (isinstance(base, ast.Name) and isinstance(self.names.assigned.get(base.id), ast.Call))
        name = self.names.text({k.arg: k.value for k in made[1]}.get("name"))
        kinds = [(FIXTURES[d], w) for d, w in self.names.meanings(base) if d in FIXTURES]
        return Fixture(
            name=name or function,
            kind=FIXTURES.get(made[0], "other"),
            decorator=index,
            direct=direct,
            explicit=bool(name),
            called=is_called,
            args=len(decorator.args) if isinstance(decorator, ast.Call) else 0,
            keywords=tuple((k.arg or "**", ast.unparse(k.value)) for k in made[1]),
            kinds=tuple(kinds) if len({k for k, _ in kinds}) > 1 else (),
        )

    def _pytestmark(self, body: Sequence[ast.stmt]) -> Iterator[Mark]:
        for value, when in self.names.built(body, "pytestmark"):
            yield from self.written.marks(value, imported=True, when=when)

    def _set_outside(self) -> dict[str, Flags]:
        """What sets `test_x.__test__` or `TestX.__test__`, by the qualified name."""
        found: dict[str, Flags] = {}
        for node, when in self.top:
            match node:
                case ast.Assign(targets=[ast.Attribute(value=owner, attr="__test__")], value=value):
                    name = ast.unparse(owner)
                    found[name] = (*found.get(name, ()), *self._flag(value, when))
        return found

    # ---- one function ------------------------------------------------------------------------

    def _inside(self, node: Function) -> tuple[bool, int]:
        """Whether it yields, and the line of a call that starts a loop, both in its own scope.

        Inside `pytest.raises` such a call is the point of the test.
        """
        yields, loop = False, 0
        text = self.file.segment(node)
        worth = any(word in text for word in ("yield", *_RUNNING)) and _WORTH_WALKING.search(text)
        if not (worth or self.imports_run):
            return False, 0
        stack: list[ast.AST] = list(node.body)
        while stack:
            child = stack.pop()
            if isinstance(child, _NESTED):
                continue
            if isinstance(child, ast.With) and any(
                self.names.dotted(called(item.context_expr)).endswith("raises") for item in child.items
            ):
                continue
            if isinstance(child, ast.Yield | ast.YieldFrom):
                yields = True
            elif isinstance(child, ast.Call) and starts_loop(self.names, child):
                loop = child.lineno
            stack.extend(ast.iter_child_nodes(child))
        return yields, loop

    def _nested(self) -> None:
        """Async functions inside functions, named like tests: looked for only where the text shows more than were met."""
        met = {t.line for t in self.tests if t.is_async}
        shown = Counter(_ASYNC_DEF.findall(self.file.text)) - Counter(t.name for t in self.tests if t.is_async)
        if not any("test" in name for name in shown):
            return
        for around in (n for n in ast.walk(self.file.tree) if is_function(n)):
            names = {n.id for n in ast.walk(around) if isinstance(n, ast.Name)}
            for node in ast.walk(around):
                if isinstance(node, ast.AsyncFunctionDef) and node.lineno not in met and node is not around:
                    met.add(node.lineno)
                    test = self._function(node, node.name, "", 0, nested=True)
                    self.tests.append(replace(test, used=node.name in names or bool(node.decorator_list)))
