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
    """The edits, and those that keep the lines after them aligned within the statement around `node`."""
    chain = [node, *file.ancestors(node)]
    statement = next((n for n in chain if isinstance(n, ast.stmt)), node)
    first = file.first_line(statement)
    start = file.line_starts[first - 1]
    end = file.end(statement)
    return (*edits, *_moves(file, start, end, edits))


def _moves(file: Source, start: int, end: int, edits: Sequence[Edit]) -> list[Edit]:
    """Walk over the brackets from `start` on; each remembers its column and how far it moved."""
    moves: list[Edit] = []
    stack: list[tuple[int, int]] = []  # (column behind the bracket, shift)
    line_start, shift = start, 0
    last = max(e.end for e in edits)

    def moved(offset: int) -> int:
        here = [e for e in edits if line_start <= e.start < offset and "\n" not in e.new]
        return shift + sum(len(e.new) - (e.end - e.start) for e in here)

    for match in _TOKEN.finditer(file.text, start, end):
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
                moves.append(
                    Edit(file.path, line_start + width, line_start + width, " " * delta)
                    if delta > 0
                    else Edit(file.path, line_start + width + delta, line_start + width, "")
                )
        elif "\n" in token or "\r" in token:  # a string over several lines: what follows it keeps its column
            line_start, shift = match.end() - len(re.split(r"\r\n|\r|\n", token)[-1]), 0
    return moves
