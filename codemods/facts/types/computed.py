"""Attributes whose names a program computes: `getattr(self, f"on_{kind}")`, `vars(self)[name]`, `methodcaller(name)`.

In a type path such an attribute is a step in braces, with `%` for any text: `~.Cls().{on_%}`, and
`~.Cls().{start|stop}` where the name is one of a closed set; `?.{%}` says nothing of the object.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import math
import re
from collections.abc import Iterable

from ...engine.names import Names
from ...engine.remember import remembered
from ...engine.source import Source
from .paths import Several, Types, either, members

WORDS = ("getattr", "__getattribute__", "methodcaller", "attrgetter", "vars", "__dict__", "globals")
ANY = "%"
_MANY = 30  # of more names it is as good to say that they are not known
_GETTERS = ("__getattribute__", "__getattr__")
_READING = ("get", "items", "keys", "values", "index", "count")
_BUILTIN = re.compile(r"builtins\.(\w+)(?:\(\)|\*)?")


def may_be(step: str, name: str) -> bool:
    """Whether a step in braces may be the attribute of this name."""
    return any(
        re.fullmatch(".*".join(map(re.escape, text.split(ANY))), name, re.S) for text in step.strip("{}").split("|")
    )


class Computed:
    """Finds such attributes in one file."""

    def __init__(self, file: Source, types: Types) -> None:
        self.file = file
        self.types = types
        self.names = file.once(Names)
        self.attributes: dict[str, str] = {}  # type path of an attribute → attribute with a computed name that it is
        self.words = any(word in file.text for word in WORDS)

    def value(self, node: ast.expr | None, local: dict[str, str], known: dict[str, str]) -> str:
        """The first of such attributes that a value is, may be or holds; `known` are names that are one."""
        if not self.words:
            return ""
        inner: list[ast.expr] = []
        match node:
            case ast.Name(id=name):
                return known.get(name, "")
            case ast.Attribute() if self.attributes:
                return self.attributes.get(self.types.expression(node, local), "")
            case ast.Call() | ast.Subscript() if found := self.path(node, local):
                return found
            case ast.Call(func=ast.Attribute(value=held, attr="values" | "get" | "pop")) | ast.Subscript(value=held):
                inner = [held]
            case ast.Call(func=function, args=[first, *_]) if (
                self.types.expression(function, local) == "functools.partial"
            ):
                inner = [first]
            case ast.BoolOp() | ast.IfExp():
                inner = either(node)
            case ast.Dict(values=values):
                inner = values
            case ast.DictComp(value=element):
                inner = [element]
            case _ if isinstance(node, Several):
                inner = members(node)
        return next(filter(None, (self.value(each, local, known) for each in inner)), "")

    def path(self, node: ast.expr, local: dict[str, str]) -> str:
        """The type path of an attribute with a computed name; "" for any other expression."""
        found = self._parts(node, local) if self.words and isinstance(node, ast.Call | ast.Subscript) else None
        if found is None:
            return ""
        owner, name = found
        texts = [t for t in self.texts(name) if re.fullmatch(r"[\w%]+", t)]
        base = self._owner(owner, local)
        return f"{base}.{{{'|'.join(sorted(set(texts)))}}}" if texts and base else ""

    def caller(self, node: ast.expr, local: dict[str, str]) -> bool:
        """Whether an expression makes what calls a method by a name."""
        return isinstance(node, ast.Call) and self.types.expression(node.func, local) == "operator.methodcaller"

    def _parts(self, node: ast.expr, local: dict[str, str]) -> tuple[ast.expr | None, ast.expr] | None:
        """(object, name) of an attribute; no object where nothing says which."""
        called = self.types.expression(node.func, local) if isinstance(node, ast.Call) else ""
        match called, node:
            case "builtins.getattr", ast.Call(args=[owner, name, *_]):
                literal = isinstance(name, ast.Constant) and isinstance(name.value, str)
                return None if literal else (owner, name)  # an attribute like any other
            case _, ast.Call(func=ast.Attribute(value=own, attr=attr), args=[*on, name]) if attr in _GETTERS:
                return [*on, own][0], name
            case "operator.attrgetter()", ast.Call(func=ast.Call(args=[name]), args=[owner]):
                return owner, name
            case "operator.methodcaller", ast.Call(args=[name, *_]):
                outer = self.file.parents.get(node)
                given = outer.args[:1] if isinstance(outer, ast.Call) and outer.func is node else []
                return given[0] if given else None, name
            case (
                _,
                ast.Subscript(value=table, slice=name)
                | ast.Call(func=ast.Attribute(value=table, attr="get"), args=[name, *_]),
            ):
                match self.types.expression(table, local), table:
                    case ("builtins.vars()", ast.Call(args=[owner])) | (
                        _,
                        ast.Attribute(value=owner, attr="__dict__"),
                    ):
                        return owner, name
                    case "builtins.globals()", ast.Call():
                        return table, name
        return None

    def _owner(self, owner: ast.expr | None, local: dict[str, str]) -> str:
        """The type path of the object, or of the class whose attribute it is; "" for what a builtin class makes."""
        match owner:
            case ast.Call(func=ast.Name(id="globals")):
                return "~"
            case ast.Call(func=ast.Name(id="type"), args=[inner]) | ast.Attribute(value=inner, attr="__class__"):
                return self._owner(inner, local)
            case ast.Constant() | ast.JoinedStr() | ast.List() | ast.Dict() | ast.Set() | ast.Tuple():
                return ""
        path = self.types.expression(owner, local)
        if made := _BUILTIN.fullmatch(path):
            cls = getattr(builtins, made[1], None)
            return "" if isinstance(cls, type) and cls not in (object, type, super) else "?"
        return path if path and path[0] not in "^<?" and not path.startswith("builtins.") else "?"

    # ---- names -----------------------------------------------------------------------------

    def texts(self, node: ast.expr, depth: int = 4) -> set[str]:
        """All that a text may be, with `%` for what is not known of it."""
        found = self._texts(node, depth) if depth else {ANY}
        return found if len(found) <= _MANY else {ANY}

    def _texts(self, node: ast.expr, depth: int) -> set[str]:
        match node:
            case ast.Constant(value=str(text)):
                return {text if ANY not in text else ANY}
            case ast.JoinedStr(values=values):
                return _joined(self.texts(v, depth) for v in values)
            case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
                return self.texts(value, depth - 1)
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return _joined(self.texts(each, depth - 1) for each in (left, right))
            case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str(text))) if "%%" not in text:
                return {re.sub(r"%(?:\(\w*\))?[-#0 +\d.*]*[a-zA-Z]", ANY, text)}
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
                return {ANY if "{{" in text or ANY in text else re.sub(r"\{[^{}]*\}", ANY, text)}
            case ast.IfExp() | ast.BoolOp():
                return set().union(*(self.texts(v, depth - 1) for v in either(node)))
            case ast.Subscript(value=value):
                return self._of(value, depth, keys=False)
            case ast.Call(func=ast.Attribute(value=value, attr="get"), args=[_, *default]):
                return self._of(value, depth, keys=False).union(*(self.texts(each, depth - 1) for each in default))
            case ast.Name():
                return self._of_name(node, depth)
        return {ANY}

    def _of(self, node: ast.expr, depth: int, keys: bool) -> set[str]:
        """All that a written collection holds: the keys of a dict, or its values."""
        match node:
            case _ if isinstance(node, Several):
                return set().union(*(self.texts(item, depth - 1) for item in members(node)))
            case ast.Dict(keys=names, values=values):
                return set().union(*(self.texts(k, depth - 1) if k else {ANY} for k in (names if keys else values)))
            case ast.Call(func=ast.Attribute(value=table, attr="values" | "keys" as what), args=[]):
                return self._of(table, depth, keys=what == "keys")
            case ast.Name(id=name) if depth and (bound := self._bound(node)) is not None:
                fixed = all(isinstance(kind, ast.Tuple) for _, kind in bound)
                if all(whole for whole, _ in bound) and (fixed or self._only_read(name)):
                    return set().union(*(self._of(value, depth - 1, keys) for _, value in bound))
        return {ANY}

    def _of_name(self, node: ast.Name, depth: int) -> set[str]:
        bound = self._bound(node)
        if bound is None or len(bound) > 1:
            here = self._around(node, depth)
            if bound is None or here != {ANY}:
                return here
        every = (self.texts(v, depth - 1) if whole else self._of(v, depth, keys=True) for whole, v in bound)
        return set().union(*every)

    def _around(self, node: ast.Name, depth: int) -> set[str]:
        """What a name is where `if name in ("a", "b"):` or `for name in ("a", "b"):` stands around it."""
        inner: ast.AST = node
        for outer in self.file.ancestors(node):
            match outer:
                case (
                    ast.If(test=ast.Compare(left=ast.Name(id=name), ops=[_], comparators=[given]), body=body)
                    | ast.For(target=ast.Name(id=name), iter=given, body=body)
                ) if name == node.id and inner in body:
                    how = outer.test.ops[0] if isinstance(outer, ast.If) else ast.In()  # type: ignore[attr-defined]
                    stored = (n for each in body for n in ast.walk(each) if isinstance(n, ast.Name) and n.id == name)
                    if isinstance(how, ast.In | ast.Eq) and all(isinstance(n.ctx, ast.Load) for n in stored):
                        one = isinstance(how, ast.Eq)
                        return self.texts(given, depth - 1) if one else self._of(given, depth, keys=True)
            inner = outer
        return {ANY}

    def _bound(self, node: ast.Name) -> list[tuple[bool, ast.expr]] | None:
        """What a name is bound to, by assignment or (False) one by one in a loop; None where that is not seen."""
        _, bindings = self.names.scope(node).find(node.id) or (None, [])
        found: list[tuple[bool, ast.expr]] = []
        for binding in bindings:
            if binding.value is not None and binding.guard != "global":
                found.append((True, binding.value))
            elif binding.loop is not None and binding.loop.target is binding.node:
                found.append((False, binding.loop.iter))
            else:
                return None
        return found or None

    @remembered
    def _only_read(self, name: str) -> bool:
        """Whether nobody adds to a collection: it is a function's own, or private to the module, and only read."""
        for node, parent in self.file.parents.items():
            if not (isinstance(node, ast.Name) and node.id == name):
                continue
            match node.ctx, parent:
                case ast.Load(), ast.Subscript(ctx=ast.Load()) | ast.For() | ast.comprehension() | ast.Compare():
                    continue
                case ast.Load(), ast.Attribute(attr=attr) if attr in _READING:
                    continue
                case ast.Store() | ast.Del(), _:
                    if name.startswith("_") or not isinstance(self.file.parents.get(parent), ast.Module):
                        continue
            return False
        return True


def _joined(parts: Iterable[set[str]]) -> set[str]:
    """All texts that parts make, one after the other."""
    every = list(parts)
    if math.prod(map(len, every)) > _MANY:
        every = [part if len(part) == 1 else {ANY} for part in every]
    return {re.sub("%+", ANY, "".join(texts)) for texts in itertools.product(*every)}
