"""What each name is bound to, scope by scope, from one walk over statements.

`Imports` answers "which import does this name mean"; the guards ask more: is it a class, a function,
`None` in some branch, bound before or after this line. Tables are made for the scopes that are asked.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..engine.scopes import checking_branch, checking_names, imported
from ..engine.source import Source, is_function
from .names import MODULES

ScopeNode = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class Binding:
    """One place that binds a name."""

    kind: str  # import, class, function, value, annotation, parameter, type, other
    node: ast.AST
    line: int
    dotted: str = ""  # what an import binds it to
    guard: str = ""  # "typing" under `if TYPE_CHECKING`, "try", "if", or "" for unconditional


class Scope:
    """One scope's own names."""

    def __init__(
        self,
        node: ScopeNode,
        walrus: tuple[int, ...] = (),
        names: dict[str, list[Binding]] | None = None,
        checking: frozenset[str] = frozenset(),
    ) -> None:
        self.node = node
        self.is_class = isinstance(node, ast.ClassDef) and names is None
        self.is_function = is_function(node) or isinstance(node, ast.Lambda)
        self._walrus = walrus  # lines of the file
        self._checking = checking  # what TYPE_CHECKING is called
        if names is not None:
            self.names = names

    @cached_property
    def names(self) -> dict[str, list[Binding]]:
        found: dict[str, list[Binding]] = {}
        first, last = getattr(self.node, "lineno", 0), getattr(self.node, "end_lineno", None)
        walrus = any(first <= line <= (last or line) for line in self._walrus)
        for name, binding in _bound(self.node, walrus, self._checking):
            found.setdefault(name, []).append(binding)
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: the scopes it is looked up in, innermost first, and what is known there."""

    scopes: tuple[Scope, ...]
    checking: bool = False  # under `if TYPE_CHECKING`
    owner: ast.ClassDef | None = None  # the class whose body this is, directly
    function: ast.AST | None = None  # the function whose body this is in

    def inside(self, scope: Scope) -> Place:
        """The body of a definition that stands here. A class body is not seen from functions in it."""
        outer = tuple(s for s in self.scopes if not s.is_class)
        owner = scope.node if isinstance(scope.node, ast.ClassDef) else None
        function = scope.node if scope.is_function else self.function
        return Place((scope, *outer), self.checking, owner, function)

    def find(self, name: str) -> tuple[Scope, list[Binding]] | None:
        """The innermost scope that binds a name; None for a builtin or an unknown name."""
        for scope in self.scopes:
            if found := scope.names.get(name):
                return scope, found
        return None

    @property
    def module(self) -> Scope:
        return self.scopes[-1]


class Scopes:
    """The scopes of one file, made once each."""

    def __init__(self, file: Source) -> None:
        self._walrus = tuple(file.line_of(m.start()) for m in re.finditer(":=", file.text))
        self.checking = checking_names(file)
        self._made: dict[ast.AST, Scope] = {}
        self._typing: dict[tuple[tuple[Scope, ...], str], str | None] = {}
        self.seen: set[str] = set()  # local names that were used as typing's
        self.module = self.of(file.tree)
        self.stars = tuple(b.dotted.removesuffix(".*") for b in self.module.names.get("*", ()) if b.kind == "import")

    def typing(self, node: ast.AST, place: Place) -> str | None:
        """`X` for a Name or Attribute that means typing.X or typing_extensions.X, by scope and not by spelling.

        A name with two bindings counts when both mean the same (`try: typing / except: typing_extensions`).
        """
        if isinstance(node, ast.Attribute):
            base = dotted(node.value, place) if isinstance(node.value, ast.Name | ast.Attribute) else None
            return node.attr if base in MODULES else None
        if not isinstance(node, ast.Name):
            return None
        key = place.scopes, node.id
        if key not in self._typing:
            self._typing[key] = self._meaning(node.id, place)
        return self._typing[key]

    def _meaning(self, name: str, place: Place) -> str | None:
        found = place.find(name)
        if found is None:
            return name if any(star in MODULES for star in self.stars) else None
        split = [b.dotted.rpartition(".") for b in found[1]]
        if len({last for _, _, last in split}) != 1 or not all(module in MODULES for module, _, _ in split):
            return None
        self.seen.add(name)
        return split[0][2]

    def of(self, node: ScopeNode) -> Scope:
        if node not in self._made:
            self._made[node] = Scope(node, self._walrus, checking=self.checking)
        return self._made[node]

    def around(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, place: Place) -> Place:
        """Where a definition's annotations or bases stand: its type parameters are a scope of their own."""
        parameters = getattr(node, "type_params", ())
        if not parameters:
            return place
        names = {p.name: [Binding("type", p, p.lineno)] for p in parameters}
        return replace(place, scopes=(Scope(node, names=names), *place.scopes))


def dotted(node: ast.AST, place: Place) -> str | None:
    """The one dotted name that a Name or Attribute chain means through imports, else None."""
    suffix = ""
    while isinstance(node, ast.Attribute):
        suffix = f".{node.attr}{suffix}"
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    found = place.find(node.id)
    if found is None:
        return None
    meanings = {b.dotted for b in found[1]}
    return meanings.pop() + suffix if len(meanings) == 1 and "" not in meanings else None


def root_name(node: ast.expr) -> ast.Name | None:
    """The name that a dotted expression begins with: `a` in `a.b.c`."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node if isinstance(node, ast.Name) else None


def last_name(node: ast.expr) -> str:
    """The name that a dotted expression ends with: `c` in `a.b.c`; "" for any other expression."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _bound(node: ScopeNode, walrus: bool, checking: frozenset[str]) -> Iterator[tuple[str, Binding]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        a = node.args
        for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg):
            if arg is not None:
                yield arg.arg, Binding("parameter", arg, arg.lineno)
    if isinstance(node, ast.Lambda):
        return
    yield from _suite(node.body, "", checking)
    if walrus:
        for item in ast.walk(node):
            if isinstance(item, ast.NamedExpr):
                yield item.target.id, Binding("other", item, item.lineno)


def _suite(body: list[ast.stmt], guard: str, checking: frozenset[str]) -> Iterator[tuple[str, Binding]]:
    for statement in body:
        yield from _statement(statement, guard, checking)


def _statement(statement: ast.stmt, guard: str, checking: frozenset[str]) -> Iterator[tuple[str, Binding]]:
    line = statement.lineno
    match statement:
        case ast.Import() | ast.ImportFrom():
            for local, meaning, _ in imported(statement):
                yield local, Binding("import", statement, line, meaning, guard)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name, Binding("function", statement, line, "", guard)
        case ast.ClassDef(name=name):
            yield name, Binding("class", statement, line, "", guard)
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, Binding("value", value, line, "", guard)
                else:
                    yield from _targets(target)
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            kind = "value" if value is not None else "annotation"
            yield name, Binding(kind, value or statement, line, "", guard)
        case ast.AugAssign(target=target) | ast.For(target=target) | ast.AsyncFor(target=target):
            yield from _targets(target)
        case ast.Delete(targets=targets):
            for target in targets:
                yield from _targets(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                if item.optional_vars is not None:
                    yield from _targets(item.optional_vars)
        case ast.Match(cases=cases):
            for case in cases:
                for node in ast.walk(case.pattern):
                    bound = getattr(node, "name", None) or getattr(node, "rest", None)
                    if isinstance(bound, str):
                        yield bound, Binding("other", node, line)
    yield from _inner_suites(statement, guard, checking)
    if type(statement).__name__ == "TypeAlias":
        yield statement.name.id, Binding("value", statement.value, line, "", guard)  # type: ignore[attr-defined]


def _inner_suites(statement: ast.stmt, guard: str, checking: frozenset[str]) -> Iterator[tuple[str, Binding]]:
    """Compound statements that do not open a scope."""
    match statement:
        case ast.If(body=body, orelse=orelse):
            seen = checking_branch(statement, checking)
            yield from _suite(body, guard or ("typing" if seen == "body" else "if"), checking)
            yield from _suite(orelse, guard or ("typing" if seen == "orelse" else "if"), checking)
        case ast.Try() | ast.TryStar():
            for handler in statement.handlers:
                if handler.name:
                    yield handler.name, Binding("other", handler, handler.lineno)
                yield from _suite(handler.body, "try", checking)
            for body in (statement.body, statement.orelse, statement.finalbody):
                yield from _suite(body, "try", checking)
        case ast.For() | ast.AsyncFor() | ast.While():
            yield from _suite(statement.body, guard or "if", checking)
            yield from _suite(statement.orelse, guard or "if", checking)
        case ast.With() | ast.AsyncWith():
            yield from _suite(statement.body, guard, checking)
        case ast.Match(cases=cases):
            for case in cases:
                yield from _suite(case.body, guard or "if", checking)


def _targets(target: ast.expr) -> Iterator[tuple[str, Binding]]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id, Binding("other", node, node.lineno)
