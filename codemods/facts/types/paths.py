"""What names, annotations and expressions of one file mean, as type paths.

A *type path* writes a type down before it can be resolved. It is a dotted root (`pkg.Cls`,
`..models.User`, `~.Cls` for this very file) with steps after it: `()` is the result of a call (an
instance, where a class is called), `*` an instance of the class or of a subclass (an annotation),
`.x` an attribute, `#x` the declared type of parameter `x`, `!` an instance where the path so far is
a class; `X@12` is a class that a function defines in line 12. `^` in front means a context manager that gives the rest; the root `<async>` is any
callable that gives an awaitable. `~.Bot().api.get()` is what `Bot(..).api.get(..)` gives. "" is
unknown. `coroutines.py` resolves paths over the whole project.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from ...engine.bindings import canonical
from ...engine.names import last_name
from ...engine.parsing import parse
from ...engine.source import Source
from ...engine.tables import BUILTINS, table
from ...engine.values import Unreadable
from .data import Awaitable

_TYPING = ("typing", "typing_extensions", "collections.abc", "contextlib", "asyncio", "asyncio.futures")
_WRAPPERS = {"Optional", "Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly"}
_AWAITABLES = {"Awaitable", "Coroutine", "Future", "Task"}
AWAITED_NAMES = ("Future", "Deferred", "Awaitable", "Promise")
_MANAGERS = {"AsyncContextManager", "ContextManager", "AbstractAsyncContextManager", "AbstractContextManager"}
_ITERATORS = {"Iterator", "AsyncIterator", "Generator", "AsyncGenerator", "Iterable", "AsyncIterable"}
_NO_TYPE = {"typing.Any", "typing_extensions.Any", "builtins.object", "builtins.None"}
Several = ast.List | ast.Tuple | ast.Set | ast.ListComp | ast.GeneratorExp | ast.SetComp
MAX_PATH = 160  # a longer chain is no use to anyone, and some generated code has very long ones


class Types:
    """What names, annotations and expressions of one file mean, as type paths."""

    def __init__(self, file: Source) -> None:
        self.origins = file.origins
        self.table = file.once(table)
        self.imports = self.table.imports

    def name(self, name: str, local: dict[str, str]) -> str:
        if name in local:
            return local[name]
        if name in self.imports:
            return self.imports[name]
        if name in self.table.names:
            return f"~.{name}"
        if given := self.origins.get(f":{name}"):
            return given
        if name in BUILTINS:
            return f"builtins.{name}"
        return f"~.{name}" if self.table.stars else ""

    def expression(self, node: ast.AST | None, local: dict[str, str]) -> str:
        """The type path of an expression's value."""
        match node:
            case ast.Name(id=name):
                return self.name(name, local)
            case ast.Attribute(value=value, attr=attr):
                base = self.expression(value, local)
                return canonical(f"{base}.{attr}", self.origins) if base and len(base) < MAX_PATH else ""
            case ast.Await(value=value):
                return self.expression(value, local)
            case ast.BoolOp() | ast.IfExp() | ast.NamedExpr():
                return next(filter(None, (self.expression(v, local) for v in either(node))), "")
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
            case "builtins.getattr":
                match node.args:
                    case [owner, ast.Constant(value=str(name))] if base := self.expression(owner, local):
                        return f"{base}.{name}"
                return ""
            case "typing.cast" | "typing_extensions.cast":
                return self.annotation(node.args[0], local) if node.args else ""
        return f"{callee.removesuffix('.__new__')}()" if len(callee) < MAX_PATH else ""

    def annotation(self, node: ast.expr | None, local: dict[str, str]) -> str:
        """The type path of a value declared with this annotation."""
        match node:
            case ast.Constant(value=str()):
                return self.annotation(_unquoted(node), local)
            case ast.BinOp(op=ast.BitOr()):
                return self._union([node.left, node.right], local)
            case ast.Subscript(value=value, slice=index):
                return self._subscript(self.typing(value, local), index, value, local)
            case ast.Name() | ast.Attribute():
                dotted = self.expression(node, local)
                if dotted in _NO_TYPE or self.typing(node, local) in _AWAITABLES | _ITERATORS | {"Callable"}:
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
            result = _unquoted(arguments[-1])
            named = result.value if isinstance(result, ast.Subscript) else result
            return "<async>" if self.typing(named, local) in _AWAITABLES else ""
        dotted = self.expression(value, local)
        if name or not dotted or dotted.startswith("builtins."):
            return ""
        return f"{dotted}*"  # a generic class of the project

    def _union(self, members: Iterable[ast.expr], local: dict[str, str]) -> str:
        found = {self.annotation(m, local) for m in members if not (isinstance(m, ast.Constant) and m.value is None)}
        return found.pop() if len(found) == 1 else ""

    def typing(self, node: ast.AST | None, local: dict[str, str]) -> str:
        """`Optional` for typing.Optional; "Type" for both type and Type; "" for what is no typing name."""
        dotted = self.expression(node, local)
        if dotted in ("builtins.type", "typing.Type"):
            return "Type"
        module, _, name = dotted.rpartition(".")
        return name if module in _TYPING else ""

    def result(self, node: ast.expr | None, local: dict[str, str]) -> tuple[str, Awaitable]:
        """(type path, whether awaitable) of a function's return annotation."""
        if (node := _unquoted(node)) is None:
            return "", ""
        inner = node.value if isinstance(node, ast.Subscript) else node
        if isinstance(node, ast.BinOp) or self.typing(inner, local) in ("Union", "Optional"):
            named = (n for n in ast.walk(node) if isinstance(n, ast.Name | ast.Attribute))
            return self.annotation(node, local), "" if any(self.awaitable(n, local) for n in named) else "no"
        if self.awaitable(inner, local):
            index = node.slice if isinstance(node, ast.Subscript) else None
            last = index.elts[-1] if isinstance(index, ast.Tuple) and index.elts else index
            return self.annotation(last, local), "yes"
        return ("", "") if self.expression(inner, local) in _NO_TYPE else (self.annotation(node, local), "no")

    def awaitable(self, node: ast.expr, local: dict[str, str]) -> bool:
        """Whether a class is awaited: one of typing and asyncio, or a future by its name (Twisted's Deferred)."""
        return self.typing(node, local) in _AWAITABLES or last_name(node).endswith(AWAITED_NAMES)

    def element(self, node: ast.expr | None, local: dict[str, str]) -> str:
        """What a generator with this return annotation gives."""
        if isinstance(node, ast.Subscript) and self.typing(node.value, local) in _ITERATORS:
            index = node.slice
            return self.annotation(index.elts[0] if isinstance(index, ast.Tuple) else index, local)
        return ""


def either(value: ast.expr | None) -> list[ast.expr]:
    """What `a or b` and `a if c else b` may be, and what `(x := a)` is; for anything else that itself."""
    match value:
        case ast.BoolOp(values=values):
            return values
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.NamedExpr(value=inner):
            return [inner]
    return [] if value is None else [value]


def members(value: ast.expr) -> list[ast.expr]:
    """What a written list, or the like, holds; for anything else that itself."""
    match value:
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return items
        case ast.ListComp(elt=item) | ast.GeneratorExp(elt=item) | ast.SetComp(elt=item):
            return [item]
    return [value]


def local_class(node: ast.ClassDef) -> str:
    """The name, in type paths, of a class that a function defines: `Mine@12` for one in line 12."""
    return f"{node.name}@{node.lineno}"


def _unquoted(node: ast.expr | None) -> ast.expr | None:
    """The expression that an annotation in quotes holds, None where it holds none; any other as it is."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return node
    try:
        statement = parse(node.value.strip()).body[0]
    except (Unreadable, IndexError):
        return None
    return statement.value if isinstance(statement, ast.Expr) else None
