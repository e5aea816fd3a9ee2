"""Teach project code that asks for `Union` to know `X | Y` too (--introspection patch, T11)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..engine.scopes import Scope
from ..engine.source import Source
from ..engine.values import Edit, Import, Part, Safety
from .references import TypingNames
from .scan import union_test

_BETWEEN = re.compile(r"([\s)]*)(?:is\s+not|is|==|!=)\s*(\(?)\s*")  # what may stand in parentheses of its own
_OPERATORS = {ast.Is: "in", ast.Eq: "in", ast.IsNot: "not in", ast.NotEq: "not in"}


def patches(file: Source, scopes: TypingNames) -> Iterator[Part]:
    """`origin is Union` → `origin in (Union, types.UnionType)`: each an unsafe change of its own."""
    if not union_test(file):
        return
    scope = scopes.module
    found = scopes.write(Import("types", "UnionType"), scope, None)
    if found is None:
        return
    for node in ast.walk(file.tree):
        match node:
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                edit = _edit(file, scopes, scope, left, operator, right, found.text)
                if edit is not None:
                    reason = "X | Y is a types.UnionType, not a typing.Union"
                    yield Part(file.path, node.lineno, reason, (edit,), Safety.UNSAFE, requires=found.requires)


def _edit(
    file: Source, scopes: TypingNames, scope: Scope, left: ast.expr, operator: ast.cmpop, right: ast.expr, new: str
) -> Edit | None:
    word = _OPERATORS.get(type(operator))
    if word and scopes.typing(right, scope) == "Union":
        between = _BETWEEN.fullmatch(file.text, file.end(left), file.start(right))
        if between is None:
            return None
        text = f"{between[1].rstrip()} {word} ({file.segment(right)}, {new}{'' if between[2] else ')'}"
        return Edit(file.path, file.end(left), file.end(right), text)
    if isinstance(operator, ast.In | ast.NotIn) and isinstance(right, ast.Tuple | ast.Set | ast.List):
        for item in right.elts:
            if scopes.typing(item, scope) == "Union":
                return Edit(file.path, file.end(item), file.end(item), f", {new}")
    return None
