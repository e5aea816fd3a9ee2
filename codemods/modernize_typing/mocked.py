"""The packages that Sphinx puts mocks in the place of while it builds the documentation (autodoc_mock_imports).

An object of such a package is an instance of a mock then, which takes no `|`: the module that writes one can no
longer be imported there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..engine.names import last_name
from ..engine.source import Source
from ..engine.values import Unreadable

SETTING = "autodoc_mock_imports"
ANY = "*"  # a list that cannot be read: any package may be in it


def mocked(file: Source) -> frozenset[str]:
    """What a conf.py lists, ANY included where it says more than can be read."""
    try:
        statements = list(ast.walk(file.tree))
    except Unreadable:
        return frozenset({ANY})
    return frozenset(_given_to(SETTING, statements, (SETTING,)))


def is_mocked(dotted: str, names: frozenset[str]) -> bool:
    """Whether a dotted name lies in one of the packages or modules."""
    parts = dotted.split(".")
    return not names.isdisjoint(".".join(parts[:size]) for size in range(1, len(parts) + 1))


def _given_to(name: str, nodes: list[ast.AST], seen: tuple[str, ...]) -> Iterator[str]:
    """All that is ever put into the list of this name, wherever that stands."""
    found = False
    for node in nodes:
        values: list[ast.expr | None] = []
        match node:
            case ast.Assign(targets=targets, value=value) if any(last_name(t) == name for t in targets):
                values = [value]
            case ast.Assign(targets=[ast.Tuple(elts=elts) | ast.List(elts=elts)]) if name in map(last_name, elts):
                values = [None]
            case ast.AugAssign(target=target, value=value) | ast.AnnAssign(target=target, value=ast.expr() as value):
                values = [value] if last_name(target) == name else []
            case ast.Call(func=ast.Attribute(value=owner, attr=method), args=args) if last_name(owner) == name:
                added = args[1:2] if method == "insert" else args[:1]
                if method in ("append", "insert", "extend"):
                    values = [*added] if method == "extend" else [ast.List(added)]
            case ast.ImportFrom(names=names) if any((a.asname or a.name) == name for a in names):
                values = [None]
        for given in values:
            found = True
            yield from _items(given, nodes, seen)
    if not found and name != SETTING:
        yield ANY


def _items(value: ast.expr | None, nodes: list[ast.AST], seen: tuple[str, ...]) -> Iterator[str]:
    """The names in a list, ANY for what is not written out."""
    match value:
        case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
            for item in elts:
                if isinstance(item, ast.Constant) and isinstance(item.value, str):
                    yield item.value
                else:
                    yield from _items(item.value, nodes, seen) if isinstance(item, ast.Starred) else (ANY,)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _items(left, nodes, seen)
            yield from _items(right, nodes, seen)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _items(body, nodes, seen)
            yield from _items(orelse, nodes, seen)
        case ast.Call(func=ast.Name(id="list" | "sorted" | "tuple" | "set"), args=[inner]):
            yield from _items(inner, nodes, seen)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split"), args=[]):
            yield from text.split()
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield from () if name in seen else _given_to(name, nodes, (*seen, name))
        case _:
            yield ANY
