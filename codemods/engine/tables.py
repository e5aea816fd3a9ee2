"""What the statements at the top level of one module bind: what other files may get from it."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .bindings import Binding, canonical
from .names import Names, chain
from .source import Source

UNKNOWN = "?"
NOT_DOTTED = ":=~*?"  # how all other meanings begin
BUILTINS = frozenset(dir(builtins))


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
        exported=reader.exported(file.once(Names)) if "__all__" in file.text else None,
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
            given = f"builtins.{node.id}{suffix}" if node.id in BUILTINS else ""
            return (f"~{node.id}{suffix}",) if self.stars else (given,) if given else ()
        if any(m == UNKNOWN or m[0] == "*" for m in known):
            return (f"~{node.id}{suffix}",)
        return tuple(canonical(f"{m}{suffix}", self.file.origins) for m in known)

    def exported(self, scopes: Names) -> tuple[str, ...] | None:
        """What `__all__ = …`, `__all__ += …` and the methods of that list make of it."""
        given = scopes.built(self.file.tree.body, "__all__")
        found = [UNKNOWN] if re.search(r"\b__all__\.(?!append|extend|insert)\w", self.file.text) else []
        for leaf, _ in (each for value, _ in given for each in scopes.spread(value, seen=("__all__",))):
            match leaf:
                case ast.Constant(value=str(name)):
                    found.append(name)
                case ast.Attribute(value=module, attr="__all__"):
                    known = self.names.get(module.id, ()) if isinstance(module, ast.Name) else self._meanings(module)
                    found += [f"*{m}" for m in known if m[0] not in NOT_DOTTED] or [UNKNOWN]
                case _:
                    found.append(UNKNOWN)
        return tuple(dict.fromkeys(found)) if given else None
