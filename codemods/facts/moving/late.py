"""Where a function imports what it needs, so that its module need not: above its first statement, below its docstring."""

from __future__ import annotations

import ast

from ...engine.scopes import Scope
from ...engine.source import Source, is_docstring, is_function


def place(file: Source, scope: Scope) -> tuple[int, str] | None:
    """The offset of a line above which a name is imported for a scope, and its indentation. None where there is none: no
    function is around but lambdas, or the body of that stands behind its head."""
    function = next((s.node for s in [*scope.ancestors()][::-1] if is_function(s.node)), None)
    if not is_function(function):
        return None
    body: list[ast.stmt] = function.body
    first = body[1] if is_docstring(function, body[0]) and len(body) > 1 else body[0]
    line = file.first_line(first)
    start = file.line_starts[line - 1]
    indent = file.text[start : file.start(first)] if line == first.lineno else file.line(line).partition("@")[0]
    return (start, indent) if not indent.strip() else None
