"""Syntax that the lowest Python of a project cannot read: such a file is never run there (T28).

Test data and examples for newer versions: what the target says about them is wrong.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..engine.source import Source
from .names import Version

# What the text of newer syntax looks like; only then the tree is searched. At the end: `x[*y]` and `*a: *b`.
# Every branch begins with one plain character, for which Python's search is fast.
_LOOKS = re.compile(
    r"\n[ \t]*+(?:match\b[^\n]*:[ \t\r]*(?:#|\n|\Z)|except[ \t]*\*|type[ \t]+\w+[ \t]*[\[=]"
    r"|(?:def|async[ \t]+def|class)[ \t]+\w+[ \t]*\[)"
    r"|\[(?<=\w\[)(?:[^\]\n]*,)?[ \t]*\*[ \t]*\w|\*[ \t]*\w+[ \t]*:[ \t]*\*"
)


def newer_syntax(file: Source, target: Version) -> tuple[int, Version] | None:
    """The first line that needs a newer Python than `target`, and which; None where there is none."""
    if target >= (3, 14) or not _LOOKS.search("\n" + file.text):
        return None
    return min(((line, since) for line, since in _syntax(file.tree) if since > target), default=None)


def _syntax(tree: ast.Module) -> Iterator[tuple[int, Version]]:
    for node in ast.walk(tree):
        match node:
            case ast.Match():
                yield node.lineno, (3, 10)
            case ast.TryStar():
                yield node.lineno, (3, 11)
            case ast.Subscript(slice=ast.Tuple(elts=elts)) if any(isinstance(e, ast.Starred) for e in elts):
                if (node.slice.lineno, node.slice.col_offset) == (elts[0].lineno, elts[0].col_offset):
                    yield node.lineno, (3, 11)  # `x[(*y,)]` is old
            case ast.arguments(vararg=ast.arg(annotation=ast.Starred() as annotation)):
                yield annotation.lineno, (3, 11)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                if parameters := getattr(node, "type_params", ()):
                    has_default = any(getattr(p, "default_value", None) is not None for p in parameters)
                    yield node.lineno, (3, 13) if has_default else (3, 12)
            case ast.stmt() if type(node).__name__ == "TypeAlias":
                yield node.lineno, (3, 12)
