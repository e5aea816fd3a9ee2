"""The bare exceptions of a test file become types that the narrowed clauses take: in a worker."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..engine.source import Source
from ..engine.values import Part, Safety, Skip
from .verdict import Fix


def fixed(file: Source, fixes: Sequence[Fix]) -> Iterator[Part | Skip]:
    """The parts of a test file, each in the group of its clauses."""
    if not fixes:
        return
    from .rewrite import Unnamed, text_of

    places: dict[tuple[int, int], ast.expr] = {
        (n.lineno, n.col_offset): n for n in file.parents if isinstance(n, ast.Attribute)
    }
    places |= {(n.lineno, n.col_offset): n for n in file.parents if isinstance(n, ast.Name) and _whole(file, n)}
    for fix in fixes:
        node = places[fix.line, fix.column]
        try:
            text, requires = text_of(file, node, fix.named, fix.line)
        except Unnamed as error:
            yield Skip(file.path, fix.line, "N04-no-name", str(error), fix.group)
            continue
        edit = file.replace(node, text)
        yield Part(file.path, fix.line, fix.reason, (edit,), Safety.UNSAFE, group=fix.group, requires=requires)


def _whole(file: Source, node: ast.Name) -> bool:
    """Whether a name is no root of `builtins.Exception`."""
    return not isinstance(file.parents.get(node), ast.Attribute)
