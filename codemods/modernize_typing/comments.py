"""Types in comments: `# type: List[int]` after an assignment, `# type: (int) -> Optional[str]` under a `def`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..engine.source import Source
from .actions import Place, Region
from .names import DEPRECATED
from .references import TypingNames

_TYPE = re.compile(r"#[ \t]*type:[ \t]*(?!ignore\b)([^#\r\n]*)")
_SIGNATURE = re.compile(r"\((.*)\)[ \t]*->[ \t]*(.+)")


def regions(file: Source, scopes: TypingNames) -> Iterator[Region]:
    """The type expressions in this file's comments. Nothing ever evaluates them."""
    if not any(DEPRECATED.intersection(re.findall(r"\w+", m[1])) for m in _TYPE.finditer(file.text)):
        return
    for line, comment in file.comments.items():
        match = _TYPE.match(comment)
        if match is None:
            continue
        offset = file.line(line).rindex(comment)
        place, statement = _place(file, scopes, line)
        for start, end in _spans(match[1].rstrip()):
            node = _parse(file, line, offset + match.start(1) + start, match[1][start:end])
            if node is not None:
                yield Region(node, place, "never", "comment", statement)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    signature = _SIGNATURE.fullmatch(text)
    if signature is None:
        yield 0, len(text)
        return
    depth = start = 0
    inner = signature[1]
    for index, char in enumerate(inner + ","):
        depth += (char in "[(") - (char in "])")
        if char == "," and depth == 0:
            item = inner[start:index]
            left = len(item) - len(item.lstrip(" \t*"))
            if item.strip(" \t*"):
                yield 1 + start + left, 1 + start + len(item.rstrip())
            start = index + 1
    yield signature.span(2)


def _parse(file: Source, line: int, column: int, text: str) -> ast.expr | None:
    """An expression in a comment with the positions it has in the file."""
    try:
        node = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    start = file.line_starts[line - 1]
    shift = len(file.text[start : start + column].encode("utf-8", "surrogatepass"))
    for item in ast.walk(node):
        if isinstance(item, ast.expr):
            item.lineno = item.end_lineno = line
            item.col_offset += shift
            item.end_col_offset = (item.end_col_offset or 0) + shift
    return node


def _place(file: Source, scopes: TypingNames, line: int) -> tuple[Place, ast.stmt]:
    """The scope that a comment's line is in."""
    place = Place(scopes.module)
    body: list[ast.stmt] = file.tree.body
    found: ast.stmt = ast.Pass()
    while True:
        inner = next((s for s in body if s.lineno <= line <= (s.end_lineno or s.lineno)), None)
        if inner is None:
            return place, found
        found = inner
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            place = Place(scopes.of(inner))
        body = [c for c in ast.walk(inner) if isinstance(c, ast.stmt) and c is not inner] if not hasattr(inner, "body") else [
            *inner.body, *getattr(inner, "orelse", ()), *getattr(inner, "finalbody", ()),
            *(s for h in getattr(inner, "handlers", ()) for s in h.body),
        ]  # fmt: skip
