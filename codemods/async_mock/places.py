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

from ..engine.arguments import given
from ..engine.grouping import grouped
from ..engine.names import Names, chain
from ..engine.remember import remembered
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


def position(node: ast.AST) -> tuple[int, int]:
    """Where a node begins, to sort by."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


class Places:
    """All places of a file, and what flows between them."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self.names = file.once(Names)
        self.types = Types(file)
        self.bindings: dict[Place, list[Filling]] = {}
        self.targets: dict[ast.expr, list[ast.expr]] = {}  # value → names and attributes that it is assigned to
        self.uses: dict[Place, list[ast.expr]] = {}
        self.functions: dict[str, Function] = {}  # at module level, and methods by "Cls.name"
        self.calls: dict[Function, list[ast.Call]] = {}  # of the file's own functions
        self.callees: dict[ast.AST | None, Function] = {}  # the same, the other way round
        self.requests: dict[str, list[Place]] = {}  # fixture name → parameters that ask for it
        self.nodes = sorted((n for n in file.parents if type(n) in _KEPT), key=position)
        for node in self.nodes:
            if is_function(node):
                self._define(node)
        for node in self.nodes:
            self._bind(node)
        for name in sorted((n for n in file.parents if isinstance(n, ast.Name)), key=position):
            self._use(name)

    @cached_property
    def fixtures(self) -> FileFixtures:
        """Which fixtures of this file its tests get."""
        return FileFixtures(self.file)

    # ---- names -----------------------------------------------------------------------------

    def lookup(self, node: ast.Name) -> tuple[ast.AST | None, str]:
        """(scope, type path) of a name: the scope of a variable with path "", or None with what it means."""
        return self.meaning(node.id, self.names.scope(node))

    def meaning(self, name: str, scope: Scope) -> tuple[ast.AST | None, str]:
        """The same for a name that would stand in a scope."""
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

    @cached_property
    def _around(self) -> dict[ast.AST, Function | None]:
        found: dict[ast.AST, Function | None] = {}
        for node, parent in self.file.parents.items():  # a parent comes before its children
            found[node] = parent if is_function(parent) else found.get(parent)
        return found

    def function(self, node: ast.AST) -> Function | None:
        """The function that a node stands in."""
        return self._around.get(node)

    def functions_around(self, node: ast.AST) -> list[Function]:
        """The functions around a node, innermost first."""
        found = self.function(node)
        return [found, *self.functions_around(found)] if found is not None else []

    def outermost(self, node: ast.AST) -> Function | None:
        """The function of a module or class that a node stands in, in its body or its decorators."""
        return [None, *self.functions_around(node)][-1]

    # ---- places ----------------------------------------------------------------------------

    def root(self, node: ast.Name) -> Place | None:
        """The place that a bare name is: a variable, or `self` as a place of its class."""
        return self._root(self.names.scope(node), node.id)

    @remembered
    def _root(self, scope: Scope, name: str) -> Place | None:
        home, _ = self.meaning(name, scope)
        if home is None:
            return None
        if is_function(home):
            owner = self.file.parents[home]
            first = [*home.args.posonlyargs, *home.args.args][:1]
            if isinstance(owner, ast.ClassDef) and self._is_bound(home) and name in (a.arg for a in first):
                return owner, "self"
        return home, name

    def place(self, node: ast.AST) -> Place | None:
        """The place that a name or an attribute chain is; None for anything else."""
        node, rest = chain(node)
        root = self.root(node) if isinstance(node, ast.Name) else None
        return (root[0], root[1] + rest) if root else None

    def fillings(self, node: ast.AST) -> list[Filling]:
        """What may be in the place that a name or an attribute chain is."""
        place = self.place(node)
        return self.bindings.get(place, []) if place else []

    def reads(self, place: Place | None) -> list[ast.expr]:
        """Where a place is read."""
        return [u for u in self.uses.get(place, ()) if isinstance(getattr(u, "ctx", None), ast.Load)] if place else []

    def bound(self, place: Place, at: ast.AST) -> list[Filling]:
        """What may be in a place, seen from a node: for `self.x` the same method counts first, then setup."""
        scope, key = place
        found = self.bindings.get(place, [])
        if not isinstance(scope, ast.ClassDef):
            return found
        for base in scope.bases if not found else ():
            own = self._classes.get(getattr(base, "id", ""), scope)
            if own is not scope:
                return self.bound((own, key), at)
        if len(found) > 1:
            nearest = [b for b in found if b.function is self.function(at)]
            return nearest or [b for b in found if self.is_setup(b.function)] or found
        return found

    @cached_property
    def _classes(self) -> dict[str, ast.ClassDef]:
        return {s.name: s for s in self.file.tree.body if isinstance(s, ast.ClassDef)}

    def is_setup(self, function: Function | None) -> bool:
        return function is not None and (function.name in SETUP or self.is_fixture(function))

    def is_fixture(self, function: Function) -> bool:
        return self.fixtures.name(function) is not None

    def results(self, function: Function) -> list[ast.expr]:
        """What a function returns; what it yields, if it yields."""
        return self._results.get(function, [])

    @cached_property
    def _results(self) -> dict[Function | None, list[ast.expr]]:
        given = [n for n in self.file.parents if isinstance(n, ast.Return | ast.Yield)]
        generators = {self.function(n) for n in given if isinstance(n, ast.Yield) and n.value is not None}
        return grouped(
            (function, node.value)
            for node, function in ((n, self.function(n)) for n in sorted(given, key=position))
            if node.value is not None and (isinstance(node, ast.Yield) or function not in generators)
        )

    def _is_bound(self, function: Function) -> bool:
        static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list)
        return isinstance(self.file.parents[function], ast.ClassDef) and not static

    def given(self, call: ast.Call, function: Function) -> dict[str, ast.expr]:
        """What a call gives for each parameter of a function of this file."""
        return given(function, call, self._is_bound(function))

    def taken(self, argument: ast.AST) -> Place | None:
        """The parameter of a function of this file that an argument becomes."""
        call = self.taking(argument)
        function = self.callees.get(call)
        filled = self.given(call, function) if call is not None and function is not None else {}
        return next(((function, name) for name, value in filled.items() if value is argument and function), None)

    # ---- where objects come from --------------------------------------------------------------

    def sources(self, binding: Filling) -> Iterator[ast.expr]:
        """The expressions of this file that a place gets its object from: another place, what a fixture or a helper
        gives, what a helper is given."""
        value = binding.value
        match binding.how, binding.node:
            case "param", ast.arg(arg=name) if binding.function is not None:
                for fixture in self.fixtures.given(binding.function, name).functions:
                    yield from self.results(fixture)
                for call in self.calls.get(binding.function, ()):
                    yield from filter(None, [self.given(call, binding.function).get(name)])
            case "assign", _ if value is not None:
                yield from self.results(self.callees[value]) if value in self.callees else (value,)
            case "item", _:
                givers: tuple[Function, ...] = (self.callees[value],) if value in self.callees else ()
                if isinstance(value, ast.Name) and is_function(asker := self.lookup(value)[0]):
                    givers = self.fixtures.given(asker, value.id).functions
                for result in (r for giver in givers for r in self.results(giver) if isinstance(r, ast.Tuple)):
                    yield from result.elts[binding.index : binding.index + 1]

    def origins(self, place: Place) -> Iterator[Place]:
        """The place itself, and those it gets its object from within this file: other names, results of fixtures and
        helpers, arguments."""
        found = {place: None}
        queue: list[tuple[Place, ast.expr | None]] = [(place, None)]
        while queue and len(found) < 100:
            (scope, key), at = queue.pop(0)
            steps = key.split(".")
            for size in range(1, len(steps) + 1):
                held, rest = ".".join(steps[:size]), ["", *steps[size:]]
                for binding in self.bindings.get((scope, held), []):
                    if at is not None and self._comes_later(binding, at):
                        continue
                    for origin, source in self._same_objects(binding):
                        further = (origin[0], origin[1] + ".".join(rest))
                        if further not in found and further[1].count(".") < 20:
                            found[further] = None
                            queue.append((further, source))
        yield from found

    def _same_objects(self, binding: Filling) -> Iterator[tuple[Place, ast.expr]]:
        """The places that hold what a binding gives, each with the expression that says so."""
        for source in self.sources(binding):
            if (origin := self.place(source)) is not None:
                yield origin, source
            else:
                yield from ((place, source) for place in self.holders.get(source, ()))

    @cached_property
    def holders(self) -> dict[ast.expr, list[Place]]:
        """The places that one expression is assigned to: several in `a = b = Mock()`, another one for a member of a
        tuple which a helper or a fixture gives."""
        return grouped(
            (source, place)
            for place, bindings in self.bindings.items()
            for binding in bindings
            if binding.how in ("item", "assign")
            for source in (self.sources(binding) if binding.how == "item" else [binding.value])
            if source is not None
        )

    def _comes_later(self, binding: Filling, node: ast.expr) -> bool:
        """Whether a place gets that object only after a node was evaluated, in the same function."""
        target = binding.node
        if not isinstance(target, ast.expr) or binding.function is not self.function(node):
            return False
        return position(target) > position(node)

    def assigned(self, place: Place, at: ast.AST) -> Iterator[tuple[Filling, Place]]:
        """The objects that were put into a place where it got its object from: they are what it holds now."""
        for origin in self.origins(place):
            if origin != place:
                yield from ((binding, origin) for binding in self.bound(origin, at))

    def calling(self, node: ast.AST) -> ast.Call | None:
        """The call of what an expression means."""
        parent = self.file.parents.get(node)
        return parent if isinstance(parent, ast.Call) and parent.func is node else None

    def taking(self, node: ast.AST) -> ast.Call | None:
        """The call that takes an expression as an argument."""
        parent = self.file.parents.get(node)
        parent = self.file.parents.get(parent) if isinstance(parent, ast.keyword) else parent
        return parent if isinstance(parent, ast.Call) and parent.func is not node else None

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
            self._fill(place, Filling("param", None, node, argument.annotation, argument))
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
            case ast.For() | ast.AsyncFor() | ast.comprehension() | ast.AugAssign():
                self._target(node.target, "opaque", None)
            case ast.Call(func=ast.Name(id=name) as callee) if name in self.functions:
                self._called(node, self.functions[name] if self.lookup(callee)[1] == f"~.{name}" else None)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name)):
                cls = next((p for p in self.file.ancestors(node) if isinstance(p, ast.ClassDef)), None)
                self._called(node, self.functions.get(f"{cls.name}.{name}") if cls is not None else None)

    def _called(self, call: ast.Call, function: Function | None) -> None:
        if function is not None:
            self.calls.setdefault(function, []).append(call)
            self.callees[call] = function

    def _target(self, target: ast.expr, how: How, value: ast.expr | None, annotation: ast.expr | None = None) -> None:
        match target:
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                values = value.elts if isinstance(value, ast.Tuple | ast.List) and how == "assign" else []
                for index, each in enumerate(targets):
                    if len(values) == len(targets):
                        self._target(each, how, values[index])
                    elif how == "assign" and (place := self.place(each)) is not None:
                        self._fill(place, Filling("item", value, self.function(each), None, each, index))
                    else:
                        self._target(each, "opaque", None)
            case ast.Starred(value=inner):
                self._target(inner, "opaque", None)
            case ast.Name() | ast.Attribute():
                if how == "assign" and value is not None:
                    self.targets.setdefault(value, []).append(target)
                if (place := self.place(target)) is not None:
                    self._fill(place, Filling(how, value, self.function(target), annotation, target))

    def _fill(self, place: Place, filling: Filling) -> None:
        self.bindings.setdefault(place, []).append(filling)

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
