"""What the statements at the top level of one module bind: what other files may get from it."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .bindings import Binding, canonical
from .names import Names, chain
from .source import Source, statements

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
    reader = _Reader(file)
    return Table(
        names=reader.names,
        modules=tuple(reader.modules),
        stars=tuple(reader.stars),
        exported=reader.exported() if "__all__" in file.text else None,
    )


class _Reader:
    def __init__(self, file: Source) -> None:
        self.file = file
        self.names: dict[str, tuple[str, ...]] = {}
        self.modules: dict[str, None] = {}
        self.stars: list[str] = []
        scopes = file.once(Names)
        empty: set[str] = set()  # names that are None so far
        for binding in (*scopes.module.all_bindings, *scopes.bound_from_inside()):
            name, sure = binding.name, not binding.guard
            if name == "*":
                self._star(binding.dotted.removesuffix("*").rstrip(".") or binding.dotted[:-1], sure)
                continue
            if not (binding.is_none and name in self.names and not sure):
                before = () if sure or name in empty else self.names.get(name, tuple(self.stars))
                self.names[name] = tuple(dict.fromkeys((*before, *self._of(binding))))
                empty.discard(name)
            if binding.is_none and self.names[name] == (f"={name}",):
                empty.add(name)

    def _star(self, module: str, sure: bool) -> None:
        star = f"*{module}" if sure else f"*?{module}"
        self.stars.append(star)
        self.names = {name: (*known, star) for name, known in self.names.items()}

    def _of(self, binding: Binding) -> tuple[str, ...]:
        name = binding.name
        match binding.kind, binding.node:
            case "import", ast.Import(names=aliases):
                self.modules |= dict.fromkeys(a.name for a in aliases if not a.asname)
                return (canonical(binding.dotted, self.file.origins),)
            case "import", _:
                return (canonical(binding.dotted, self.file.origins),)
            case "class" | "function", _:
                return (f":{name}",)
            case "value", value:
                return self._meanings(value) or (f"={name}",)
            case "other", ast.Name(ctx=ast.Del()):
                return (UNKNOWN,)
        return (f"={name}",)

    def _meanings(self, node: ast.AST) -> tuple[str, ...]:
        """What `mock.Mock` and the like mean at this point; none for any other value."""
        node, suffix = chain(node)
        if not isinstance(node, ast.Name):
            return ()
        known = self.names.get(node.id)
        if known is None:
            given = f"builtins.{node.id}{suffix}" if node.id in _BUILTINS else ""
            return (f"~{node.id}{suffix}",) if self.stars else (given,) if given else ()
        if any(m == UNKNOWN or m[0] == "*" for m in known):
            return (f"~{node.id}{suffix}",)
        return tuple(canonical(f"{m}{suffix}", self.file.origins) for m in known)

    def exported(self) -> tuple[str, ...] | None:
        """What `__all__ = …`, `__all__ += …` and the methods of that list make of it."""
        found: list[str] | None = None
        for node in statements(self.file.tree.body):
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id="__all__")], value=value)
                    | ast.AnnAssign(target=ast.Name(id="__all__"), value=ast.expr() as value)
                ):
                    found = [*self._listed(value, found or [])]
                case ast.AugAssign(target=ast.Name(id="__all__"), value=value):
                    found = [*(found or ()), *self._listed(value, [])]
                case ast.Expr(
                    value=ast.Call(func=ast.Attribute(value=ast.Name(id="__all__"), attr=how), args=arguments)
                ):
                    one = how in ("append", "insert")
                    given = ast.List(arguments[-1:]) if one else ast.Tuple([ast.Starred(a) for a in arguments])
                    more = self._listed(given, []) if one or how == "extend" else (UNKNOWN,)
                    found = [*(found or ()), *more]
        return None if found is None else tuple(dict.fromkeys(found))

    def _listed(self, node: ast.expr, before: list[str]) -> Iterator[str]:
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                for item in items:
                    if isinstance(item, ast.Constant) and isinstance(item.value, str):
                        yield item.value
                    else:
                        yield from self._listed(item.value, before) if isinstance(item, ast.Starred) else (UNKNOWN,)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                yield from self._listed(left, before)
                yield from self._listed(right, before)
            case ast.Attribute(value=ast.Name(id=module), attr="__all__") if module in self.names:
                yield from (f"*{m}" for m in self.names[module] if m[0] not in NOT_DOTTED)
            case ast.Attribute(value=module, attr="__all__"):
                yield from [f"*{m}" for m in self._meanings(module)] or [UNKNOWN]
            case ast.Name(id="__all__"):
                yield from before
            case ast.Call(func=ast.Name(id="list" | "tuple" | "sorted" | "set"), args=[inner]):
                yield from self._listed(inner, before)
            case _:
                yield UNKNOWN
