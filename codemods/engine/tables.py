"""What the imports and plain assignments at the top level of one module bind: what other files may get from it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from .imports import imported
from .source import Source, statements


@dataclass(frozen=True, slots=True)
class Table:
    """What the imports and plain assignments at the top level of one module bind."""

    names: dict[str, str] = field(default_factory=dict)  # local name → dotted, relative ones as they are written
    modules: tuple[str, ...] = ()  # of `import a.b`
    stars: tuple[str, ...] = ()
    bound: frozenset[str] = frozenset()  # other names that the module binds, where a star could give them
    exported: tuple[str, ...] | None = None  # __all__


def table(file: Source) -> Table:
    """The imports of one file; none of a file that is not Python. Raises Unreadable."""
    if not file.is_python:
        return Table()
    names: dict[str, str] = {}
    modules: dict[str, None] = {}
    stars: dict[str, None] = {}
    bound: set[str] = set()
    exported: tuple[str, ...] | None = None
    for node in statements(file.tree.body):
        match node:
            case ast.Import() | ast.ImportFrom():
                for local, meaning, item in imported(node):
                    if local == "*":
                        stars[item.module] = None
                    else:
                        names.setdefault(local, meaning)
                        if not (item.name or item.alias):
                            modules[item.module] = None
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List(elts=items) | ast.Tuple(elts=items)):
                exported = tuple(i.value for i in items if isinstance(i, ast.Constant) and isinstance(i.value, str))
            case ast.Assign(targets=targets, value=value):
                dotted = _dotted(value, names)
                for target in targets:
                    if isinstance(target, ast.Name):
                        if dotted:
                            names.setdefault(target.id, dotted)
                        else:
                            bound.add(target.id)
            case ast.AnnAssign(target=ast.Name(id=name)):
                bound.add(name)
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound.add(name)
    hidden = bound if stars else bound & names.keys()
    return Table(names, tuple(modules), tuple(stars), frozenset(hidden), exported)


def _dotted(node: ast.expr, names: Mapping[str, str]) -> str:
    """The dotted name of `mock.Mock` and the like, "" for anything that starts at no import."""
    suffix = ""
    while isinstance(node, ast.Attribute):
        suffix = f".{node.attr}{suffix}"
        node = node.value
    return f"{names[node.id]}{suffix}" if isinstance(node, ast.Name) and node.id in names else ""
