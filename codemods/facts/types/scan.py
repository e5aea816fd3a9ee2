"""Read one file into facts about its callables: plain data, without any knowledge of other files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...engine.bindings import imported
from ...engine.scopes import outside
from ...engine.source import Function, Source, blocks, is_function, statements
from ...engine.tables import BUILTINS
from ..modules import of_tests
from .calls import Calls, Scope
from .data import BARE, HANDED, Awaitable, ClassFacts, FunctionFacts, How, Kind, ModuleFacts
from .paths import Several, either, local_class

_MOCKS = re.compile(
    r"\bunittest\.mock\b|^\s*from (?:unittest|mock) import\b.*[mM]ock|^\s*import mock\b|\bmocker\b", re.M
)
_LEAVES = frozenset({ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal})
_SAYS_NOTHING = frozenset({ast.Call, ast.Constant})  # as statements, where calls do not matter


def read(file: Source, calls: bool = True) -> ModuleFacts:
    """The facts of one file. Calls are of no use from a test file and are left out there."""
    return Reader(file, calls).read()


class Reader(Calls):
    """Visits the statements of a file, in their order; a flow of exceptions is read by the same visit."""

    def __init__(self, file: Source, calls: bool) -> None:
        super().__init__(file, calls)
        self.functions: dict[str, tuple[FunctionFacts, ...]] = {}

    def read(self) -> ModuleFacts:
        self.body(self.file.tree.body, Scope({}))
        return ModuleFacts(
            path=self.file.path,
            table=self.types.table,
            classes=self.classes,
            functions=self.functions,
            variables=self.variables,
            calls=tuple(sorted((how, path, tuple(lines)) for (how, path), lines in self.calls.items())),
            built=tuple(sorted(self.built)),
        )

    # ---- statements ------------------------------------------------------------------------

    def body(self, statements: Iterable[ast.stmt], scope: Scope) -> None:
        for statement in statements:
            self.statement(statement, scope)

    def statement(self, node: ast.stmt, scope: Scope) -> None:
        if type(node) in _LEAVES or (self.shallow and type(node) is ast.Expr and type(node.value) in _SAYS_NOTHING):
            return
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.define(node, scope)
            case ast.ClassDef():
                self.define_class(node, scope)
            case ast.Import() | ast.ImportFrom():
                if scope.function:
                    scope.local.update((local, meaning) for local, meaning, _ in imported(node) if local != "*")
            case ast.Expr(value=value):
                self.expression(value, scope, BARE)
            case ast.Return(value=value):
                self.returned(value, scope)
            case ast.Assign(targets=targets, value=value):
                self.assigned_call(targets, value, scope)
                path = self.types.expression(value, scope.local) or self.alias(value, scope)
                for target in targets:
                    self.assign(target, path, value, scope)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                if value is not None:
                    self.assigned_call([target], value, scope)
                path = self.types.annotation(annotation, scope.local)
                if self.types.typing(annotation, scope.local) == "TypeAlias":
                    path = self.alias(value, scope)
                self.assign(target, path, value, scope, declared=annotation)
            case ast.AsyncFor() | ast.For():
                self.iterated(node, scope)
                self.assign(node.target, "", None, scope)
                self.blocks(node, scope)
            case ast.AsyncWith() | ast.With():
                self.managers(node, scope)
                self.blocks(node, scope)
            case ast.If(orelse=[_, *_]) if scope.function:
                self.branches(node, scope)
            case ast.If(test=test) | ast.While(test=test):
                self.expression(test, scope, BARE)
                self.blocks(node, scope)
            case _ if type(node).__name__ == "TypeAlias":  # `type X = …`, new in Python 3.12
                self.assign(node.name, self.alias(node.value, scope), None, scope)  # type: ignore[attr-defined]
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.expression(child, scope, HANDED)
                self.blocks(node, scope)

    def alias(self, value: ast.expr | None, scope: Scope) -> str:
        """The type path of a type alias for a callable that gives an awaitable; "" for any other value."""
        path = self.types.annotation(value, scope.local) if isinstance(value, ast.Subscript | ast.BinOp) else ""
        return path if path == "<async>" else ""

    def blocks(self, node: ast.AST, scope: Scope) -> None:
        before, scope.conditional = scope.conditional, True
        for child in blocks(node):
            if isinstance(child, ast.stmt):
                self.statement(child, scope)
            else:
                self.blocks(child, scope)
        scope.conditional = before

    def branches(self, node: ast.If, scope: Scope) -> None:
        """A name that gets one thing here and another there may be either: its type is unknown."""
        self.expression(node.test, scope, BARE)
        before = dict(scope.local)
        conditional, scope.conditional = scope.conditional, True
        self.body(node.body, scope)
        here = {name: path for name, path in scope.local.items() if path and before.get(name) != path}
        scope.local.update({name: before.get(name, "") for name in here})
        self.body(node.orelse, scope)
        scope.conditional = conditional
        for name, path in here.items():
            there = scope.local[name]
            one = path if there in (path, before.get(name, "")) else ""
            scope.local[name] = scope.defaults.get(name, one)

    def managers(self, node: ast.With | ast.AsyncWith, scope: Scope) -> None:
        is_async = isinstance(node, ast.AsyncWith)
        for item in node.items:
            self.expression(item.context_expr, scope, How("with") if is_async else BARE)
            if item.optional_vars is not None:
                path = self.types.expression(item.context_expr, scope.local)
                enter = ".__aenter__()" if is_async else ".__enter__()"
                self.assign(item.optional_vars, path + enter if path else "", None, scope)

    def returned(self, value: ast.expr | None, scope: Scope) -> None:
        if value is None:
            return
        self.expression(value, scope, How("give", scope.gives) if scope.gives else HANDED)
        if isinstance(value, ast.Constant) and value.value is None:
            return
        scope.returns.append((self.types.expression(value, scope.local), _not_awaitable(value)))
        match value:
            case ast.Name(id=name) | ast.Call(args=[*_, ast.Name(id=name)]) if name in scope.nested:
                scope.given.append(("name", name))
            case ast.Call(func=ast.Name(id=name)) if name in scope.nested:
                scope.given.append(("call", name))
            case ast.Name(id=name):
                scope.given.append(("param", name))
            case _:
                scope.given.append(("other", ""))

    # ---- definitions -----------------------------------------------------------------------

    def define_class(self, node: ast.ClassDef, scope: Scope) -> None:
        for expression in [*node.decorator_list, *node.bases]:
            self.expression(expression, scope, HANDED)
        qualname = f"{scope.cls}.{node.name}" if scope.cls else node.name
        if scope.function:  # nobody outside can name it; its line tells it from others
            qualname = local_class(node)
            scope.local[node.name] = f"~.{qualname}"
        bases = tuple(
            self.types.expression(b.value if isinstance(b, ast.Subscript) else b, scope.local) for b in node.bases
        )
        self.classes[qualname] = ClassFacts(line=node.lineno, bases=bases)
        local = {**scope.local, node.name: f"~.{qualname}"} if scope.cls else dict(scope.local)
        self.body(node.body, Scope(local, dict(scope.local) if scope.function else scope.outer, cls=qualname))

    def define(self, node: Function, scope: Scope) -> None:
        for expression in outside(node):
            self.expression(expression, scope, HANDED)
        decorators = tuple(self.types.expression(d, scope.local) for d in node.decorator_list)
        plain = isinstance(node, ast.FunctionDef) and not scope.function
        inner = Scope(
            dict(scope.outer if scope.cls else scope.local),
            function=True,
            owner=scope.cls or scope.owner,
            gives=".".join(filter(None, [scope.cls, node.name])) if plain else "",
            computed=dict(scope.computed),
        )
        params = self.parameters(node, decorators, inner, bool(scope.cls), scope.function)
        self.inside(node, inner)
        params = tuple((n, path or inner.defaults.get(n.lstrip("*"), "")) for n, path in params)
        for callee in (path for held in inner.pending.values() for path in held):
            self.called(HANDED, callee, node.lineno)
        facts = self.function_facts(node, decorators, params, inner)
        if scope.function:
            scope.nested[node.name] = facts
            scope.local[node.name] = ""
            scope.dual = scope.dual or inner.dual
            return
        if any(d.endswith((".setter", ".deleter", ".getter", ".overload")) for d in decorators):
            if scope.cls and not any(d.endswith(".overload") for d in decorators):
                own = self.classes[scope.cls]
                if node.name not in own.methods:  # `@Base.size.setter`: a property of its own
                    own.attributes.setdefault(node.name, ())
            return
        if scope.cls:
            scope.local[node.name] = f"~.{scope.cls}.{node.name}"
        where = self.classes[scope.cls].methods if scope.cls else self.functions
        if scope.cls and inner.dual:
            self.classes[scope.cls] = replace(self.classes[scope.cls], dual=True)
        earlier = where.get(node.name, ()) if scope.conditional else ()
        where[node.name] = (*earlier, facts)

    def inside(self, node: Function, inner: Scope) -> None:
        """Visit the body of a function."""
        self.body(node.body, inner)

    def parameters(
        self, node: Function, decorators: Sequence[str], inner: Scope, method: bool, nested: bool
    ) -> tuple[tuple[str, str], ...]:
        arguments = [*node.args.posonlyargs, *node.args.args]
        if method and arguments and "builtins.staticmethod" not in decorators:
            first = arguments.pop(0).arg
            is_class = "builtins.classmethod" in decorators or node.name == "__new__"
            inner.local[first] = f"~.{inner.owner}" if is_class else f"~.{inner.owner}()"
            bases = self.classes[inner.owner].bases if inner.owner in self.classes else ()
            inner.local["super"] = bases[0] if bases else ""
        params = []
        known = self.with_calls and not nested
        closes = (
            known and not method and any(is_function(s) for s in statements(node.body, inside=True))
        )  # a function inside uses it
        for argument in [*arguments, *node.args.kwonlyargs]:
            path = self.types.annotation(argument.annotation, inner.local)
            inner.local[argument.arg] = path
            if known:
                inner.params.add(argument.arg)
            if known and not path:
                inner.untyped.add(argument.arg)
                if closes or isinstance(node, ast.AsyncFunctionDef):  # where it matters what is done with it
                    qualname = f"{inner.owner}.{node.name}" if inner.owner else node.name
                    inner.local[argument.arg] = f"~.{qualname}#{argument.arg}"
            params.append((argument.arg if argument in arguments else f"*{argument.arg}", path))
        for rest in filter(None, [node.args.vararg, node.args.kwarg]):
            inner.local[rest.arg] = ""
        return tuple(params)

    def function_facts(
        self,
        node: Function,
        decorators: tuple[str, ...],
        params: tuple[tuple[str, str], ...],
        inner: Scope,
    ) -> FunctionFacts:
        is_async = isinstance(node, ast.AsyncFunctionDef)
        awaitable: Awaitable = "no"
        kind: Kind = ("asyncgen" if is_async else "gen") if inner.generator else ("async" if is_async else "sync")
        if inner.generator:
            found = {y for y in inner.yields if y}
            returns = self.types.element(node.returns, inner.local) or (found.pop() if len(found) == 1 else "")
        else:
            returns, awaitable = self.types.result(node.returns, inner.local)
            found = {path for path, _ in inner.returns}
            if not returns and len(found) == 1 and awaitable != "yes":
                returns = found.pop()
        ways = tuple(dict.fromkeys(inner.yields if inner.generator else (path for path, _ in inner.returns)))
        if kind == "sync" and node.returns is None:
            awaitable = self.awaitable(node, inner)
        return FunctionFacts(
            node.lineno,
            kind,
            decorators,
            returns,
            params,
            awaitable,
            _wraps(inner, params),
            inner.dual,
            "builtins.staticmethod" in decorators or "builtins.classmethod" in decorators,
            tuple(dict.fromkeys(inner.passes)),
            tuple(sorted(inner.awaits)),
            ways if not returns and 1 < len(ways) < 5 and all(ways) else (),
            self.hands(inner) if kind == "sync" else (),
        )

    @staticmethod
    def hands(inner: Scope) -> tuple[str, ...]:
        """What is called in the `return` statements of a function, where all of them call something."""
        found = dict.fromkeys(path for path, _ in inner.returns)
        return tuple(p.removesuffix("()") for p in found) if found and all(p.endswith("()") for p in found) else ()

    @staticmethod
    def awaitable(node: Function, inner: Scope) -> Awaitable:
        """Whether an unannotated plain function surely gives, or surely does not give, an awaitable."""
        if any(
            path.endswith(("asyncio.Future()", ".create_future()", "asyncio.ensure_future()"))
            for path, _ in inner.returns
        ):
            return "yes"
        if not inner.returns:
            return "" if _stub(node) else "no"
        return "no" if all(plain for _, plain in inner.returns) else ""


def _wraps(inner: Scope, params: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """What a decorator makes of a coroutine function: used bare, and used with arguments."""
    bare: set[str] = set()
    called: set[str] = set()
    factories = {name for how, name in inner.given if how == "call"}
    for how, name in inner.given:
        if how == "call":
            bare.add(inner.nested[name].wraps[0])
        elif how == "name":
            nested = inner.nested[name]
            called.add(nested.wraps[0])
            if name not in factories:
                bare.add("async" if nested.kind == "async" else "sync")
        elif how == "param" and params and name == params[0][0]:
            bare.add("same")
        else:
            bare.add("")

    def joined(found: set[str]) -> str:
        return found.pop() if len(found) == 1 else "same" if found == {"async", "sync"} and inner.dual else ""

    return joined(bare), joined(called)


def _not_awaitable(value: ast.expr) -> bool:
    match value:
        case ast.IfExp() | ast.BoolOp():
            return all(map(_not_awaitable, either(value)))
        case ast.Call(func=ast.Name(id=name)):
            return name in BUILTINS and name not in ("getattr", "next", "type", "super")
    plain = ast.Constant | ast.Compare | ast.BinOp | ast.UnaryOp | ast.Dict | ast.DictComp | ast.JoinedStr | ast.Await
    return isinstance(value, plain | Several)


def _stub(node: Function) -> bool:
    """Only a docstring, `...`, `pass` or `raise`: says nothing about what an implementation does."""
    return all(
        isinstance(s, ast.Pass | ast.Raise) or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        for s in node.body
    )


def is_test_module(file: Source) -> bool:
    """Whether a file belongs to the tests: its calls and definitions say nothing about the product."""
    return of_tests(file.path) or _MOCKS.search(file.text) is not None
