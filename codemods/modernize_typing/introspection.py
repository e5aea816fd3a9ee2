"""Teach project code that asks for `Union` to know `X | Y` too (--introspection patch, T11)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..engine.source import Source
from ..engine.values import Edit, Import, Part, Safety
from .references import TypingNames
from .scan import union_test

_BETWEEN = re.compile(r"([\s)]*)(?:is\s+not|is|==|!=)\s*(\(?)\s*")  # what may stand in parentheses of its own


def patches(file: Source, names: TypingNames) -> Iterator[Part]:
    """`origin is Union` → `origin in (Union, types.UnionType)`: each an unsafe change of its own."""
    found = names.write(Import("types", "UnionType"), names.module, None) if union_test(file) else None
    for node in ast.walk(file.tree) if found else ():
        if found and isinstance(node, ast.Compare) and (edit := _edit(file, names, node, found.text)):
            reason = "X | Y is a types.UnionType, not a typing.Union"
            yield Part(file.path, node.lineno, reason, (edit,), Safety.UNSAFE, requires=found.requires)


def _edit(file: Source, names: TypingNames, node: ast.Compare, new: str) -> Edit | None:
    match node:
        case ast.Compare(
            left=left, ops=[ast.Is() | ast.Eq() | ast.IsNot() | ast.NotEq() as sign], comparators=[right]
        ):
            between = _BETWEEN.fullmatch(file.text, file.end(left), file.start(right))
            if between and names.typing(right, names.module) == "Union":
                word = "in" if isinstance(sign, ast.Is | ast.Eq) else "not in"
                text = f"{between[1].rstrip()} {word} ({file.segment(right)}, {new}{'' if between[2] else ')'}"
                return file.replace((file.end(left), file.end(right)), text)
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Tuple() | ast.Set() | ast.List() as right]):
            for item in right.elts:
                if names.typing(item, names.module) == "Union":
                    return file.replace((file.end(item), file.end(item)), f", {new}")
    return None
