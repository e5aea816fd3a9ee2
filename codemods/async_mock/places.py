"""The places of one test file that hold objects: variables, `self.x`, attribute chains, by scope.

A *place* is (scope, key): `("svc.client")` in the function that binds `svc`, `"self.svc"` in the
class whose method says `self`. Bindings say what may be in a place, uses say where it is read or
written. Nothing is ordered: a name bound twice in a function holds both.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..engine.arguments import given, positional
from ..engine.names import Names, chain
from ..engine.scopes import Scope
from ..engine.source import Function, Source, is_function
from ..facts.types.paths import Types, local_class
from .fixtures import FileFixtures

_KEPT = {
    ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.withitem, ast.For, ast.AsyncFor, ast.comprehension,
    ast.FunctionDef, ast.AsyncFunctionDef, ast.Assert, ast.Call, ast.Expr,
}  # fmt: skip

Place = tuple[ast.AST, str]
SETUP = {
    "setUp", "asyncSetUp", "setUpClass", "setup", "setup_method", "setup_class", "__init__", "setup_test",
}  # fmt: skip

How = Literal["assign", "with", "param", "item", "opaque"]  # "item" of a tuple; "opaque": cannot be told


@dataclass(frozen=True, eq=False)
class Filling:
    """One way that a place gets its object."""

    how: How
    value: ast.expr | None
    function: Function | None  # the function that the binding stands in
    annotation: ast.expr | None = None
    node: ast.AST | None = None  # the target
    index: int = 0  # of an "item"


class Places:
    """All places of a file."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self.names = file.once(Names)
        self.types = Types(file)
        self.bindings: dict[Place, list[Filling]] = {}
        self.uses: dict[Place, list[ast.expr]] = {}
        self.functions: dict[str, Function] = {}  # at module level, and methods by "Cls.name"
        self.calls: dict[str, list[ast.Call]] = {}  # of the file's own functions, by name
        self.callees: dict[ast.expr | None, Function] = {}  # the same, the other way round
        self.requests: dict[str, list[Place]] = {}  # fixture name → parameters that ask for it
        self._lookups: dict[tuple[Scope, str], tuple[ast.AST | None, str]] = {}
        self._roots: dict[tuple[Scope, str], Place | None] = {}
        self._functions: dict[ast.AST, Function | None] = {}
        self._outermost: dict[Function | None, Function | None] = {}
        self._results: dict[Function, list[ast.expr]] = {}
        self.nodes = sorted(
            (n for n in file.parents if type(n) in _KEPT),
            key=lambda n: (getattr(n, "lineno", 0), getattr(n, "col_offset", 0)),
        )
        for node in self.nodes:
            if is_function(node):
                self._define(node)
        for node in self.nodes:
            self._bind(node)
        names = (n for n in file.parents if isinstance(n, ast.Name))
        for name in sorted(names, key=lambda n: (n.lineno, n.col_offset)):
            self._use(name)

    @cached_property
    def fixtures(self) -> FileFixtures:
        """Which fixtures of this file its tests get."""
        return FileFixtures(self.file)

    # ---- names -----------------------------------------------------------------------------

    def lookup(self, node: ast.Name) -> tuple[ast.AST | None, str]:
        """(scope, type path) of a name: the scope of a variable with path "", or None with what it means."""
        return self.meaning(node.id, node)

    def meaning(self, name: str, at: ast.AST) -> tuple[ast.AST | None, str]:
        """The same for a name that would stand at a node."""
        return self._known(self.names.scope(at), name)

    def _known(self, scope: Scope, name: str) -> tuple[ast.AST | None, str]:
        key = (scope, name)
        if key not in self._lookups:
            self._lookups[key] = self._lookup(scope, name)
        return self._lookups[key]

    def _lookup(self, scope: Scope, name: str) -> tuple[ast.AST | None, str]:
        found = scope.find(name)
        if found is None:
            return None, self.types.name(name, {})
        home, bindings = found
        match bindings:
            case [binding] if isinstance(binding.node, ast.ClassDef) and home.is_function:
                return None, f"~.{local_class(binding.node)}"
        if any(b.kind == "import" for b in bindings):
            meant = self.names.named(name, scope, rebound="first")
            if meant and meant[0] != ":":
                return None, meant
        if home is self.names.module and any(b.kind in ("class", "function") for b in bindings):
            return None, f"~.{name}"
        return home.node, ""

    def enclosing(self, node: ast.AST) -> ast.AST:
        """The scope that a node is evaluated in: a definition, lambda or comprehension, the module."""
        return self.names.scope(node).node

    def function(self, node: ast.AST) -> Function | None:
        """The function that a node stands in."""
        found, known, inside = self._functions.get(node), node in self._functions, []
        while not known:
            inside.append(node)
            parent = self.file.parents.get(node)
            if parent is None or is_function(parent):
                found, known = parent, True
            else:
                node, found, known = parent, self._functions.get(parent), parent in self._functions
        for each in inside:
            self._functions[each] = found
        return found

    def functions_around(self, node: ast.AST) -> Iterator[Function]:
        """The functions around a node, innermost first."""
        found = self.function(node)
        while found is not None:
            yield found
            found = self.function(found)

    def outermost(self, node: ast.AST) -> Function | None:
        """The function of a module or class that a node stands in, in its body or its decorators."""
        inner = self.function(node)
        if inner not in self._outermost:
            self._outermost[inner] = next(iter([*self.functions_around(node)][::-1]), None)
        return self._outermost[inner]

    def cls(self, node: ast.AST) -> ast.ClassDef | None:
        return next((p for p in self.file.ancestors(node) if isinstance(p, ast.ClassDef)), None)

    # ---- places ----------------------------------------------------------------------------

    def root(self, node: ast.Name) -> Place | None:
        """The place that a bare name is: a variable, or `self` as a place of its class."""
        key = (self.names.scope(node), node.id)
        if key not in self._roots:
            self._roots[key] = self._root(*key)
        return self._roots[key]

    def _root(self, scope: Scope, name: str) -> Place | None:
        home, _ = self._known(scope, name)
        if home is None:
            return None
        if is_function(home):
            owner = self.file.parents[home]
            arguments = [*home.args.posonlyargs, *home.args.args]
            static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in home.decorator_list)
            if isinstance(owner, ast.ClassDef) and arguments and arguments[0].arg == name and not static:
                return owner, "self"
        return home, name

    def place(self, node: ast.AST) -> Place | None:
        """The place that a name or an attribute chain is; None for anything else."""
        node, rest = chain(node)
        root = self.root(node) if isinstance(node, ast.Name) else None
        return (root[0], root[1] + rest) if root else None

    def bound(self, place: Place, at: ast.AST) -> list[Filling]:
        """What may be in a place, seen from a node: for `self.x` the same method counts first, then setup."""
        found = self.bindings.get(place, [])
        if not found and isinstance(place[0], ast.ClassDef):
            for base in place[0].bases:
                own = next(
                    (
                        s
                        for s in self.file.tree.body
                        if isinstance(s, ast.ClassDef) and s.name == getattr(base, "id", "")
                    ),
                    None,
                )
                if own is not None and own is not place[0]:
                    return self.bound((own, place[1]), at)
        if isinstance(place[0], ast.ClassDef) and len(found) > 1:
            here = self.function(at)
            nearest = [b for b in found if b.function is here]
            return nearest or [b for b in found if self.is_setup(b.function)] or found
        return found

    def is_setup(self, function: Function | None) -> bool:
        return function is not None and (function.name in SETUP or self.is_fixture(function))

    def is_fixture(self, function: Function) -> bool:
        return self.fixtures.name(function) is not None

    def results(self, function: Function) -> list[ast.expr]:
        """What a function returns; what it yields, if it yields."""
        if function not in self._results:
            self._results[function] = self._given(function)
        return self._results[function]

    @staticmethod
    def _given(function: Function) -> list[ast.expr]:
        returned: list[ast.expr] = []
        yielded: list[ast.expr] = []
        stack: list[ast.AST] = list(function.body)
        while stack:
            node = stack.pop(0)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
                continue
            if isinstance(node, ast.Return) and node.value is not None:
                returned.append(node.value)
            if isinstance(node, ast.Yield) and node.value is not None:
                yielded.append(node.value)
            stack[:0] = ast.iter_child_nodes(node)
        return yielded or returned

    def calls_of(self, function: Function) -> list[ast.Call]:
        """The calls of a function or method of this file."""
        parent = self.file.parents[function]
        key = f"{parent.name}.{function.name}" if isinstance(parent, ast.ClassDef) else function.name
        return self.calls.get(key, []) if self.functions.get(key) is function else []

    def parameters(self, function: Function) -> list[str]:
        """Its parameters as a caller counts them."""
        return [*positional(function, self._is_bound(function)), *(a.arg for a in function.args.kwonlyargs)]

    def _is_bound(self, function: Function) -> bool:
        static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list)
        return isinstance(self.file.parents[function], ast.ClassDef) and not static

    def argument(self, call: ast.Call, function: Function, name: str) -> ast.expr | None:
        """What a call gives for a parameter."""
        return given(function, call, self._is_bound(function)).get(name)

    # ---- collecting ------------------------------------------------------------------------

    def _define(self, node: Function) -> None:
        parent = self.file.parents[node]
        if isinstance(parent, ast.ClassDef):
            self.functions.setdefault(f"{parent.name}.{node.name}", node)
        elif isinstance(parent, ast.Module):
            self.functions.setdefault(node.name, node)
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        for argument in arguments:
            place = (node, argument.arg)
            self.bindings.setdefault(place, []).append(Filling("param", None, node, argument.annotation, argument))
            self.requests.setdefault(argument.arg, []).append(place)

    def _bind(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._target(target, "assign", value)
            case ast.AnnAssign(target=target, value=value, annotation=annotation):
                self._target(target, "assign", value, annotation)
            case ast.NamedExpr(target=target, value=value):
                self._target(target, "assign", value)
            case ast.Assert(
                test=ast.Call(func=ast.Name(id="isinstance"), args=[target, ast.Name() | ast.Attribute() as kind])
            ):
                self._target(target, "assign", None, kind)  # as good as a declared type
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                self._target(target, "with", value)
            case ast.For(target=target) | ast.AsyncFor(target=target) | ast.comprehension(target=target):
                self._target(target, "opaque", None)
            case ast.AugAssign(target=target):
                self._target(target, "opaque", None)
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                self._called(node, name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name)):
                cls = self.cls(node)
                if cls is not None and f"{cls.name}.{name}" in self.functions:
                    self._called(node, f"{cls.name}.{name}")

    def _called(self, call: ast.Call, key: str) -> None:
        self.calls.setdefault(key, []).append(call)
        self.callees[call] = self.functions[key]

    def _target(self, target: ast.expr, how: How, value: ast.expr | None, annotation: ast.expr | None = None) -> None:
        match target:
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                values = value.elts if isinstance(value, ast.Tuple | ast.List) and how == "assign" else []
                for index, each in enumerate(targets):
                    if len(values) == len(targets):
                        self._target(each, how, values[index])
                    elif how == "assign" and (place := self.place(each)) is not None:
                        binding = Filling("item", value, self.function(each), None, each, index)
                        self.bindings.setdefault(place, []).append(binding)
                    else:
                        self._target(each, "opaque", None)
            case ast.Starred(value=inner):
                self._target(inner, "opaque", None)
            case ast.Name() | ast.Attribute():
                if (place := self.place(target)) is not None:
                    binding = Filling(how, value, self.function(target), annotation, target)
                    self.bindings.setdefault(place, []).append(binding)

    def _use(self, name: ast.Name) -> None:
        place = self.root(name)
        if place is None:
            return
        node: ast.expr = name
        while True:
            self.uses.setdefault(place, []).append(node)
            parent = self.file.parents.get(node)
            if not isinstance(parent, ast.Attribute):
                return
            node, place = parent, (place[0], f"{place[1]}.{parent.attr}")
