"""Where a program reads what something is called: `type(self).__name__` of a class, `cut.__name__` of a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...engine.names import Names
from ...engine.source import Source, is_function
from .homes import home_of

_NAMES = ("__name__", "__qualname__")


def is_read(file: Source, node: ast.AST) -> bool:
    """Whether the name of what an expression gives is read."""
    around = next(file.ancestors(node), None)
    return isinstance(around, ast.Attribute) and around.attr in _NAMES and around.value is node


def telling(file: Source, names: Names) -> Iterator[tuple[str, int]]:
    """The classes of which a method reads the name of its own class, by the instance or the class itself; with the line."""
    lines = sorted({line for word in _NAMES for line in file.lines_of(f".{word}")})
    for node in file.walk(file.tree, lines) if lines else ():
        match node:
            case ast.Attribute(attr="__name__" | "__qualname__", value=value) if name := _instance(value):
                scope = next((s for s in names.scope(node).ancestors() if s.is_function), None)
                method = scope.node if scope is not None else None
                if scope is None or scope.parent is None or not scope.parent.is_class or not is_function(method):
                    continue
                first = [*method.args.posonlyargs, *method.args.args][:1]
                if first and first[0].arg == name:
                    yield home_of(file, scope.parent), node.lineno


def _instance(node: ast.expr) -> str:
    """The name by which an expression asks for a class: `self` of `type(self)` and of `self.__class__`, `cls`."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr="__class__"):
            return name
        case ast.Call(func=ast.Name(id="type"), args=[ast.Name(id=name)]):
            return name
        case ast.Name(id=name):
            return name
    return ""
