"""Continuation lines that are aligned with an opening bracket move with it.

Only lines whose indent equals the column behind a bracket that an edit moved; hanging indents stay.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from ..engine.source import Source
from ..engine.values import Edit

_TOKEN = re.compile(
    r"""[rRbBuUfFtT]{0,2}(?:\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|\"(?:\\.|[^\\"\n])*\"|'(?:\\.|[^\\'\n])*')"""
    r"|\#[^\r\n]*|[()\[\]{}]|\r\n|\r|\n",
    re.S,
)


def follow(file: Source, node: ast.AST, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits, and those that keep the lines after them aligned within the statement around `node`: a walk over its
    brackets, of which each remembers its column and how far it moved."""
    statement = next((n for n in (node, *file.ancestors(node)) if isinstance(n, ast.stmt)), node)
    start, shift = file.line_starts[file.first_line(statement) - 1], 0
    line_start, last = start, max(e.end for e in edits)
    moves: list[Edit] = []
    stack: list[tuple[int, int]] = []  # (column behind the bracket, shift)

    def moved(offset: int) -> int:
        here = [e for e in edits if line_start <= e.start < offset and "\n" not in e.new]
        return shift + sum(len(e.new) - (e.end - e.start) for e in here)

    for match in _TOKEN.finditer(file.text, start, file.end(statement)):
        token = match[0]
        if token in "([{":
            stack.append((match.end() - line_start, moved(match.end())))
        elif token in ")]}":
            if stack:
                stack.pop()
        elif token in ("\n", "\r", "\r\n"):
            if not stack and match.end() > last:
                break
            line_start, shift = match.end(), 0
            blank = re.compile(r"[ \t]*").match(file.text, line_start)
            width = blank.end() - line_start if blank else 0
            rest = file.text[line_start + width : line_start + width + 1]
            if not stack or rest in ("", "\n", "\r") or "\t" in file.text[line_start : line_start + width]:
                continue
            column, delta = stack[-1]
            if width == column and delta:
                shift = delta
                at = line_start + width
                moves.append(file.replace((at + min(delta, 0), at), " " * delta))
        elif "\n" in token or "\r" in token:  # a string over several lines: what follows it keeps its column
            line_start, shift = match.end() - len(re.split(r"\r\n|\r|\n", token)[-1]), 0
    return (*edits, *moves)
