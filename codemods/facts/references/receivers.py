"""What attributes are taken from and keywords given to, as type paths, in one visit of a file's statements.

A local name that is assigned several times has several paths: the order of the statements says nothing about which one holds
in a loop or behind a branch.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection
from functools import cached_property

from ...engine.arguments import arguments
from ...engine.names import Names, last_name, root_name
from ...engine.source import Function, Source
from ..modules import of_tests
from ..suite.scan import scan as scan_tests
from ..types.calls import Scope
from ..types.data import HANDED, How
from ..types.paths import either
from ..types.scan import Reader

_HOLDING = {
    "list", "List", "set", "Set", "frozenset", "FrozenSet", "Iterable", "Iterator", "Sequence", "Collection", "deque",
    "MutableSequence", "AbstractSet", "KeysView", "Generator",
}  # fmt: skip
COPIES = {"dataclasses.replace", "copy.replace", "copy.copy", "copy.deepcopy", "attr.evolve", "attrs.evolve"}
_BARE = frozenset(
    {ast.Expr, ast.Assign, ast.Return, ast.If, ast.Raise, ast.Pass}
)  # statements without anything beside values
FIXTURE = "fixture:"  # before the name of a fixture that a parameter gets
SUPER = "super:"  # before the class of whose bases `super()` is one


class Receivers(Reader):
    """The facts of a file, and with them the paths of some nodes."""

    def __init__(self, file: Source, names: Names, nodes: Collection[ast.expr]) -> None:
        super().__init__(file, calls=True)
        self.tells = False
        self.names = names
        self.nodes = frozenset(nodes)
        self.found: dict[ast.expr, tuple[str, Scope]] = {}
        self._assigned: dict[int, dict[str, list[str]]] = {}  # by scope and local name: paths of its values
        self._unions: dict[int, dict[str, tuple[str, ...]]] = {}  # by scope and parameter: paths of what it may be
        self._items: dict[int, dict[str, str]] = {}  # by scope and parameter: the path of what it holds
        self._each: dict[ast.AST, str] = {}  # by the target of a loop: the path of what it gets
        self._alive: list[Scope] = []  # a number is of one scope only while that one is there

    def of(self, node: ast.expr) -> tuple[str, ...]:
        """The type paths of a node; none where nobody knows, or knows only some."""
        if node not in self.found:
            return ()
        path, scope = self.found[node]
        root = root_name(_inner(node))
        home = self.names.scope(root).find(root.id) if root is not None else None
        if root is None or home is None or not home[0].is_function:
            if root is None or home is None or not home[0].is_comprehension:
                return (path,) if path else ()
            loop = home[1][0].loop
            each = self._each.get(loop.target, "") if loop is not None and isinstance(loop.target, ast.Name) else ""
            path = self._path(node, {**scope.local, root.id: each}, scope) if each and len(home[1]) == 1 else ""
            return (path,) if path else ()
        if isinstance(home[0].node, ast.Lambda):
            return ()
        bindings = [b for b in home[1] if not b.is_none]
        if len(bindings) < 2:
            union = self._unions.get(id(scope), {}).get(root.id, ())
            paths = {self._path(node, {**scope.local, root.id: each}, scope) for each in union}
            return tuple(sorted(paths)) if paths and all(paths) else (path,) if path else ()
        others = self._assigned.get(id(scope), {}).get(root.id, [])
        paths = {self._path(node, {**scope.local, root.id: other}, scope) for other in others}
        return tuple(sorted(paths)) if all(paths) and len(others) >= len(bindings) else ()

    @cached_property
    def _lines(self) -> list[int]:
        return sorted({node.lineno for node in self.nodes})

    def define(self, node: Function, scope: Scope) -> None:
        """Of a function in which nothing is asked for only its own facts are read; what `__init__` hands on is one."""
        shallow = self.shallow
        self.shallow = shallow or (node.name != "__init__" and not self.file.holds(node, self._lines))
        super().define(node, scope)
        self.shallow = shallow

    def inside(self, node: Function, inner: Scope) -> None:
        bare = (a.arg for a in arguments(node.args) if a.annotation is None and not inner.local.get(a.arg))
        # a fixture that is imported may be of a file that nobody reads
        given = [name for name in bare if name not in self.types.imports] if of_tests(self.file.path) else []
        asked = self._asked.get(node.lineno, ()) if given else ()
        inner.local.update((name, f"{FIXTURE}{name}") for name in given if name in asked)
        for argument in arguments(node.args):
            if item := self._item(argument.annotation, inner):
                self._alive.append(inner)
                self._items.setdefault(id(inner), {})[argument.arg] = item
            if self.shallow:
                continue
            paths = tuple(self.types.annotation(each, inner.local) for each in _members(argument.annotation))
            if len(paths) > 1 and all(paths):
                self._alive.append(inner)
                self._unions.setdefault(id(inner), {})[argument.arg] = paths
        super().inside(node, inner)

    @cached_property
    def _asked(self) -> dict[int, tuple[str, ...]]:
        """By the line of a test or fixture, the parameters that pytest fills with fixtures."""
        return self.file.once(scan_tests).asked()

    def iterated(self, node: ast.For | ast.AsyncFor | ast.comprehension, scope: Scope) -> None:
        if isinstance(node.target, ast.Name) and isinstance(node, ast.For | ast.comprehension):
            whole = self._path(node.iter, scope.local, scope)
            own = self._items.get(id(scope), {}).get(node.iter.id, "") if isinstance(node.iter, ast.Name) else ""
            if each := own or (f"{whole}[:]" if whole else ""):
                self._each[node.target] = each
        super().iterated(node, scope)

    def _item(self, node: ast.expr | None, scope: Scope) -> str:
        """The path of what a list or the like holds, by its annotation."""
        match node:
            case ast.Subscript(value=value, slice=ast.Tuple(elts=[item, ast.Constant(value=builtins.Ellipsis)])):
                return self.types.annotation(item, scope.local) if last_name(value) in ("tuple", "Tuple") else ""
            case ast.Subscript(value=value, slice=item) if last_name(value) in _HOLDING:
                return self.types.annotation(item, scope.local)
        return ""

    def expression(self, node: ast.AST, scope: Scope, mode: How) -> None:
        if node in self.nodes:
            self._keep(node, scope)
        super().expression(node, scope, mode)

    def statement(self, node: ast.stmt, scope: Scope) -> None:
        if not self.shallow and type(node) not in _BARE:
            for part in _beside(node):
                for each in ast.walk(part):
                    if each in self.nodes:
                        self._keep(each, scope)
        super().statement(node, scope)

    def blocks(self, node: ast.AST, scope: Scope) -> None:
        if self.shallow:
            pass
        elif isinstance(node, ast.match_case):
            values = (n.value for n in ast.walk(node.pattern) if isinstance(n, ast.MatchValue))
            keys = (k for n in ast.walk(node.pattern) if isinstance(n, ast.MatchMapping) for k in n.keys)
            classes = (n.cls for n in ast.walk(node.pattern) if isinstance(n, ast.MatchClass))
            for each in (*values, *keys, *classes, *filter(None, [node.guard])):
                self.expression(each, scope, HANDED)
        elif isinstance(node, ast.ExceptHandler) and node.type is not None:
            self.expression(node.type, scope, HANDED)
        super().blocks(node, scope)

    def callee(self, node: ast.expr, scope: Scope) -> str:
        if node in self.nodes:
            self._keep(node, scope)
        if isinstance(node, ast.Attribute) and node.value in self.nodes:
            self._keep(node.value, scope)
        return ""

    def assign(
        self, target: ast.AST, path: str, value: ast.expr | None, scope: Scope, declared: ast.expr | None = None
    ) -> None:
        path = path or self._each.get(target, "")
        if isinstance(target, ast.Name) and scope.function and not self.shallow:
            if id(scope) not in self._assigned:
                self._alive.append(scope)
            known = self._assigned.setdefault(id(scope), {})
            if target.id not in known:  # a parameter has a value already
                known[target.id] = [scope.local[target.id]] if target.id in scope.local else []
            if declared is not None or not (isinstance(value, ast.Constant) and value.value is None):
                ways = tuple(dict.fromkeys(self._path(way, scope.local, scope) for way in _ways(value)))
                ways = tuple(filter(None, ways))
                if len(ways) > 1:  # `a() if c else b()`
                    self._unions.setdefault(id(scope), {})[target.id] = ways
                known[target.id] += ways if len(ways) > 1 else [path]
        super().assign(target, path, value, scope, declared)

    def _keep(self, node: ast.AST, scope: Scope) -> None:
        if isinstance(node, ast.expr) and node not in self.found:
            self.found[node] = self._path(node, scope.local, scope), scope

    def _path(self, node: ast.expr, local: dict[str, str], scope: Scope) -> str:
        match node:
            case ast.Call(func=ast.Name(id="super"), args=[]):
                return f"{SUPER}{scope.owner}" if scope.owner else ""
            case ast.Call(func=ast.Name(id="type"), args=[value]) | ast.Attribute(value=value, attr="__class__"):
                made = self.types.expression(value, local)
                return made[: -1 if made.endswith("*") else -2] if made.endswith(("()", "*")) else ""
            case ast.Subscript(value=whole):
                path = self._path(whole, local, scope)
                return f"{path}[]" if path else ""
            case ast.Call(func=ast.Attribute(value=copied, attr="_replace")):
                return self._path(copied, local, scope)
            case ast.Call(func=func, args=[copied, *_]) if self.types.expression(func, local) in COPIES:
                return self._path(copied, local, scope)
            case ast.Constant(value=value):
                return f"builtins.{type(value).__name__}()"
            case ast.JoinedStr():
                return "builtins.str()"
            case ast.List() | ast.Tuple() | ast.Dict() | ast.Set() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                return f"builtins.{type(node).__name__.removesuffix('Comp').lower()}()"
        return self.types.expression(node, local)


_FOREIGN = re.compile(
    r"builtins\.(?:str|int|list|dict|set|tuple|bytes|float|bool|bytearray|frozenset|range|open|complex|object)(?:\(\)|\*)?"
)


def is_foreign(path: str) -> bool:
    """Whether a type path surely ends at a value that is of no class of the project: a builtin's."""
    return _FOREIGN.fullmatch(path) is not None


def _beside(node: ast.stmt) -> list[ast.expr]:
    """What of a statement holds no value that the types are read from: targets, annotations, keywords of a class."""
    found: list[ast.expr | None] = []
    match node:
        case ast.For() | ast.AsyncFor():
            found = [node.target]
        case ast.With() | ast.AsyncWith():
            found = [item.optional_vars for item in node.items]
        case ast.AnnAssign():
            found = [node.annotation]
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            found = [node.returns, *(argument.annotation for argument in arguments(node.args))]
        case ast.ClassDef():
            found = [keyword.value for keyword in node.keywords]
    return [each for each in found if each is not None]


def _ways(value: ast.expr | None) -> list[ast.expr]:
    """The values that one of `a if c else b` and `a or b` may be, at any depth."""
    found = either(value)
    return found if found == [value] else [way for each in found for way in _ways(each)]


def _members(node: ast.expr | None) -> list[ast.expr]:
    """What a union in an annotation consists of, None left out."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*_members(left), *_members(right)]
        case ast.Subscript(value=value, slice=ast.Tuple(elts=elements)) if last_name(value) == "Union":
            return [each for element in elements for each in _members(element)]
        case ast.Subscript(value=value, slice=inner) if last_name(value) == "Optional":
            return _members(inner)
        case ast.Constant(value=None) | None:
            return []
    return [node]


def _inner(node: ast.expr) -> ast.expr:
    """What calls and attributes begin with: `a` in `a.b().c`."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "type" and node.args:
            node = node.args[0]
        else:
            node = node.func if isinstance(node, ast.Call) else node.value
    return node
