"""What the statements at the top level of one module bind: what other files may get from it."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .scopes import canonical, imported
from .source import Source

UNKNOWN = "?"
NOT_DOTTED = ":=~*?"  # how all other meanings begin
_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Table:
    """The names of one module, as its text says it.

    A meaning is a dotted name (relative ones as they are written), ":f" for what `def f` or `class f` of this module
    makes, "=x" for any other value that its name x gets, "*m" for what `from m import *` gives under that name if it
    gives one ("*?m" if that import runs at all), "~x" for whatever the name x of this module is, and "?" for nobody
    knows. A name has several where it depends: in the order of the file, from the last one that surely runs. None
    counts as no meaning beside others: the name means those, or each use fails.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    modules: tuple[str, ...] = ()  # of `import a.b`
    stars: tuple[str, ...] = ()  # as meanings
    exported: tuple[str, ...] | None = None  # __all__: names, "*m" for all that module m exports, "?" for more
    partial: bool = False  # it may bind other names too

    @property
    def imports(self) -> dict[str, str]:
        """What the names that come from other modules mean: of several the first."""
        return {name: dotted for name in self.names if (dotted := self.imported(name))}

    def imported(self, name: str) -> str:
        """What a name means that comes from another module, of several the first; "" for any other."""
        return next((m for m in self.names.get(name, ()) if m[0] not in NOT_DOTTED), "")

    @property
    def sources(self) -> list[str]:
        """The dotted names that the module takes from others, and the modules of which it takes all."""
        return [*self.imports.values(), *(star.lstrip("*?") for star in self.stars)]


def table(file: Source) -> Table:
    """The table of one file; an empty one of a file that is not Python. Raises Unreadable."""
    if not file.is_python:
        return Table()
    reader = _Reader(file.origins)
    reader.read(file.tree.body, sure=True)
    exported = None if reader.exported is None else tuple(dict.fromkeys(reader.exported))
    return Table(names=reader.names, modules=tuple(reader.modules), stars=tuple(reader.stars), exported=exported)


class _Reader:
    def __init__(self, origins: Mapping[str, str]) -> None:
        self.origins = origins
        self.names: dict[str, tuple[str, ...]] = {}
        self.modules: dict[str, None] = {}
        self.stars: list[str] = []
        self.exported: list[str] | None = None
        self.empty: set[str] = set()  # names that are None so far

    def read(self, body: Sequence[ast.stmt], sure: bool) -> None:
        for node in body:
            match node:
                case ast.Import() | ast.ImportFrom():
                    self._import(node, sure)
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    self._bind(name, (f":{name}",), sure)
                case ast.Assign(targets=targets, value=value):
                    self._assign(targets, value, sure)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assign([target], value, sure)
                case ast.AugAssign(target=target, value=value):
                    self._assign([target], None, sure)
                    self._export(target, value, "add")
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner, attr=how), args=[*_, value])):
                    self._export(owner, value, how)
                case ast.Delete(targets=targets):
                    for name in _stored(targets):
                        self._bind(name, (UNKNOWN,), sure)
                case ast.If(body=then, orelse=orelse) | ast.While(body=then, orelse=orelse):
                    self.read(then, sure=False)
                    self.read(orelse, sure=False)
                case ast.For(target=target, body=then, orelse=orelse):
                    self._assign([target], None, sure=False)
                    self.read([*then, *orelse], sure=False)
                case ast.With(items=items, body=then):
                    self._assign([i.optional_vars for i in items if i.optional_vars], None, sure)
                    self.read(then, sure)
                case ast.Try() | ast.TryStar():
                    surely = sure and not node.handlers
                    self.read([*node.body, *node.orelse], surely)
                    for handler in node.handlers:
                        self.read(handler.body, sure=False)
                    self.read(node.finalbody, sure)
                case ast.Match(cases=cases):
                    for case in cases:
                        self.read(case.body, sure=False)
                case _ if type(node).__name__ == "TypeAlias":  # `type X = …`, new in Python 3.12
                    self._bind(node.name.id, (f"={node.name.id}",), sure)  # type: ignore[attr-defined]

    def _import(self, node: ast.Import | ast.ImportFrom, sure: bool) -> None:
        for local, meaning, item in imported(node):
            if local == "*":
                star = f"*{item.module}" if sure else f"*?{item.module}"
                self.stars.append(star)
                self.names = {name: (*known, star) for name, known in self.names.items()}
                continue
            if not (item.name or item.alias):
                self.modules[item.module] = None
            self._bind(local, (canonical(meaning, self.origins),), sure)

    def _assign(self, targets: Sequence[ast.expr], value: ast.expr | None, sure: bool) -> None:
        for target in targets:
            if isinstance(target, ast.Name):
                if target.id == "__all__" and value is not None:
                    self._export(target, value, "set")
                if not (isinstance(value, ast.Constant) and value.value is None):
                    self._bind(target.id, self.meanings(value) or (f"={target.id}",), sure)
                elif sure or target.id not in self.names:
                    self._bind(target.id, (f"={target.id}",), sure)
                    self.empty.add(target.id)
            else:
                for name in _stored([target]):
                    self._bind(name, (f"={name}",), sure)

    def _bind(self, name: str, meanings: tuple[str, ...], sure: bool) -> None:
        before = () if sure or name in self.empty else self.names.get(name, tuple(self.stars))
        self.empty.discard(name)
        self.names[name] = (*before, *(m for m in meanings if m not in before))

    def meanings(self, node: ast.expr | None) -> tuple[str, ...]:
        """What `mock.Mock` and the like mean at this point; none for any other value."""
        suffix = ""
        while isinstance(node, ast.Attribute):
            suffix = f".{node.attr}{suffix}"
            node = node.value
        if not isinstance(node, ast.Name):
            return ()
        known = self.names.get(node.id)
        if known is None:
            given = f"builtins.{node.id}{suffix}" if node.id in _BUILTINS else ""
            return (f"~{node.id}{suffix}",) if self.stars else (given,) if given else ()
        if any(m == UNKNOWN or m[0] == "*" for m in known):
            return (f"~{node.id}{suffix}",)
        return tuple(canonical(f"{m}{suffix}", self.origins) for m in known)

    def _export(self, target: ast.expr, value: ast.expr, how: str) -> None:
        """`__all__ = …`, `__all__ += …`, and what its methods do."""
        if not (isinstance(target, ast.Name) and target.id == "__all__"):
            return
        found = [*self._listed(ast.List([value]) if how in ("append", "insert") else value)]
        if how in ("remove", "pop", "clear"):
            found = [UNKNOWN]
        self.exported = found if how == "set" else [*(self.exported or ()), *found]

    def _listed(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                for item in items:
                    if isinstance(item, ast.Constant) and isinstance(item.value, str):
                        yield item.value
                    else:
                        yield from self._listed(item.value) if isinstance(item, ast.Starred) else (UNKNOWN,)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                yield from self._listed(left)
                yield from self._listed(right)
            case ast.Attribute(value=ast.Name(id=module), attr="__all__") if module in self.names:
                yield from (f"*{m}" for m in self.names[module] if m[0] != "*")
            case ast.Attribute(value=module, attr="__all__"):
                yield from [f"*{m}" for m in self.meanings(module)] or [UNKNOWN]
            case ast.Name(id="__all__"):
                yield from self.exported or ()
            case ast.Call(func=ast.Name(id="list" | "tuple" | "sorted" | "set"), args=[inner]):
                yield from self._listed(inner)
            case _:
                yield UNKNOWN


def _stored(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The names that targets bind or delete."""
    for node in nodes:
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load):
                yield each.id
