"""What each scope of a file binds, by Python's rules, and where a name is looked up.

Decorators, defaults, annotations and bases belong to the scope around their definition, the first iterable of a
comprehension too; a class is seen by its own statements alone; a walrus leaves comprehensions; type parameters are a
scope of their own. Bindings are collected for the scopes that are asked, statement by statement.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, cast, get_args

from .arguments import arguments
from .bindings import Binding, Comprehension, Guard, Kind, checking_branch, checking_names, imported
from .grouping import grouped
from .source import Definition, Source, is_function, statements

_BINDS_NOTHING = frozenset({ast.Expr, ast.Return, ast.Assert, ast.Raise, ast.Pass})
_PARTED = {ast.comprehension, ast.arguments}
_OPENING = {ast.Module, ast.Lambda, *get_args(Comprehension | Definition), getattr(ast, "TypeAlias", None)}
TYPES = ("TypeVar", "ParamSpec", "TypeVarTuple")
_GLOBAL = re.compile(r"[\n;:][ \t]*global[ \t\\]")
Lookup = tuple["Scope", list[Binding]]


class Scope:
    """A module, class, function, lambda, comprehension, or the type parameters of a definition (`node` is the first)."""

    def __init__(self, scopes: Scopes, node: ast.AST, parent: Scope | None = None) -> None:
        self.scopes = scopes
        self.node = node
        self._parent = parent
        self.is_class = isinstance(node, ast.ClassDef)
        self.is_function = is_function(node) or isinstance(node, ast.Lambda)
        self.is_comprehension = isinstance(node, Comprehension)
        self.is_types = type(node).__name__ in TYPES
        self.declared: dict[str, str] = {}  # name → "global" or "nonlocal"

    @cached_property
    def parent(self) -> Scope | None:
        """The scope around this one; None for the module."""
        return self._parent if self._parent or isinstance(self.node, ast.Module) else self.scopes.around(self.node)

    def ancestors(self) -> Iterator[Scope]:
        """From this scope to the module."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    @cached_property
    def owner(self) -> ast.ClassDef | None:
        """The class whose body this is."""
        if self.is_types and self.parent is not None:
            return self.parent.owner
        return self.node if isinstance(self.node, ast.ClassDef) else None

    @cached_property
    def function(self) -> ast.AST | None:
        """The function or lambda that this lies in, or is the body of."""
        return next((s.node for s in self.ancestors() if s.is_function), None)

    @cached_property
    def all_bindings(self) -> list[Binding]:
        """Everything that stands in it and binds a name, also a name that is declared global or nonlocal."""
        return list(self.scopes.bound(self))

    @cached_property
    def names(self) -> dict[str, list[Binding]]:
        """What it binds, by name; "*" are the star imports of a module."""
        own = [b for b in self.all_bindings if b.name not in self.declared]
        inside = self.scopes.bound_from_inside() if isinstance(self.node, ast.Module) else ()
        return grouped((b.name, b) for b in (*own, *inside))

    def find(self, name: str, hidden: bool = False) -> Lookup | None:
        """The innermost scope that binds a name as seen from here, and how; None for a builtin or an unknown name. With
        `hidden` as seen from a function in here, to which this is no class."""
        private = name.startswith("__") and not name.endswith("__")
        cls = next((s for s in self.ancestors() if s.is_class), None) if private else None
        for scope in self.ancestors():
            if not (hidden and scope.is_class):
                bindings = scope.names.get(name)
                if scope.declared.get(name) == "global":
                    scope = self.scopes.module
                    bindings = scope.names.get(_mangled(name, cls))
                if bindings:
                    return scope, bindings
            hidden = hidden or not scope.is_types
            if scope is cls:
                name = _mangled(name, cls)
        return None

    def so_far(self, line: int) -> Scope:
        """The same scope without what is bound below a line."""
        found = Scope(self.scopes, self.node, self.parent)
        found.names = {
            name: above for name, all_ in self.names.items() if (above := [b for b in all_ if b.line <= line])
        }
        return found


def _mangled(name: str, cls: Scope | None) -> str:
    return name if cls is None else f"_{cast(ast.ClassDef, cls.node).name.lstrip('_')}{name}"


class Scopes:
    """The scopes of one file, made once each."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self._made: dict[ast.AST, Scope] = {}
        self._homes: dict[ast.AST, Scope] = {}  # a node → the scope that it is evaluated in
        self._walrus = file.lines_of(":=")
        self.module = self.of(file.tree)

    def forget(self) -> None:
        """See `Source.forget`."""
        self._made.clear()
        self.__dict__.clear()

    @cached_property
    def checking(self) -> frozenset[str]:
        """What TYPE_CHECKING is called."""
        return checking_names(self.file)

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules that star imports name."""
        found = (b.statement for b in self.module.names.get("*", ()))
        return tuple("." * s.level + (s.module or "") for s in found if isinstance(s, ast.ImportFrom))

    @cached_property
    def futures(self) -> frozenset[str]:
        """What the module takes from `__future__`."""
        items = (b.item for b in self.module.all_bindings if b.item is not None)
        return frozenset(item.name for item in items if item.module == "__future__")

    def of(self, node: ast.AST, parent: Scope | None = None) -> Scope:
        """The scope that a node opens."""
        if node not in self._made:
            self._made[node] = Scope(self, node, parent)
        return self._made[node]

    def types(self, node: ast.AST, scope: Scope) -> Scope:
        """Where annotations and bases of a definition stand: among its type parameters, if it has any."""
        parameters = getattr(node, "type_params", ())
        return self.of(parameters[0], scope) if parameters else scope

    def scope(self, node: ast.AST) -> Scope:
        """The scope that a node of the tree is evaluated in; for one that is made up, the module."""
        if (found := self._homes.get(node)) is None:
            alike = [node]  # what is evaluated in the same scope
            child, grandchild = node, node
            found = self.module
            for parent in self.file.ancestors(node):
                if type(parent) in _OPENING and (entered := _entered(parent, child, grandchild)) is not None:
                    found = self.of(entered)
                    break
                if type(parent) not in _PARTED:  # of these it depends on the part
                    if parent in self._homes:
                        found = self._homes[parent]
                        break
                    alike.append(parent)
                child, grandchild = parent, child
            self._homes.update(dict.fromkeys(alike, found))
        return found

    def stands(self, expressions: Iterable[ast.expr], scope: Scope) -> None:
        """Say in which scope some expressions are evaluated, where that is known already."""
        for expression in expressions:
            while isinstance(expression, ast.Attribute | ast.Call):
                expression = expression.value if isinstance(expression, ast.Attribute) else expression.func
            self._homes[expression] = scope

    def around(self, node: ast.AST) -> Scope:
        """The scope around that of a node."""
        parameters = getattr(node, "type_params", ())
        if parameters:
            return self.of(parameters[0])
        return self.scope(self.file.parents[node] if type(node).__name__ in TYPES else node)

    def bound_from_inside(self) -> Iterator[Binding]:
        """What functions and classes bind in the module by `global`."""
        text = self.file.text
        lines = [self.file.line_of(m.end()) for m in _GLOBAL.finditer(text)] if "global" in text else []
        if lines:
            for node in statements(self.file.tree.body, inside=True):
                if isinstance(node, Definition) and self.file.holds(node, lines):
                    scope = self.of(node)
                    bindings = (b for b in scope.all_bindings if scope.declared.get(b.name) == "global")
                    yield from (replace(b, guard="global") for b in bindings)

    def is_early(self, node: ast.AST, scope: Scope, called: str = "") -> bool:
        """Whether a class reads a name (if it were `called` so) above all that binds it there: it is the module's then, or a
        builtin."""
        name = called or node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else ""
        if not scope.is_class or name not in scope.names:
            return False
        for binding in scope.names[name]:
            if binding.kind != "annotation":
                whole = isinstance(
                    binding.statement, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom | Definition
                )
                at = self.file.end(binding.statement) if whole else self.file.start(binding.node)
                if at <= self.file.start(node):
                    return False
        return True

    # ---- what a scope binds ----------------------------------------------------------------

    def bound(self, scope: Scope) -> Iterator[Binding]:
        """Everything that a scope binds, nested scopes left out; fills in what it declares."""
        node = scope.node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from (Binding(name=a.arg, kind="parameter", node=a, statement=a) for a in arguments(node.args))
        if isinstance(node, Comprehension):
            yield from _targets(node, [generator.target for generator in node.generators])
        elif scope.is_types:
            for each in self.file.parents[node].type_params:  # type: ignore[attr-defined]
                yield Binding(name=each.name, kind="type", node=each, statement=each)
        elif not isinstance(node, ast.Lambda):
            yield from self._suite(node.body, "", scope)  # type: ignore[attr-defined]
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", None)
        if not scope.is_comprehension and any(first <= line <= (last or line) for line in self._walrus):
            body = getattr(node, "body", [])
            yield from _walruses(body if isinstance(body, list) else [body])

    def _suite(self, body: Iterable[ast.stmt], guard: Guard, scope: Scope) -> Iterator[Binding]:
        for statement in body:
            if type(statement) not in _BINDS_NOTHING:
                yield from self._statement(statement, guard, scope)

    def _statement(self, statement: ast.stmt, guard: Guard, scope: Scope) -> Iterator[Binding]:
        def binding(name: str, kind: Kind, node: ast.AST | None = None, **more: Any) -> Binding:
            return Binding(name=name, kind=kind, node=node or statement, statement=statement, guard=guard, **more)

        match statement:
            case ast.Import() | ast.ImportFrom():
                for local, meaning, item in imported(statement):
                    yield binding(local, "import", dotted=meaning, item=item)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield binding(name, "function")
            case ast.ClassDef(name=name):
                yield binding(name, "class")
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        yield binding(target.id, "value", value)
                    else:
                        yield from _targets(statement, [target], guard)
            case ast.AnnAssign(target=ast.Name(id=name), value=value):
                yield binding(name, "annotation" if value is None else "value", value)
            case ast.AugAssign(target=target):
                yield from _targets(statement, [target], guard)
            case ast.Delete(targets=targets):
                yield from _targets(statement, targets, guard)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                scope.declared |= dict.fromkeys(names, type(statement).__name__.lower())
            case ast.If(body=body, orelse=orelse):
                seen = checking_branch(statement, self.checking)
                yield from self._suite(body, guard or ("typing" if seen == "body" else "if"), scope)
                yield from self._suite(orelse, guard or ("typing" if seen == "orelse" else "if"), scope)
            case ast.Try() | ast.TryStar():
                yield from self._suite(statement.body, "try", scope)
                for handler in statement.handlers:
                    if handler.name:
                        yield Binding(
                            name=handler.name, kind="other", node=handler, statement=handler, guard="except"
                        )
                    yield from self._suite(handler.body, "except", scope)
                yield from self._suite([*statement.orelse, *statement.finalbody], "try", scope)
            case ast.For() | ast.AsyncFor() | ast.While():
                yield from _targets(statement, [getattr(statement, "target", None)], guard)
                yield from self._suite([*statement.body, *statement.orelse], guard or "if", scope)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                yield from _targets(statement, [i.optional_vars for i in items], guard)
                quiet = any("suppress" in ast.unparse(i.context_expr) for i in items)
                yield from self._suite(statement.body, "try" if quiet else guard, scope)
            case ast.Match(cases=cases):
                for case in cases:
                    for node in ast.walk(case.pattern):
                        bound = getattr(node, "name", None) or getattr(node, "rest", None)
                        if isinstance(bound, str):
                            yield Binding(name=bound, kind="other", node=node, statement=node, guard=guard)
                    yield from self._suite(case.body, guard or "if", scope)
            case _ if type(statement).__name__ == "TypeAlias":  # new in Python 3.12
                yield binding(statement.name.id, "other")  # type: ignore[attr-defined]  # no alias: an object of its own


def _targets(statement: ast.AST, targets: Iterable[ast.AST | None], guard: Guard = "") -> Iterator[Binding]:
    """What some targets bind that are no single names with a value of their own."""
    for node in (n for target in targets if target is not None for n in ast.walk(target)):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield Binding(name=node.id, kind="other", node=node, statement=statement, guard=guard)


def _walruses(roots: Iterable[ast.AST]) -> Iterator[Binding]:
    """What walruses bind in the scope of some nodes: also those in comprehensions, not those in definitions."""
    stack = [*roots]
    while stack:
        node = stack.pop()
        match node:
            case ast.NamedExpr(target=target):
                yield Binding(name=target.id, kind="other", node=node, statement=node)
        if isinstance(node, Definition | ast.Lambda):
            stack += outside(node)
        else:
            stack += ast.iter_child_nodes(node)


def outside(node: Definition | ast.Lambda) -> list[ast.expr]:
    """What of a definition is evaluated around it and its type parameters; for a class also its bases."""
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]
    return [*getattr(node, "decorator_list", ()), *node.args.defaults, *filter(None, node.args.kw_defaults)]


def _entered(parent: ast.AST, child: ast.AST, grandchild: ast.AST) -> ast.AST | None:
    """The node of the scope of `parent` that its descendants by `child` and `grandchild` are evaluated in."""
    match parent:
        case ast.Module():
            return parent
        case ast.Lambda(body=body):
            return parent if child is body else None
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            first = parent.generators[0]
            return None if child is first and grandchild is first.iter else parent
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() if isinstance(child, ast.stmt):
            return parent
    parameters = getattr(parent, "type_params", ())
    if not parameters or child in getattr(parent, "decorator_list", ()):
        return None
    if isinstance(child, ast.arguments) and grandchild in (*child.defaults, *child.kw_defaults):
        return None
    return parameters[0]  # type: ignore[no-any-return]
