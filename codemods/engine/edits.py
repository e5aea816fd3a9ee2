"""Add and remove marks in text: a decorator line above all others, a decorator line gone."""

from __future__ import annotations

import ast
import re

from .imports import Imports
from .source import Definition, Source, statements
from .values import Edit, Import


def definitions(file: Source) -> dict[int, Definition]:
    """The functions and classes of a module and its classes, by the line of their keyword."""
    found: dict[int, Definition] = {}
    bodies = [file.tree.body]
    while bodies:
        for node in statements(bodies.pop()):
            if isinstance(node, Definition):
                found[node.lineno] = node
            if isinstance(node, ast.ClassDef):
                bodies.append(node.body)
    return found


def add_decorator(file: Source, node: Definition, text: str) -> Edit:
    """Put `@text` on a line of its own above a definition and its decorators."""
    offset = file.line_starts[file.first_line(node) - 1]
    indent = re.compile(r"[ \t\f]*").match(file.text, offset)
    spaces = indent[0].rpartition("\f")[2] if indent else ""  # a form feed starts the column again
    return file.replace((offset, offset), f"{spaces}@{text}{file.newline}")


def decorators(names: Imports, node: Definition, dotted: str) -> list[ast.expr]:
    """The decorators that mean a dotted name, bare or called."""
    return [d for d in node.decorator_list if names.dotted(d.func if isinstance(d, ast.Call) else d) == dotted]


def drop_decorator(file: Source, decorator: ast.expr) -> Edit | None:
    """Remove a decorator with its lines; None where a comment stands on them."""
    first, last = decorator.lineno, decorator.end_lineno or decorator.lineno
    start = file.line_starts[first - 1]
    end = file.line_end(last)
    return None if "#" in file.text[start:end] else file.replace((start, end), "")


def used_imports(names: Imports, node: ast.expr) -> tuple[Import, ...]:
    """The imports that an expression goes through: what its removal may free."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    if not isinstance(node, ast.Name):
        return ()
    return tuple(item for _, local, _, item in names.top_level if local == node.id)
