"""Rewrite the smallest region around a node with a LibCST transformer, and keep only what differs.

A nested statement parses under a synthetic `if 1:` header at its own indent, so that multi-line
strings and comments keep their columns; a signature or decorator edit parses the definition's
header with its body replaced by `...`; an expression parses inside parentheses. The result is
reduced to its minimal spans, so everything that the transformer did not touch stays as it was.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import re
from collections.abc import Iterator
from itertools import accumulate
from posixpath import commonprefix
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from .grouping import grouped
from .parsing import line_starts
from .source import Definition, Source
from .values import Edit, Unreadable

_TOKEN = re.compile(r"\w+|[^\S\r\n]+|\r\n|.", re.S)
_LONE_CR = re.compile(r"\r(?!\n)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FORMATTED = re.compile(r"[fFtT][rR]?[\"']")
_COLON = re.compile(r"(?:[^:#]|#[^\r\n]*)*:")  # the first colon that is not in a comment
_FORM_FEED = re.compile(r"(?:[ \t\f]*\f)?")  # counts for nothing before a statement
_INDENTED = re.compile(r"[ \t]+[^\s#]")
_REST_OF_LINE = re.compile(r"[ \t\f]*;?[ \t\f]*(#[^\r\n]*)?(\r\n|\r|\n|\Z)")


class Rewriter(cst.CSTTransformer):
    """A LibCST transformer that can ask where in the file a node stood."""

    METADATA_DEPENDENCIES = (PositionProvider,)
    _starts: list[int]
    _shift: int

    def offset(self, node: cst.CSTNode) -> int:
        """Character offset in the file of an *original* node's first character."""
        position = self.get_metadata(PositionProvider, node)
        return self._starts[position.start.line - 1] + position.start.column + self._shift


def rewrite(file: Source, node: ast.AST, rewriter: Rewriter) -> tuple[Edit, ...]:
    """Run `rewriter` over the smallest whole statement that holds `node`; the edits that it makes.

    The rewriter sees the statements that share a line with it, too. Raises Unreadable when LibCST
    cannot parse the region.
    """
    first, last = _statement_lines(file, node)
    end = file.line_end(last)
    return _rewrite(file, file.line_starts[first - 1], end, rewriter)


def rewrite_header(file: Source, node: Definition, rewriter: Rewriter) -> tuple[Edit, ...]:
    """Run `rewriter` over a definition's decorators and signature; its body is shown as `...`."""
    start = file.line_starts[file.first_line(node) - 1]
    return _rewrite(file, start, header_end(file, node) + 1, rewriter, suffix=" ...")


def rewrite_clause(file: Source, node: ast.ExceptHandler, rewriter: Rewriter) -> tuple[Edit, ...]:
    """Run `rewriter` over the header of one `except` clause; the `try` above it and its body are shown as `...`."""
    after = file.end(node.type) if node.type is not None else file.start(node)
    colon = _COLON.match(file.text, after)
    assert colon
    return _rewrite(file, file.start(node), colon.end(), rewriter, prefix="try: ...\n", suffix=" ...")


def rewrite_expression(file: Source, node: ast.expr, rewriter: Rewriter) -> tuple[Edit, ...]:
    """Run `rewriter` over one expression, which it sees as the value of an expression statement.

    What means nothing alone (a slice, a starred expression, a piece of an f-string) is shown in
    its statement.
    """
    pieces = (node, *getattr(node, "elts", ()))
    if _in_string(file, node) or any(isinstance(n, ast.Slice | ast.Starred) for n in pieces):
        return rewrite(file, node, rewriter)
    return _rewrite(file, *file.span(node), rewriter, prefix="(", suffix=")")


class _Named(Rewriter):
    """Where names stand that code looks up or binds: no attributes, no keywords of calls."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        node.value.visit(self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.found.append((node.value, self.offset(node)))


def named_in(file: Source, node: ast.expr) -> dict[str, list[int]]:
    """The offsets of the names in an expression, as they stand in the text; none where LibCST cannot parse it."""
    names = _Named()
    with contextlib.suppress(Unreadable):
        rewrite_expression(file, node, names)
    return grouped(names.found)


def _in_string(file: Source, node: ast.expr) -> bool:
    """Whether a node is a piece of an f-string."""
    if not isinstance(node, ast.Constant | ast.JoinedStr | ast.FormattedValue) or not _FORMATTED.search(file.text):
        return False
    parent = file.parents.get(node)
    return isinstance(parent, ast.JoinedStr) or getattr(parent, "format_spec", None) is node


def _rewrite(
    file: Source, start: int, end: int, rewriter: Rewriter, prefix: str = "", suffix: str = ""
) -> tuple[Edit, ...]:
    # LibCST loses form feeds and lone carriage returns; with line feeds for these all offsets stay
    start += len(_FORM_FEED.match(file.text, start)[0])  # type: ignore[index]
    old = _LONE_CR.sub("\n", file.text[start:end])
    if _INDENTED.match(old) and not prefix:
        prefix = "if 1:\n"
    text = prefix + old + suffix
    try:
        wrapper = MetadataWrapper(_parse(file, text), unsafe_skip_copy=True)
        rewriter._starts = line_starts(text)
        rewriter._shift = start - len(prefix)
        new = wrapper.visit(rewriter).code
    except cst.ParserSyntaxError as error:
        raise Unreadable(f"LibCST: {error.message}", file.line_of(start)) from None
    except RecursionError:
        raise Unreadable("nested too deeply for LibCST", file.line_of(start)) from None
    if wrapper.module.code != text or not (new.startswith(prefix) and new.endswith(suffix)):
        raise Unreadable("LibCST does not give it back as it was", file.line_of(start))
    new = new[len(prefix) : len(new) - len(suffix)]
    newline = file.newline if file.newline == "\r" else "\n"
    return tuple(
        Edit(file.path, start + a, start + b, text.replace("\n", newline)) for a, b, text in minimal(old, new)
    )


def _parse(file: Source, text: str) -> cst.Module:
    config: Any = cst.PartialParserConfig(
        default_newline="\r\n" if file.newline == "\r\n" else "\n", default_indent=file.indent
    )
    return cst.parse_module(text, config)


def _statement_lines(file: Source, node: ast.AST) -> tuple[int, int]:
    """First and last line of the fewest statements around a node that have their lines to themselves."""
    for statement in (node, *file.ancestors(node)):
        if isinstance(statement, ast.stmt):
            suite = file.suite(statement)
            i = j = suite.index(statement)
            while i > 0 and suite[i - 1].end_lineno == file.first_line(suite[i]):  # a; b
                i -= 1
            while j + 1 < len(suite) and file.first_line(suite[j + 1]) == suite[j].end_lineno:
                j += 1
            first, last = file.first_line(suite[i]), suite[j].end_lineno or 0
            head = file.text[file.line_starts[first - 1] : file.start(suite[i])]
            is_first = not head.strip(" \t\f") or head.lstrip(" \t\f").startswith("@")
            is_elif = isinstance(suite[i], ast.If) and file.segment(suite[i]).startswith("elif")
            if is_first and not is_elif and _REST_OF_LINE.match(file.text, file.end(suite[j])):
                return first, last
    return 1, len(file.line_starts)


def header_end(file: Source, node: Definition) -> int:
    """Offset of the colon that ends a definition's header."""
    inner: list[ast.AST] = [*getattr(node, "type_params", ())]
    if isinstance(node, ast.ClassDef):
        inner += [*node.bases, *node.keywords]
    else:
        inner += [*ast.iter_child_nodes(node.args), *filter(None, [node.returns])]
    last = max([file.name_span(node)[1], *(file.end(n) for n in inner)])
    colon = _COLON.match(file.text, last)
    assert colon
    return colon.end() - 1


# ---- what differs ------------------------------------------------------------------------------

_LONG = 2_000  # characters: from here on lines are compared first
_MANY = 250_000  # pairs of pieces: from here on the comparison may be coarse, else it is quadratic


def minimal(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """The smallest spans of `old` to replace, whole tokens at a time: (start, end, new text)."""
    return _changed(old, new, _LINE if max(len(old), len(new)) > _LONG else _TOKEN)


def _changed(old: str, new: str, piece: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    a, b = piece.findall(old), piece.findall(new)
    starts = list(accumulate(map(len, a), initial=0))
    for i, j, k, l in _differences(a, b):  # noqa: E741
        if piece is _TOKEN or i == j or k == l:
            yield starts[i], starts[j], "".join(b[k:l])
            continue
        pairs = [(starts[i], "".join(a[i:j]), "".join(b[k:l]))]
        if j - i == l - k:  # as many lines as before: most likely they belong together one by one
            pairs = list(zip(starts[i:j], a[i:j], b[k:l], strict=True))
        for offset, before, after in pairs:
            for start, end, text in _changed(before, after, _TOKEN):
                yield offset + start, offset + end, text


def _differences(a: list[str], b: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two sequences differ: a[i:j] became b[k:l]."""
    head = len(commonprefix([a, b]))
    tail = len(commonprefix([a[head:][::-1], b[head:][::-1]]))
    a, b = a[head : len(a) - tail], b[head : len(b) - tail]
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=len(a) * len(b) > _MANY)
    for tag, i, j, k, l in matcher.get_opcodes():  # noqa: E741
        if tag != "equal":
            yield head + i, head + j, head + k, head + l
