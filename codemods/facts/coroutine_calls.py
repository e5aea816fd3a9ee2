"""How one file calls what: awaited, handed on, entered, or used at once without await; what values are."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..source import Function, Source
from .coroutine_data import FunctionFacts
from .type_paths import BUILTINS, Types

DUAL = {"iscoroutinefunction", "isawaitable", "iscoroutine", "is_async_callable"}
# what is done with a call that stands in a call of these: "task" is for later, but awaited all the same
_AWAITED = {"wait_for": "await", "shield": "await", "gather": "task", "create_task": "task", "ensure_future": "task"}
THREADS = {
    "to_thread", "run_in_executor", "Thread", "run_in_threadpool", "submit", "run_sync", "sync_to_async",
}  # fmt: skip


@dataclass
class Scope:
    """What is known while one module, class or function body is read."""

    local: dict[str, str]
    outer: dict[str, str] = field(default_factory=dict)  # of a class body: what its methods see
    cls: str = ""  # qualified name of the class whose body this is
    owner: str = ""  # qualified name of the class whose method this is
    function: bool = False
    conditional: bool = False
    returns: list[tuple[str, bool]] = field(default_factory=list)  # (type path, surely not awaitable)
    yields: list[str] = field(default_factory=list)
    generator: bool = False
    given: list[tuple[str, str]] = field(default_factory=list)  # what a decorator returns
    nested: dict[str, FunctionFacts] = field(default_factory=dict)
    pending: dict[str, str] = field(default_factory=dict)  # local name → callable whose call it holds
    results: dict[str, str] = field(default_factory=dict)  # local name → callable whose result it holds
    dual: bool = False
    params: set[str] = field(default_factory=set)
    untyped: set[str] = field(default_factory=set)  # those without a type
    defaults: dict[str, str] = field(default_factory=dict)  # what is made where none of these is given
    passes: list[tuple[str, str]] = field(default_factory=list)  # one of these, and what it becomes


class Calls:
    """Visits expressions and remembers the calls in them, by how and by type path."""

    def __init__(self, file: Source, calls: bool) -> None:
        self.file = file
        self.types = Types(file.tree)
        self.with_calls = calls
        self.shallow = not calls and not any(word in file.text for word in DUAL)
        self.calls: dict[tuple[str, str], list[int]] = {}

    def assign(
        self,
        target: ast.AST,
        path: str,
        value: ast.expr | None,
        scope: Scope,
        declared: ast.expr | None = None,
    ) -> None:
        raise NotImplementedError

    # ---- expressions -----------------------------------------------------------------------

    def expression(self, node: ast.AST, scope: Scope, mode: str) -> None:
        """Visit an expression; `mode` is what happens to its value."""
        if isinstance(node, ast.Constant | ast.expr_context | ast.operator):
            return
        if self.shallow and not isinstance(node, ast.Yield | ast.YieldFrom | ast.Await | ast.NamedExpr):
            return
        match node:
            case ast.Name(id=name):
                scope.dual = scope.dual or name in DUAL
                if name in scope.pending and isinstance(node.ctx, ast.Load):
                    self.called(mode, scope.pending.pop(name), node.lineno)
            case ast.Attribute(value=value):
                scope.dual = scope.dual or node.attr in DUAL
                self.expression(value, scope, "bare")
            case ast.Call():
                self.call(node, scope, mode)
            case ast.Await(value=value):
                self.expression(value, scope, "await")
            case ast.Yield(value=value):
                scope.generator = True
                if value is not None:
                    scope.yields.append(self.types.expression(value, scope.local))
                    self.expression(value, scope, "handed")
            case ast.YieldFrom(value=value):
                scope.generator = True
                self.expression(value, scope, "handed")
            case ast.Lambda(args=arguments, body=body):
                for default in [*arguments.defaults, *filter(None, arguments.kw_defaults)]:
                    self.expression(default, scope, "handed")
                self.expression(body, scope, "handed")
            case ast.NamedExpr(target=target, value=value):
                self.expression(value, scope, mode)
                self.assign(target, self.types.expression(value, scope.local), value, scope)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.expression(test, scope, "bare")
                self.expression(body, scope, mode)
                self.expression(orelse, scope, mode)
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp() | ast.BinOp() | ast.Subscript() | ast.FormattedValue():
                for child in ast.iter_child_nodes(node):
                    self.expression(child, scope, "bare" if isinstance(child, ast.expr) else "handed")
            case ast.comprehension():
                self.expression(node.iter, scope, "for" if node.is_async else "bare")
                for test in node.ifs:
                    self.expression(test, scope, "bare")
            case _:
                for child in ast.iter_child_nodes(node):
                    self.expression(child, scope, "handed")

    def call(self, node: ast.Call, scope: Scope, mode: str) -> None:
        function = node.func
        last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        scope.dual = scope.dual or last in DUAL
        if self.with_calls:
            path = self.types.expression(function, scope.local)
            if not path and isinstance(function, ast.Attribute):
                path = f"?.{last}"
            self.called(mode, path, node.lineno)
            if isinstance(function, ast.Attribute) and mode != "await":
                self.result_used(function.value, scope, node.lineno)
            if last in THREADS:
                for handed in [*node.args, *(k.value for k in node.keywords)]:
                    if isinstance(handed, ast.Attribute | ast.Name):
                        self.called("thread", self.types.expression(handed, scope.local), node.lineno)
        if isinstance(function, ast.Attribute):
            self.expression(function.value, scope, "bare")
        elif not isinstance(function, ast.Name):
            self.expression(function, scope, "handed")
        self.arguments(node, last, scope)

    def arguments(self, node: ast.Call, last: str, scope: Scope) -> None:
        """Visit a call's arguments; remember parameters that it hands on: those without a type, and all that
        a base class's `__init__` gets."""
        how = _AWAITED.get(last, "handed")
        for argument in [*node.args, *(k.value for k in node.keywords)]:
            self.expression(argument, scope, how if isinstance(argument, ast.Call) else "handed")
        if not scope.params:
            return
        given = [*((str(i), a) for i, a in enumerate(node.args)), *((k.arg, k.value) for k in node.keywords)]
        for which, value in given:
            if isinstance(value, ast.Starred):
                return
            path = self.types.expression(node.func, scope.local)
            known = scope.params if path.endswith("().__init__") else scope.untyped
            if which and path and isinstance(value, ast.Name) and value.id in known:
                scope.passes.append((value.id, f"{path}#{which}"))

    def called(self, how: str, path: str, line: int) -> None:
        if path and self.with_calls and not path.startswith("builtins."):
            lines = self.calls.setdefault((how, path), [])
            if len(lines) < 20 and not path.startswith("?"):
                lines.append(line)

    def result_used(self, value: ast.expr, scope: Scope, line: int) -> None:
        """`(await x.m()).read()`, or the same with a name between: the result's methods are plain calls."""
        match value:
            case ast.Await(value=ast.Call(func=callee)):
                self.called("result", self.types.expression(callee, scope.local), line)
            case ast.Name(id=name) if name in scope.results:
                self.called("result", scope.results[name], line)

    def assigned_call(self, targets: Sequence[ast.expr], value: ast.expr, scope: Scope) -> None:
        """Visit an assigned value; remember names that hold a call or an awaited result."""
        match targets, value:
            case [ast.Name(id=name)], ast.Call(func=callee) if self.with_calls and scope.function:
                path = self.types.expression(callee, scope.local)
                self.arguments(value, path.rpartition(".")[2], scope)
                if isinstance(callee, ast.Attribute):
                    self.result_used(callee.value, scope, value.lineno)
                    self.expression(callee.value, scope, "bare")
                    path = path or f"?.{callee.attr}"
                if earlier := scope.pending.pop(name, ""):
                    self.called("handed", earlier, value.lineno)
                if path:
                    scope.pending[name] = path
            case [ast.Name(id=name)], ast.Await(value=ast.Call(func=callee)):
                self.expression(value, scope, "handed")
                scope.results[name] = self.types.expression(callee, scope.local)
            case _:
                for target in targets:
                    if not isinstance(target, ast.Name):
                        self.expression(target, scope, "handed")
                self.expression(value, scope, "handed")


def either(value: ast.expr | None) -> list[ast.expr]:
    """What `a or b` and `a if c else b` may be; for anything else that itself."""
    match value:
        case ast.BoolOp(values=values):
            return values
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
    return [] if value is None else [value]


def not_awaitable(value: ast.expr) -> bool:
    match value:
        case ast.IfExp(body=body, orelse=orelse):
            return not_awaitable(body) and not_awaitable(orelse)
        case ast.BoolOp(values=values):
            return all(not_awaitable(v) for v in values)
        case ast.Call(func=ast.Name(id=name)):
            return name in BUILTINS and name not in ("getattr", "next", "type", "super")
    return isinstance(
        value,
        ast.Constant | ast.Compare | ast.BinOp | ast.UnaryOp | ast.List | ast.Dict | ast.Set | ast.Tuple | ast.JoinedStr
        | ast.ListComp | ast.DictComp | ast.SetComp | ast.GeneratorExp | ast.Await,
    )  # fmt: skip


def stub(node: Function) -> bool:
    """Only a docstring, `...`, `pass` or `raise`: says nothing about what an implementation does."""
    return all(
        isinstance(s, ast.Pass | ast.Raise) or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        for s in node.body
    )
