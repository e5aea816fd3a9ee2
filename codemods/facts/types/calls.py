"""How one file calls what: awaited, handed on, entered, or used at once without await; what values are.

What is done with a call's value is "await", "bare" (used at once), "with", "for", "give" (a plain
function returns it: `to` is its name), "into" (`to` is `pkg.run#0` where it is that argument of that
function, `#*` for one of several in a list), "handed" (anything else), "result" (methods of what was
awaited are called). A function that is not called but named is "pass", with `to` where it is an
argument, and "thread" where a thread calls it. A value is "asked"
where `isinstance` and the like look what it is. What a computed name calls is a step in braces, see `computed.py`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...engine.names import last_name
from ...engine.scopes import outside
from ...engine.source import Source
from .computed import Computed
from .data import AWAIT, BARE, HANDED, ClassFacts, FunctionFacts, How
from .paths import MAX_PATH, Several, Types, either, members

DUAL = {"iscoroutinefunction", "isawaitable", "iscoroutine", "is_async_callable"}
_ASKING = {"builtins.isinstance", "builtins.issubclass", "builtins.hasattr", "builtins.type", "builtins.callable"}
_LOOKING = ("len", "bool", "getattr", "repr", "str", "id", "print")
LOOKING = {*_ASKING, *(f"builtins.{name}" for name in _LOOKING)}  # what gets a value and leaves it alone
THREADS = {
    "to_thread", "run_in_executor", "Thread", "run_in_threadpool", "submit", "run_sync", "sync_to_async",
}  # fmt: skip
LATER = {"call_soon", "call_soon_threadsafe", "call_later", "call_at", "add_done_callback", "map", "filter"}


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
    gives: str = ""  # a plain function's qualified name: what it returns is what its call gives
    pending: dict[str, list[str]] = field(default_factory=dict)  # local name → callables whose calls it holds
    several: set[str] = field(default_factory=set)  # those that hold a list
    awaits: set[str] = field(default_factory=set)  # parameters that it awaits
    results: dict[str, str] = field(default_factory=dict)  # local name → callable whose result it holds
    computed: dict[str, str] = field(default_factory=dict)  # local name → attribute with a computed name that it is
    dual: bool = False
    params: set[str] = field(default_factory=set)
    untyped: set[str] = field(default_factory=set)  # those without a type
    defaults: dict[str, str] = field(default_factory=dict)  # what is made where none of these is given
    passes: list[tuple[str, str]] = field(default_factory=list)  # one of these, and what it becomes


class Calls:
    """Visits expressions; remembers the calls in them, by how and by type path, and what names and attributes get."""

    def __init__(self, file: Source, calls: bool) -> None:
        self.file = file
        self.types = Types(file)
        self.computed = Computed(file, self.types)
        self.with_calls = calls
        self.tells = calls  # whether what is called, and with what, is kept
        self.shallow = not calls and not any(word in file.text for word in DUAL)
        self.calls: dict[tuple[How, str], list[int]] = {}
        self.built: set[tuple[str, str]] = set()
        self.classes: dict[str, ClassFacts] = {}
        self.variables: dict[str, tuple[str, ...]] = {}

    # ---- expressions -----------------------------------------------------------------------

    def expression(self, node: ast.AST, scope: Scope, mode: How) -> None:
        """Visit an expression; `mode` is what happens to its value."""
        if isinstance(node, ast.Constant | ast.expr_context | ast.operator):
            return
        if self.shallow and not isinstance(node, ast.Yield | ast.YieldFrom | ast.Await | ast.NamedExpr):
            return
        match node:
            case ast.Name(id=name):
                scope.dual = scope.dual or name in DUAL
                if name in scope.pending and isinstance(node.ctx, ast.Load):
                    self.held(name, mode, scope, node.lineno)
                else:
                    self.named(node, mode, scope)
                if mode == AWAIT and name in scope.params:
                    scope.awaits.add(name)
            case ast.Attribute(value=value):
                scope.dual = scope.dual or node.attr in DUAL
                self.expression(value, scope, BARE)
                self.named(node, mode, scope)
            case ast.Call():
                self.call(node, scope, mode)
            case ast.Await(value=value):
                self.expression(value, scope, AWAIT)
            case ast.Yield(value=value):
                scope.generator = True
                if value is not None:
                    scope.yields.append(self.types.expression(value, scope.local))
                    self.expression(value, scope, HANDED)
            case ast.YieldFrom(value=value):
                scope.generator = True
                self.expression(value, scope, HANDED)
            case ast.Lambda(body=body):
                for default in outside(node):
                    self.expression(default, scope, HANDED)
                self.expression(body, scope, HANDED)
            case ast.NamedExpr(target=target, value=value):
                self.expression(value, scope, mode)
                if computed := self.computed_value(value, scope):
                    scope.computed[target.id] = computed
                self.assign(target, self.types.expression(value, scope.local), value, scope)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.expression(test, scope, BARE)
                self.expression(body, scope, mode)
                self.expression(orelse, scope, mode)
            case ast.BoolOp(values=[*first, last]):  # what is asked for its truth may be what it gives, too
                for value in first:
                    self.expression(value, scope, BARE if isinstance(value, ast.Call) else mode)
                self.expression(last, scope, mode)
            case ast.Compare() | ast.UnaryOp() | ast.BinOp() | ast.Subscript() | ast.FormattedValue():
                for child in ast.iter_child_nodes(node):
                    self.expression(child, scope, BARE if isinstance(child, ast.expr) else HANDED)
            case ast.comprehension():
                self.iterated(node, scope)
                for test in node.ifs:
                    self.expression(test, scope, BARE)
            case _ if isinstance(node, Several | ast.Starred):
                for child in sorted(ast.iter_child_nodes(node), key=lambda n: isinstance(n, ast.expr)):
                    self.expression(child, scope, _each(mode))  # the loops of a comprehension first
            case _:
                for child in ast.iter_child_nodes(node):
                    self.expression(child, scope, HANDED)

    def named(self, node: ast.Name | ast.Attribute, mode: How, scope: Scope) -> None:
        """A function that is not called here, but goes somewhere. (So do all other values: it is not known here.)

        What a module or class does with it is done once, before any test replaces it.
        """
        if not scope.function or mode.way not in ("into", "handed", "give") or not isinstance(node.ctx, ast.Load):
            return
        path = self.types.expression(node, scope.local) if self.tells else ""
        passed = path[-1:] not in ("", ")", "*") and "#" not in path.rpartition(".")[2]
        if passed and not last_name(node)[:1].isupper():
            self.called(How("pass", mode.to if mode.way == "into" else ""), self.callee(node, scope), node.lineno)

    def held(self, name: str, mode: How, scope: Scope, line: int) -> None:
        """What is done with a name that holds a call's value, or a list of such."""
        several = name in scope.several
        if several and (mode == BARE or mode.to.partition("#")[0] in LOOKING):
            return
        if several:
            mode = _each(mode)
        looks = mode.to.partition("#")[0].rpartition(".")[2] in DUAL
        paths = scope.pending.pop(name)
        kept = [path for path in paths if looks and path[-1] == "}"]
        for path in (path for path in paths if path not in kept):
            self.called(mode, path, line)
        if kept:  # `if isawaitable(given): await given` looks before it awaits
            scope.pending[name] = kept

    def call(self, node: ast.Call, scope: Scope, mode: How) -> None:
        for path in self.callees(node.func, scope) if self.with_calls else ():
            self.called(mode, path, node.lineno)
        if self.tells and mode != BARE and self.computed.caller(node, scope.local):
            self.called(HANDED, self.computed.path(node, scope.local), node.lineno)
        self.parts(node, scope, mode)

    def callees(self, node: ast.expr, scope: Scope) -> list[str]:
        """The type paths of what a call calls: by its own name, and by one that is computed."""
        return [path for path in (self.callee(node, scope), self.computed_value(node, scope)) if path]

    def computed_value(self, value: ast.expr, scope: Scope) -> str:
        """The attribute with a computed name that a value is, may be or holds."""
        return self.computed.value(value, scope.local, scope.computed) if self.tells else ""

    def iterated(self, node: ast.For | ast.AsyncFor | ast.comprehension, scope: Scope) -> None:
        """Visit what a loop takes one by one: the calls of a list, which its variable holds then, or anything else."""
        match node:
            case ast.For() | ast.comprehension():
                each, name = getattr(node.target, "id", ""), getattr(node.iter, "id", "")
                if each and name in scope.several and name in scope.pending:
                    scope.pending[each] = scope.pending.pop(name)
                    scope.computed[each] = scope.computed.get(name, "")
                    return
        is_async = isinstance(node, ast.AsyncFor) or (isinstance(node, ast.comprehension) and bool(node.is_async))
        self.expression(node.iter, scope, How("for") if is_async else BARE)
        if isinstance(node.target, ast.Name) and (computed := self.computed_value(node.iter, scope)):
            scope.computed[node.target.id] = computed

    def callee(self, node: ast.expr, scope: Scope) -> str:
        """The type path of what a call calls; what the module imported by name is the module's own attribute."""
        if isinstance(node, ast.Name) and node.id in self.types.imports and node.id not in scope.local:
            return f"~.{node.id}"
        if isinstance(node, ast.Name) and node.id in scope.untyped and scope.gives:
            return f"~.{scope.gives}#{node.id}"
        path = self.types.expression(node, scope.local)
        return path or (f"?.{node.attr}" if isinstance(node, ast.Attribute) else "")

    def parts(self, node: ast.Call, scope: Scope, mode: How) -> None:
        """Visit what a call is made of; remember parameters that it hands on: those without a type, and all that
        a base class's `__init__` gets."""
        path, last = self.types.expression(node.func, scope.local), last_name(node.func)
        scope.dual = scope.dual or last in DUAL
        if path in _ASKING and node.args:
            self.called(How("asked"), self.types.expression(node.args[0], scope.local), node.lineno)
        match node.func, node.args:
            case ast.Attribute(value=ast.Name(id=name), attr="append" | "add"), [ast.Call() as job] if (
                name in scope.several
            ):  # `jobs.append(fetch())`, where `jobs` is a list of this function
                scope.pending.setdefault(name, []).extend(self.made([job], scope))
                return
            case ast.Attribute(value=ast.Await(value=ast.Call(func=callee))), _ if mode != AWAIT:
                self.called(How("result"), self.callee(callee, scope), node.lineno)  # `(await x.m()).read()`
            case ast.Attribute(value=ast.Name(id=name)), _ if mode != AWAIT and name in scope.results:
                self.called(How("result"), scope.results[name], node.lineno)
        if isinstance(node.func, ast.Attribute):
            self.expression(node.func.value, scope, BARE)
        elif not isinstance(node.func, ast.Name):
            self.expression(node.func, scope, HANDED)
        given = [*((str(i), a) for i, a in enumerate(node.args)), *((k.arg or "*", k.value) for k in node.keywords)]
        if self.tells and last[:1].isupper() and path:
            self.built |= {
                (f"{path}#{which}", self.types.expression(value, scope.local))
                for which, value in given
                if not (isinstance(value, ast.Constant) and value.value is None)
            }
        for which, value in given:
            if last in THREADS | LATER and (computed := self.computed_value(value, scope)):
                self.called(How("pass"), computed, node.lineno)
            named = isinstance(value, ast.Name | ast.Attribute) and getattr(value, "id", "") not in scope.pending
            if last in THREADS and named:
                self.called(How("thread"), self.types.expression(value, scope.local), node.lineno)
                self.expression(value, scope, BARE)
                continue
            if path == "asyncio.wait_for" and mode != AWAIT and isinstance(value, ast.Call):
                for called in self.callees(value.func, scope):
                    self.called(mode, called, node.lineno)  # nothing awaits yet
            self.expression(value, scope, How("into", f"{path or f'?.{last}'}#{which}"))
        for which, value in given if scope.params else ():
            if isinstance(value, ast.Starred):
                break
            known = scope.params if path.endswith("().__init__") else scope.untyped
            if which != "*" and path and isinstance(value, ast.Name) and value.id in known:
                scope.passes.append((value.id, f"{path}#{which}"))

    def called(self, how: How, path: str, line: int) -> None:
        if path and self.tells and not path.startswith("builtins."):
            lines = self.calls.setdefault((how, path), [])
            if len(lines) < 20:
                lines.append(line)

    def assigned_call(self, targets: Sequence[ast.expr], value: ast.expr, scope: Scope) -> None:
        """Visit an assigned value; remember names that hold a call, a list of calls or an awaited result."""
        if self.shallow and not self.tells:
            self.expression(value, scope, HANDED)
            return
        name = targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""
        if not (name and scope.function):
            for target in targets:
                if not isinstance(target, ast.Name):
                    self.expression(target, scope, HANDED)
                if isinstance(target, ast.Attribute) and (computed := self.computed_value(value, scope)):
                    self.computed.attributes[self.types.expression(target, scope.local)] = computed
            self.expression(value, scope, HANDED)
            return
        kept: list[str] = []
        if self.with_calls and isinstance(value, ast.Call | Several):
            for generator in getattr(value, "generators", ()):
                self.expression(generator, scope, HANDED)
            kept = self.made(members(value), scope)
        else:  # of a name it is known what it is called from now on
            known = (
                isinstance(value, ast.Name | ast.Attribute) and not scope.conditional and name not in scope.pending
            )
            self.expression(value, scope, BARE if known else HANDED)
        for earlier in scope.pending.pop(name, []):
            self.called(HANDED, earlier, value.lineno)
        scope.several.discard(name)
        scope.results.pop(name, None)
        computed = self.computed_value(value, scope)
        if computed:
            scope.computed[name] = computed
        elif not scope.conditional:
            scope.computed.pop(name, None)
        if isinstance(value, Several):
            scope.several.add(name)
        if kept:
            scope.pending[name] = kept
        if isinstance(value, ast.Await) and isinstance(value.value, ast.Call):
            scope.results[name] = self.callee(value.value.func, scope)

    def made(self, elements: Sequence[ast.expr], scope: Scope) -> list[str]:
        """Visit the elements of a list; the callables of those that are calls."""
        found = []
        for element in elements:
            if isinstance(element, ast.Call):
                self.parts(element, scope, HANDED)
                found += self.callees(element.func, scope)
            else:
                self.expression(element, scope, HANDED)
        return found

    # ---- what names are ---------------------------------------------------------------------

    def assign(
        self,
        target: ast.AST,
        path: str,
        value: ast.expr | None,
        scope: Scope,
        declared: ast.expr | None = None,
    ) -> None:
        match target:
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
                unpacked = value is not None and not values and 0 < len(path) < MAX_PATH
                for index, each in enumerate(targets):
                    part = values[index] if len(values) == len(targets) else None
                    item = f"{path}[:]" if unpacked else self.types.expression(part, scope.local)
                    self.assign(each, item, part, scope)
            case ast.Starred(value=inner):
                self.assign(inner, "", None, scope)
            case ast.Name(id=name) if scope.function and name in scope.untyped:
                self.replaced(name, path, value, scope)
            case ast.Name(id=name) if scope.function:
                scope.local[name] = path
            case ast.Name(id=name) if scope.cls:
                cls = self.classes[scope.cls]
                wrapper = getattr(declared, "value", declared)
                if declared is not None and self.types.typing(wrapper, scope.local) != "ClassVar":
                    cls.fields[name] = path
                self.remember(cls.attributes, name, path, declared is not None)
            case ast.Name(id=name):
                self.remember(self.variables, name, path, declared is not None)
            case ast.Attribute(value=ast.Name(id=base), attr=attr) if scope.owner and scope.local.get(base) in (
                f"~.{scope.owner}()",
                f"~.{scope.owner}",
            ):
                self.remember(self.classes[scope.owner].attributes, attr, path, declared is not None)
                names = {n.id for n in either(value) if isinstance(n, ast.Name)} & scope.untyped
                scope.passes += [(name, f"~.{scope.owner}().{attr}") for name in sorted(names)]

    def replaced(self, name: str, path: str, value: ast.expr | None, scope: Scope) -> None:
        """`x = x or Default()` and `if x is None: x = Default()` say what an untyped parameter is."""
        choices = either(value)
        if not scope.conditional and not any(isinstance(n, ast.Name) and n.id == name for n in choices):
            scope.local[name] = path
            scope.untyped.discard(name)
            return
        for made in (self.types.expression(n, scope.local) for n in choices if isinstance(n, ast.Call)):
            if made:
                path = f"{made.removesuffix('()')}*"
                known = scope.defaults.setdefault(name, path)
                scope.local[name] = scope.defaults[name] = path if known == path else ""

    @staticmethod
    def remember(where: dict[str, tuple[str, ...]], name: str, path: str, declared: bool) -> None:
        known = where.setdefault(name, ())
        if path and path not in known and (declared or len(known) < 8):
            where[name] = (path,) if declared else (*known, path)


def _each(mode: How) -> How:
    """What is done with each value of a list with which something is done."""
    return How("into", f"{mode.to.rpartition('#')[0]}#*") if mode.way == "into" else HANDED
