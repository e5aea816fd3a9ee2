"""The marks that one file writes: in a decorator, in `pytestmark`, under a name, in a class, or built by a function."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ...engine.conditions import When, both, either
from ...engine.names import Names, last_name, root_name
from ...engine.source import Definition, Function, is_function, statements
from .requests import named
from .tests import Mark
from .texts import inside

Held = dict[str, tuple[Mark, ...]]


@dataclass(frozen=True)
class Written:
    """The marks of one file."""

    names: Names

    def marks(self, node: ast.expr, imported: bool = False, when: When = None) -> Iterator[Mark]:
        """The marks in a decorator or in the value of pytestmark, through names, lists, sums, conditions and
        `mark(…)(function)`.

        With `imported`, any other name is a mark called "@dotted.name", for the suite to look up.
        """
        worth = imported or self.says_mark or self.names.origins  # few files make a mark or get one
        for leaf, under in self.names.spread(node, when) if worth else ():
            inside = node.lineno <= leaf.lineno <= (node.end_lineno or node.lineno)
            if isinstance(leaf, ast.Call) and isinstance(leaf.func, ast.Call):
                leaf = leaf.func
            for dotted, meant in self.names.meanings(called(leaf)):
                if dotted.startswith("pytest.mark."):
                    mark = self._mark(dotted.removeprefix("pytest.mark."), leaf)
                elif imported and dotted:
                    mark = Mark(f"@{dotted}", leaf.lineno)
                else:
                    continue
                yield replace(mark, line=leaf.lineno if inside else node.lineno, when=both(under, meant))

    @cached_property
    def says_mark(self) -> bool:
        return "mark" in self.names.file.text

    def _mark(self, name: str, node: ast.expr) -> Mark:
        if not isinstance(node, ast.Call):
            return Mark(name, node.lineno, path=self.names.file.path, written=node.lineno)
        found = named(self.names, node) if name in ("usefixtures", "parametrize") else ()
        return Mark(
            name,
            node.lineno,
            tuple(ast.unparse(a) for a in node.args[:2]),
            tuple((k.arg or "**", ast.unparse(k.value)) for k in node.keywords),
            path=self.names.file.path,
            written=node.lineno,
            names=found or (),
            computed=found is None,
        )

    def held(self) -> Held:
        """Marks under a name: what the module assigns, a class has or a function returns; "@" those of other files."""
        found: Held = {}
        for name, value in self.names.assigned.items():
            if name != "pytestmark" and not isinstance(value, ast.Constant):
                found[name] = self._known(ast.Name(name, lineno=value.lineno, end_lineno=value.lineno), value)
        found |= self._inside(self.names.body) if self.says_mark else {}  # few files make marks: no other is walked
        return {name: marks for name, marks in found.items() if marks}

    def _known(self, node: ast.expr, value: ast.expr) -> tuple[Mark, ...]:
        """The marks in an expression; a name counts where another file, or a class or function of this one, has it."""
        named = not isinstance(value, ast.Call) or self.says_mark
        marks = self.marks(node, imported=named)
        return tuple(m for m in marks if m.name[:2] != "@:" or m.name[2:].partition(".")[0] in self.defined)

    @cached_property
    def defined(self) -> frozenset[str]:
        """The classes and functions of the module."""
        return frozenset(n.name for n in self.names.body if isinstance(n, Definition))

    def _inside(self, body: Iterable[ast.stmt], prefix: str = "") -> Held:
        """What functions return and, where a class is around, what is assigned."""
        found: Held = {}
        for member in body:
            match member:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ) if prefix and name != "pytestmark":
                    found[prefix + name] = self._known(value, value)
                case ast.ClassDef(name=name):
                    found |= self._inside(statements(member.body), f"{prefix}{name}.")
                case ast.FunctionDef(name=name):
                    found[prefix + name] = tuple(self._returned(member))
        return found

    def wrappers(self, functions: Iterable[Function]) -> dict[str, str]:
        """What each function makes of a function that it decorates, where all its definitions agree."""
        found: dict[str, set[str]] = {}
        for node in functions:
            found.setdefault(node.name, set()).add(self._wrapper(node))
        return {name: kinds.pop() for name, kinds in found.items() if len(kinds) == 1 and "" not in kinds}

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
        marks = given and self.says_mark
        return "same" if marks and all(v is not None and any(self.marks(v)) for v in given) else ""

    def _returned(self, node: Function) -> Iterator[Mark]:
        """What a function returns for good; where it may also return something else, what it requests at most."""
        if node.name.startswith("test") or any("fixture" in last_name(called(d)) for d in node.decorator_list):
            return  # most functions, and none of them makes marks
        body = [*statements(node.body)]
        given = [n.value for n in body if isinstance(n, ast.Return) and n.value is not None]
        anywhere = bool(self.names.stars) or any(isinstance(n, ast.Import | ast.ImportFrom) for n in body)
        found = [self._known(v, v) if anywhere or self._is_outer(v) else () for v in given]
        for mark in (m for marks in found for m in marks):
            if all(found) or mark.name in ("usefixtures", "parametrize") or mark.name[0] == "@":
                yield mark

    def _is_outer(self, node: ast.expr) -> bool:
        """Whether an expression of a function that imports nothing may begin with a name of the module."""
        root = root_name(called(called(node)))
        return root is None or root.id in self.names.module.names


def called(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node


def is_marking_hook(node: Function) -> bool:
    """Whether a collection hook marks tests. One that asks `is_async_test` sees only those marked before."""
    if node.name not in ("pytest_collection_modifyitems", "pytest_itemcollected", "pytest_pycollect_makeitem"):
        return False
    words = {last_name(n) for n in ast.walk(node)} | {str(text.value) for text in inside(node)}
    return "add_marker" in words and "is_async_test" not in words and bool(words & {"asyncio", "anyio", "trio"})


def marks_by_hook(names: Names, node: Function) -> When:
    """The condition under which a hook marks anything: what it asks of each test is unknown like the rest."""
    return either(
        when
        for statement, when in names.guarded(node.body)
        if isinstance(statement, ast.Expr | ast.Assign) and "add_marker" in ast.unparse(statement)
    )
