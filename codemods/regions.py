"""Rewrite the smallest region around a node with a LibCST transformer, and keep only what differs.

A nested statement parses under a synthetic `if 1:` header at its own indent, so that multi-line
strings and comments keep their columns; a signature or decorator edit parses the definition's
header with its body replaced by `...`; an expression parses inside parentheses. The result is
reduced to its minimal spans, so everything that the transformer did not touch stays as it was.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from .base import Edit, Unreadable
from .source import Definition, Source, line_starts

_TOKEN = re.compile(r"\w+|[^\S\r\n]+|\r\n|.", re.S)
# Strings, comments and brackets: what must be stepped over to find the colon that ends a header.
_HEADER_TOKEN = re.compile(
    r"""(?:[rRbBuUfF]{0,2})(?:\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|\"(?:\\.|[^\\"\n])*\"|'(?:\\.|[^\\'\n])*')"""
    r"|\#[^\r\n]*|\blambda\b|[()\[\]{}:]",
    re.S,
)


class Rewriter(cst.CSTTransformer):
    """A LibCST transformer that can ask where in the file a node stood."""

    METADATA_DEPENDENCIES = (PositionProvider,)
    _starts: list[int]
    _shift: int
    _first: int

    def offset(self, node: cst.CSTNode) -> int:
        """Character offset in the file of an *original* node's first character."""
        position = self.get_metadata(PositionProvider, node)
        return self._starts[position.start.line - 1] + position.start.column + self._shift


def rewrite(file: Source, node: ast.AST, rewriter: Rewriter) -> tuple[Edit, ...]:
    """Run `rewriter` over the smallest whole statement that holds `node`; the edits that it makes.

    Raises Unreadable when LibCST cannot parse the region.
    """
    first, last = _statement_lines(file, node)
    start = file.line_starts[first - 1]
    end = file.line_starts[last] if last < len(file.line_starts) else len(file.text)
    return _rewrite(file, start, end, rewriter)


def rewrite_header(file: Source, node: Definition, rewriter: Rewriter) -> tuple[Edit, ...]:
    """Run `rewriter` over a definition's decorators and signature; its body is shown as `...`."""
    start = file.line_starts[file.first_line(node) - 1]
    colon = header_end(file, node)
    if colon is None or (file.text[start : file.start(node)].strip() and not node.decorator_list):
        return rewrite(file, node, rewriter)
    return _rewrite(file, start, colon + 1, rewriter, suffix=" ...")


def rewrite_expression(file: Source, node: ast.expr, rewriter: Rewriter) -> tuple[Edit, ...]:
    """Run `rewriter` over one expression, which it sees as the value of an expression statement."""
    start, end = file.span(node)
    return _rewrite(file, start, end, rewriter, prefix="(", suffix=")")


def _rewrite(
    file: Source, start: int, end: int, rewriter: Rewriter, prefix: str = "", suffix: str = ""
) -> tuple[Edit, ...]:
    old = file.text[start:end]
    header = "if 1:" + file.newline if not prefix and old[:1] in " \t\f" and old.strip() else ""
    text = header + prefix + old + suffix
    config: Any = cst.PartialParserConfig(default_newline=file.newline, default_indent=file.indent)
    try:
        module = cst.parse_module(text, config)
    except (cst.ParserSyntaxError, RecursionError) as error:
        message = error.message if isinstance(error, cst.ParserSyntaxError) else "nested too deeply"
        raise Unreadable(f"LibCST cannot parse line {file.line_of(start)}: {message}") from None
    rewriter._starts = line_starts(text)
    rewriter._shift = start - len(header) - len(prefix)
    new = MetadataWrapper(module, unsafe_skip_copy=True).visit(rewriter).code
    if not (new.startswith(header + prefix) and new.endswith(suffix)):
        raise Unreadable(f"line {file.line_of(start)}: the rewritten region lost its frame")
    new = new[len(header) + len(prefix) : len(new) - len(suffix)]
    return tuple(Edit(file.path, start + a, start + b, text) for a, b, text in minimal(old, new))


def _statement_lines(file: Source, node: ast.AST) -> tuple[int, int]:
    """First and last line of the smallest statement around a node that has its lines to itself."""
    chain = [node, *file.ancestors(node)]
    for statement in chain:
        if not isinstance(statement, ast.stmt):
            continue
        first, last = file.first_line(statement), statement.end_lineno or statement.lineno
        before = file.text[file.line_starts[first - 1] : file.start(_first_token(statement))].strip(
            "@ \t\f"
        )
        after = file.text[
            file.end(statement) : file.line_starts[last] if last < len(file.line_starts) else None
        ]
        if not before and re.fullmatch(r"[ \t\f]*(#[^\r\n]*)?(\r\n|\r|\n)?", after):
            return first, last
    return 1, len(file.line_starts)


def _first_token(statement: ast.stmt) -> ast.stmt | ast.expr:
    tokens: list[ast.stmt | ast.expr] = [statement, *getattr(statement, "decorator_list", [])]
    return min(tokens, key=lambda n: (n.lineno, n.col_offset))


def header_end(file: Source, node: Definition) -> int | None:
    """Offset of the colon that ends a definition's header; None where that is not plain to see."""
    depth = 0
    for match in _HEADER_TOKEN.finditer(file.text, file.start(node)):
        token = match[0]
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token == "lambda" and depth == 0:
            return None
        elif token == ":" and depth == 0:
            return match.start()
    return None


def minimal(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """The smallest spans of `old` to replace, whole tokens at a time: (start, end, new text)."""
    if old == new:
        return
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    starts = [0]
    for token in a:
        starts.append(starts[-1] + len(token))
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    matcher = difflib.SequenceMatcher(None, middle_a, middle_b, autojunk=False)
    if (
        len(middle_a) * len(middle_b) > 4_000_000
    ):  # quadratic: a region this large is replaced as one span
        yield starts[head], starts[head + len(middle_a)], "".join(middle_b)
        return
    for tag, i, j, k, l in matcher.get_opcodes():  # noqa: E741
        if tag != "equal":
            yield starts[head + i], starts[head + j], "".join(middle_b[k:l])
