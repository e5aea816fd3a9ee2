"""The packages that Sphinx puts mocks in the place of while it builds the documentation (autodoc_mock_imports).

An object of such a package is an instance of a mock then, which takes no `|`: the module that writes one can no
longer be imported there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..engine.names import Names
from ..engine.source import Source
from ..engine.values import Unreadable

SETTING = "autodoc_mock_imports"
ANY = "*"  # a list that cannot be read: any package may be in it


def mocked(file: Source) -> frozenset[str]:
    """What a conf.py lists, ANY included where it says more than can be read."""
    try:
        names = file.once(Names)
    except Unreadable:
        return frozenset({ANY})
    leaves = (leaf for value in _given(names) for leaf, _ in names.spread(value, seen=(SETTING,)))
    return frozenset(name for leaf in leaves for name in _listed(leaf))


def is_mocked(dotted: str, names: frozenset[str]) -> bool:
    """Whether a dotted name lies in one of the packages or modules."""
    parts = dotted.split(".")
    return not names.isdisjoint(".".join(parts[:size]) for size in range(1, len(parts) + 1))


def _given(names: Names) -> Iterator[ast.expr]:
    """All that is ever put into the setting: in the module, and by whoever has the configuration in hand."""
    for binding in names.module.names.get(SETTING, ()):
        if binding.kind == "import" or (isinstance(binding.statement, ast.Assign) and binding.value is None):
            yield ast.Constant(None)  # what that gives is not written here
    yield from (value for value, _ in names.built(names.tree.body, SETTING))
    for node in ast.walk(names.tree):
        match node:
            case (
                ast.Assign(targets=[ast.Attribute(attr=attr)], value=value)
                | ast.AugAssign(target=ast.Attribute(attr=attr), value=value)
                | ast.Call(func=ast.Attribute(value=ast.Attribute(attr=attr)), args=[*_, value])
            ) if attr == SETTING:
                yield value


def _listed(leaf: ast.expr) -> list[str]:
    match leaf:
        case ast.Constant(value=str(name)):
            return [name]
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split"), args=[]):
            return text.split()
    return [ANY]
