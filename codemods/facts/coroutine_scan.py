"""Read one file into facts about its callables: plain data, without any knowledge of other files.

A *type path* writes a type down before it can be resolved. It is a dotted root (`pkg.Cls`,
`..models.User`, `~.Cls` for this very file) with steps after it: `()` is the result of a call (an
instance, where a class is called), `*` an instance of the class or of a subclass (an annotation),
`.x` an attribute, `#x` the declared type of parameter `x`, `!` an instance where the path so far is
a class. `^` in front means a context manager that gives the rest; the root `<async>` is any
callable that gives an awaitable. `~.Bot().api.get()` is what `Bot(..).api.get(..)` gives. "" is
unknown. `coroutines.py` resolves paths over the whole project.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..imports import imported
from ..source import Function, Source, is_function, parse
from ..base import Unreadable

TYPING = ("typing", "typing_extensions", "collections.abc", "contextlib", "asyncio", "asyncio.futures")
_WRAPPERS = {"Optional", "Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly"}
_AWAITABLES = {"Awaitable", "Coroutine", "Future", "Task"}
_MANAGERS = {"AsyncContextManager", "ContextManager", "AbstractAsyncContextManager", "AbstractContextManager"}
_ITERATORS = {"Iterator", "AsyncIterator", "Generator", "AsyncGenerator", "Iterable", "AsyncIterable"}
_NO_TYPE = {"typing.Any", "typing_extensions.Any", "builtins.object", "builtins.None"}
_DUAL = {"iscoroutinefunction", "isawaitable", "iscoroutine", "is_async_callable"}
_THREADS = {"to_thread", "run_in_executor", "Thread", "run_in_threadpool", "submit", "run_sync", "sync_to_async"}
_BUILTINS = frozenset(dir(builtins))
MAX_PATH = 160  # a longer chain is no use to anyone, and some generated code has very long ones


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """One `def`. `params` leaves self and cls out; `returns` is what an `await` or an iteration gives."""

    line: int
    kind: str  # "async", "asyncgen", "gen" or "sync"
    decorators: tuple[str, ...] = ()
    returns: str = ""
    params: tuple[tuple[str, str], ...] = ()
    awaitable: str = ""  # of a plain function's result: "yes", "no" or "" (cannot be told)
    wraps: tuple[str, str] = ("", "")  # as a decorator, bare and called: "async", "sync", "same" or ""
    dual: bool = False  # looks whether something is a coroutine function


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """One class: methods (several where they are defined conditionally), attributes with their types."""

    line: int
    bases: tuple[str, ...] = ()
    methods: dict[str, tuple[FunctionFacts, ...]] = field(default_factory=dict)
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fields: tuple[tuple[str, str], ...] = ()  # annotated in the body, in order: a dataclass's parameters
    dual: bool = False


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """One file. `calls` are (how, type path of the callable, lines): awaited, bare, handed on, …"""

    path: str
    imports: dict[str, str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    classes: dict[str, ClassFacts] = field(default_factory=dict)
    functions: dict[str, tuple[FunctionFacts, ...]] = field(default_factory=dict)
    variables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calls: tuple[tuple[str, str, tuple[int, ...]], ...] = ()


class Types:
    """What names, annotations and expressions of one file mean, as type paths."""

    def __init__(self, tree: ast.Module) -> None:
        self.imports: dict[str, str] = {}
        self.stars: list[str] = []
        self.defined: set[str] = set()
        self._collect(tree.body)

    def _collect(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            match statement:
                case ast.Import() | ast.ImportFrom():
                    for local, meaning, item in imported(statement):
                        if local == "*":
                            self.stars.append(item.module)
                        else:
                            self.imports.setdefault(local, meaning)
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    self.defined.add(statement.name)
                case ast.Assign(targets=targets):
                    self.defined |= {t.id for t in targets if isinstance(t, ast.Name)}
                case ast.AnnAssign(target=ast.Name(id=name)):
                    self.defined.add(name)
                case _:
                    for name in ("body", "orelse", "finalbody"):
                        self._collect(getattr(statement, name, ()))
                    for handler in getattr(statement, "handlers", ()):
                        self._collect(handler.body)

    def name(self, name: str, local: dict[str, str]) -> str:
        if name in local:
            return local[name]
        if name in self.imports:
            return self.imports[name]
        if name in self.defined:
            return f"~.{name}"
        if name in _BUILTINS:
            return f"builtins.{name}"
        return f"~.{name}" if self.stars else ""

    def expression(self, node: ast.AST | None, local: dict[str, str]) -> str:
        """The type path of an expression's value."""
        match node:
            case ast.Name(id=name):
                return self.name(name, local)
            case ast.Attribute(value=value, attr=attr):
                base = self.expression(value, local)
                return f"{base}.{attr}" if base and len(base) < MAX_PATH else ""
            case ast.Await(value=value) | ast.NamedExpr(value=value):
                return self.expression(value, local)
            case ast.BoolOp(values=values):
                return next(filter(None, (self.expression(v, local) for v in values)), "")
            case ast.IfExp(body=body, orelse=orelse):
                return self.expression(body, local) or self.expression(orelse, local)
            case ast.Call():
                return self._call(node, local)
        return ""

    def _call(self, node: ast.Call, local: dict[str, str]) -> str:
        callee = self.expression(node.func, local)
        match callee:
            case "":
                return ""
            case "functools.partial" | "functools.partialmethod" | "builtins.staticmethod":
                return self.expression(node.args[0], local) if node.args else ""
            case "typing.cast" | "typing_extensions.cast":
                return self.annotation(node.args[0], local) if node.args else ""
        return f"{callee.removesuffix('.__new__')}()" if len(callee) < MAX_PATH else ""

    def annotation(self, node: ast.expr | None, local: dict[str, str]) -> str:
        """The type path of a value declared with this annotation."""
        match node:
            case ast.Constant(value=str(text)):
                try:
                    statement = parse(text.strip()).body[0]
                except (Unreadable, IndexError):
                    return ""
                return self.annotation(statement.value, local) if isinstance(statement, ast.Expr) else ""
            case ast.BinOp(op=ast.BitOr()):
                return self._union([node.left, node.right], local)
            case ast.Subscript(value=value, slice=index):
                return self._subscript(self._typing(value, local), index, value, local)
            case ast.Name() | ast.Attribute():
                dotted = self.expression(node, local)
                if dotted in _NO_TYPE or self._typing(node, local) in _AWAITABLES | _ITERATORS | {"Callable"}:
                    return ""
                return f"{dotted}*" if dotted else ""
        return ""

    def _subscript(self, name: str, index: ast.expr, value: ast.expr, local: dict[str, str]) -> str:
        arguments = index.elts if isinstance(index, ast.Tuple) else [index]
        if name in _WRAPPERS:
            return self.annotation(arguments[0], local)
        if name == "Union":
            return self._union(arguments, local)
        if name == "Type":
            return self.annotation(index, local).removesuffix("*")
        if name in _MANAGERS:
            inner = self.annotation(arguments[0], local)
            return f"^{inner}" if inner else ""
        if name == "Callable":
            result = arguments[-1]
            inner_name = self._typing(result.value, local) if isinstance(result, ast.Subscript) else self._typing(result, local)
            return "<async>" if inner_name in _AWAITABLES else ""
        dotted = self.expression(value, local)
        if name or not dotted or dotted.startswith("builtins."):
            return ""
        return f"{dotted}*"  # a generic class of the project

    def _union(self, members: Iterable[ast.expr], local: dict[str, str]) -> str:
        found = {
            self.annotation(m, local) for m in members if not (isinstance(m, ast.Constant) and m.value is None)
        }
        return found.pop() if len(found) == 1 else ""

    def _typing(self, node: ast.AST, local: dict[str, str]) -> str:
        """`Optional` for typing.Optional; "Type" for both type and Type; "" for what is no typing name."""
        dotted = self.expression(node, local)
        if dotted in ("builtins.type", "typing.Type"):
            return "Type"
        module, _, name = dotted.rpartition(".")
        return name if module in TYPING else ""

    def result(self, node: ast.expr | None, local: dict[str, str]) -> tuple[str, str]:
        """(type path, whether awaitable) of a function's return annotation."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                statement = parse(node.value.strip()).body[0]
            except (Unreadable, IndexError):
                return "", ""
            node = statement.value if isinstance(statement, ast.Expr) else None
        inner = node.value if isinstance(node, ast.Subscript) else node
        if inner is not None and self._typing(inner, local) in _AWAITABLES:
            index = node.slice if isinstance(node, ast.Subscript) else None
            last = index.elts[-1] if isinstance(index, ast.Tuple) and index.elts else index
            return self.annotation(last, local), "yes"
        if inner is not None and self.expression(inner, local) in _NO_TYPE:
            return "", ""
        return self.annotation(node, local), "no" if node is not None else ""

    def element(self, node: ast.expr | None, local: dict[str, str]) -> str:
        """What a generator with this return annotation gives."""
        if isinstance(node, ast.Subscript) and self._typing(node.value, local) in _ITERATORS:
            index = node.slice
            return self.annotation(index.elts[0] if isinstance(index, ast.Tuple) else index, local)
        return ""


@dataclass
class _Scope:
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


@dataclass
class _ClassDraft:
    line: int
    bases: tuple[str, ...]
    methods: dict[str, tuple[FunctionFacts, ...]] = field(default_factory=dict)
    attributes: dict[str, list[str]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    dual: bool = False


def read(file: Source, calls: bool = True) -> ModuleFacts:
    """The facts of one file. Calls are of no use from a test file and are left out there."""
    return _Reader(file, calls).read()


class _Reader:
    def __init__(self, file: Source, calls: bool) -> None:
        self.file = file
        self.types = Types(file.tree)
        self.with_calls = calls
        self.shallow = not calls and not any(word in file.text for word in _DUAL)
        self.classes: dict[str, _ClassDraft] = {}
        self.functions: dict[str, tuple[FunctionFacts, ...]] = {}
        self.variables: dict[str, list[str]] = {}
        self.calls: dict[tuple[str, str], list[int]] = {}

    def read(self) -> ModuleFacts:
        self.body(self.file.tree.body, _Scope({}))
        return ModuleFacts(
            self.file.path,
            self.types.imports,
            tuple(self.types.stars),
            {
                name: ClassFacts(
                    c.line, c.bases, c.methods, {k: tuple(v) for k, v in c.attributes.items()},
                    tuple(c.fields.items()), c.dual,
                )
                for name, c in self.classes.items()
            },
            self.functions,
            {k: tuple(v) for k, v in self.variables.items()},
            tuple(sorted((how, path, tuple(lines)) for (how, path), lines in self.calls.items())),
        )  # fmt: skip

    # ---- statements ------------------------------------------------------------------------

    def body(self, statements: Iterable[ast.stmt], scope: _Scope) -> None:
        for statement in statements:
            self.statement(statement, scope)

    def statement(self, node: ast.stmt, scope: _Scope) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.define(node, scope)
            case ast.ClassDef():
                self.define_class(node, scope)
            case ast.Import() | ast.ImportFrom():
                if scope.function:
                    scope.local.update((local, meaning) for local, meaning, _ in imported(node) if local != "*")
            case ast.Expr(value=value):
                self.expression(value, scope, "bare")
            case ast.Return(value=value):
                self.returned(value, scope)
            case ast.Assign(targets=targets, value=value):
                self.assigned_call(targets, value, scope)
                path = self.types.expression(value, scope.local)
                for target in targets:
                    self.assign(target, path, value, scope)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                if value is not None:
                    self.assigned_call([target], value, scope)
                path = self.types.annotation(annotation, scope.local)
                self.assign(target, path, value, scope, declared=annotation)
            case ast.AsyncFor() | ast.For():
                self.expression(node.iter, scope, "for" if isinstance(node, ast.AsyncFor) else "bare")
                self.assign(node.target, "", None, scope)
                self.blocks(node, scope)
            case ast.AsyncWith() | ast.With():
                self.managers(node, scope)
                self.blocks(node, scope)
            case ast.If(test=test) | ast.While(test=test):
                self.expression(test, scope, "bare")
                self.blocks(node, scope)
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.expression(child, scope, "handed")
                self.blocks(node, scope)

    def blocks(self, node: ast.AST, scope: _Scope) -> None:
        before, scope.conditional = scope.conditional, True
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self.statement(child, scope)
            elif isinstance(child, ast.ExceptHandler | ast.match_case):
                self.blocks(child, scope)
        scope.conditional = before

    def managers(self, node: ast.With | ast.AsyncWith, scope: _Scope) -> None:
        is_async = isinstance(node, ast.AsyncWith)
        for item in node.items:
            self.expression(item.context_expr, scope, "with" if is_async else "bare")
            if item.optional_vars is not None:
                path = self.types.expression(item.context_expr, scope.local)
                enter = ".__aenter__()" if is_async else ".__enter__()"
                self.assign(item.optional_vars, path + enter if path else "", None, scope)

    def returned(self, value: ast.expr | None, scope: _Scope) -> None:
        if value is None:
            return
        self.expression(value, scope, "handed")
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

    def assign(
        self, target: ast.AST, path: str, value: ast.expr | None, scope: _Scope, declared: ast.expr | None = None
    ) -> None:
        match target:
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
                for index, each in enumerate(targets):
                    part = values[index] if len(values) == len(targets) else None
                    self.assign(each, self.types.expression(part, scope.local), part, scope)
            case ast.Starred(value=inner):
                self.assign(inner, "", None, scope)
            case ast.Name(id=name) if scope.function:
                scope.local[name] = path
            case ast.Name(id=name) if scope.cls:
                draft = self.classes[scope.cls]
                if declared is not None and self.types._typing(getattr(declared, "value", declared), scope.local) != "ClassVar":
                    draft.fields[name] = path
                self.remember(draft.attributes, name, path, declared is not None)
            case ast.Name(id=name):
                self.remember(self.variables, name, path, declared is not None)
            case ast.Attribute(value=ast.Name(id=base), attr=attr) if (
                scope.owner and scope.local.get(base) in (f"~.{scope.owner}()", f"~.{scope.owner}")
            ):
                self.remember(self.classes[scope.owner].attributes, attr, path, declared is not None)

    @staticmethod
    def remember(where: dict[str, list[str]], name: str, path: str, declared: bool) -> None:
        known = where.setdefault(name, [])
        if declared and path:
            known[:] = [path]
        elif path and path not in known and len(known) < 8:
            known.append(path)

    # ---- definitions -----------------------------------------------------------------------

    def define_class(self, node: ast.ClassDef, scope: _Scope) -> None:
        for expression in [*node.decorator_list, *node.bases]:
            self.expression(expression, scope, "handed")
        if scope.function:  # nobody outside can name it
            scope.local[node.name] = ""
            self.body(node.body, _Scope(dict(scope.local), function=True))
            return
        qualname = f"{scope.cls}.{node.name}" if scope.cls else node.name
        bases = tuple(
            self.types.expression(b.value if isinstance(b, ast.Subscript) else b, scope.local) for b in node.bases
        )
        self.classes[qualname] = _ClassDraft(node.lineno, bases)
        local = {**scope.local, node.name: f"~.{qualname}"} if scope.cls else dict(scope.local)
        self.body(node.body, _Scope(local, scope.outer, cls=qualname))

    def define(self, node: Function, scope: _Scope) -> None:
        for expression in [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.expression(expression, scope, "handed")
        decorators = tuple(self.types.expression(d, scope.local) for d in node.decorator_list)
        inner = _Scope(dict(scope.outer if scope.cls else scope.local), function=True, owner=scope.cls or scope.owner)
        params = self.parameters(node, decorators, inner, bool(scope.cls))
        self.body(node.body, inner)
        for callee in inner.pending.values():
            self.called("handed", callee, node.lineno)
        facts = self.function_facts(node, decorators, params, inner)
        if scope.function:
            scope.nested[node.name] = facts
            scope.local[node.name] = ""
            scope.dual = scope.dual or inner.dual
            return
        if any(d.endswith((".setter", ".deleter", ".getter", ".overload")) for d in decorators):
            return
        if scope.cls:
            scope.local[node.name] = f"~.{scope.cls}.{node.name}"
        where = self.classes[scope.cls].methods if scope.cls else self.functions
        if scope.cls and inner.dual:
            self.classes[scope.cls].dual = True
        earlier = where.get(node.name, ()) if scope.conditional else ()
        where[node.name] = (*earlier, facts)

    def parameters(
        self, node: Function, decorators: Sequence[str], inner: _Scope, method: bool
    ) -> tuple[tuple[str, str], ...]:
        arguments = [*node.args.posonlyargs, *node.args.args]
        if method and arguments and "builtins.staticmethod" not in decorators:
            first = arguments.pop(0).arg
            is_class = "builtins.classmethod" in decorators or node.name == "__new__"
            inner.local[first] = f"~.{inner.owner}" if is_class else f"~.{inner.owner}()"
        params = []
        for argument in [*arguments, *node.args.kwonlyargs]:
            path = self.types.annotation(argument.annotation, inner.local)
            inner.local[argument.arg] = path
            params.append((argument.arg, path))
        for rest in filter(None, [node.args.vararg, node.args.kwarg]):
            inner.local[rest.arg] = ""
        return tuple(params)

    def function_facts(
        self, node: Function, decorators: tuple[str, ...], params: tuple[tuple[str, str], ...], inner: _Scope
    ) -> FunctionFacts:
        is_async = isinstance(node, ast.AsyncFunctionDef)
        kind = ("asyncgen" if is_async else "gen") if inner.generator else ("async" if is_async else "sync")
        if inner.generator:
            found = {y for y in inner.yields if y}
            returns = self.types.element(node.returns, inner.local) or (found.pop() if len(found) == 1 else "")
            awaitable = "no"
        else:
            returns, awaitable = self.types.result(node.returns, inner.local)
            found = {path for path, _ in inner.returns}
            if not returns and len(found) == 1 and awaitable != "yes":
                returns = found.pop()
        if kind == "sync" and node.returns is None:
            awaitable = self.awaitable(node, inner)
        return FunctionFacts(node.lineno, kind, decorators, returns, params, awaitable, _wraps(inner, params), inner.dual)

    @staticmethod
    def awaitable(node: Function, inner: _Scope) -> str:
        """Whether an unannotated plain function surely gives, or surely does not give, an awaitable."""
        if any(path.endswith(("asyncio.Future()", ".create_future()", "asyncio.ensure_future()")) for path, _ in inner.returns):
            return "yes"
        if not inner.returns:
            return "" if _stub(node) else "no"
        return "no" if all(plain for _, plain in inner.returns) else ""

    # ---- expressions -----------------------------------------------------------------------

    def expression(self, node: ast.AST, scope: _Scope, mode: str) -> None:
        """Visit an expression; `mode` is what happens to its value."""
        if isinstance(node, ast.Constant | ast.expr_context | ast.operator):
            return
        if self.shallow and not isinstance(node, ast.Yield | ast.YieldFrom | ast.Await | ast.NamedExpr):
            return
        match node:
            case ast.Name(id=name):
                scope.dual = scope.dual or name in _DUAL
                if name in scope.pending and isinstance(node.ctx, ast.Load):
                    self.called(mode, scope.pending.pop(name), node.lineno)
            case ast.Attribute(value=value):
                scope.dual = scope.dual or node.attr in _DUAL
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

    def call(self, node: ast.Call, scope: _Scope, mode: str) -> None:
        function = node.func
        last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        scope.dual = scope.dual or last in _DUAL
        if self.with_calls:
            path = self.types.expression(function, scope.local)
            if not path and isinstance(function, ast.Attribute):
                path = f"?.{last}"
            self.called(mode, path, node.lineno)
            if isinstance(function, ast.Attribute) and mode != "await":
                self.result_used(function.value, scope, node.lineno)
            if last in _THREADS:
                for handed in [*node.args, *(k.value for k in node.keywords)]:
                    if isinstance(handed, ast.Attribute):
                        self.called("thread", self.types.expression(handed, scope.local), node.lineno)
        if isinstance(function, ast.Attribute):
            self.expression(function.value, scope, "bare")
        elif not isinstance(function, ast.Name):
            self.expression(function, scope, "handed")
        for argument in [*node.args, *(k.value for k in node.keywords)]:
            self.expression(argument, scope, "handed")

    def called(self, how: str, path: str, line: int) -> None:
        if path and self.with_calls and not path.startswith("builtins."):
            lines = self.calls.setdefault((how, path), [])
            if len(lines) < 20 and not path.startswith("?"):
                lines.append(line)

    def result_used(self, value: ast.expr, scope: _Scope, line: int) -> None:
        """`(await x.m()).read()`, or the same with a name between: the result's methods are plain calls."""
        match value:
            case ast.Await(value=ast.Call(func=callee)):
                self.called("result", self.types.expression(callee, scope.local), line)
            case ast.Name(id=name) if name in scope.results:
                self.called("result", scope.results[name], line)

    def assigned_call(self, targets: Sequence[ast.expr], value: ast.expr, scope: _Scope) -> None:
        """Visit an assigned value; remember names that hold a call or an awaited result."""
        match targets, value:
            case [ast.Name(id=name)], ast.Call(func=callee) if self.with_calls and scope.function:
                path = self.types.expression(callee, scope.local)
                for child in [*value.args, *(k.value for k in value.keywords)]:
                    self.expression(child, scope, "handed")
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


def _wraps(inner: _Scope, params: tuple[tuple[str, str], ...]) -> tuple[str, str]:
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
        if len(found) == 1:
            return found.pop()
        return "same" if found == {"async", "sync"} and inner.dual else ""

    return joined(bare), joined(called)


def _not_awaitable(value: ast.expr) -> bool:
    match value:
        case ast.IfExp(body=body, orelse=orelse):
            return _not_awaitable(body) and _not_awaitable(orelse)
        case ast.BoolOp(values=values):
            return all(_not_awaitable(v) for v in values)
        case ast.Call(func=ast.Name(id=name)):
            return name in _BUILTINS and name not in ("getattr", "next", "type", "super")
    return isinstance(
        value,
        ast.Constant | ast.Compare | ast.BinOp | ast.UnaryOp | ast.List | ast.Dict | ast.Set | ast.Tuple | ast.JoinedStr
        | ast.ListComp | ast.DictComp | ast.SetComp | ast.GeneratorExp | ast.Await,
    )  # fmt: skip


def _stub(node: Function) -> bool:
    """Only a docstring, `...`, `pass` or `raise`: says nothing about what an implementation does."""
    return all(
        isinstance(s, ast.Pass | ast.Raise) or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        for s in node.body
    )


def is_test_module(file: Source) -> bool:
    """Whether a file belongs to the tests: its calls and definitions say nothing about the product."""
    name = file.path.rpartition("/")[2]
    return (
        name.startswith(("test_", "conftest"))
        or name.endswith("_test.py")
        or any(part in ("tests", "test", "testing") for part in file.path.split("/")[:-1])
        or "unittest.mock" in file.text
    )


__all__ = ["ClassFacts", "FunctionFacts", "ModuleFacts", "Types", "is_function", "is_test_module", "read"]
