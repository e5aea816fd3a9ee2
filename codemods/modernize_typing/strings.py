"""Type expressions inside string literals, and the names that an annotation looks up."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator

from ..engine.source import Source
from .actions import Span


def is_string(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def content_span(file: Source, node: ast.Constant) -> Span | None:
    """The span of a string's content, where it stands in the file just as it is evaluated."""
    start, end = file.span(node)
    text = file.text[start:end]
    quote = text[:3] if text[:3] in ('"""', "'''") else text[:1]
    body = text[len(quote) : -len(quote)]
    if quote[:1] not in "\"'" or not body or body != node.value or not set("\\\n\r").isdisjoint(text):
        return None
    return start + len(quote), end - len(quote)


def inner_expression(file: Source, node: ast.Constant) -> ast.expr | None:
    """A string's content as an expression whose positions are those in the file; None where it is no plain one."""
    span = content_span(file, node)
    if span is None or file.text[span[0]] in " \t\f":
        return None
    try:
        inner: ast.expr = ast.parse(file.text[span[0] : span[1]], mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    start = file.line_starts[node.lineno - 1]
    shift = len(file.text[start : span[0]].encode("utf-8", "surrogatepass"))
    for item in ast.walk(inner):
        if isinstance(item, ast.expr):
            item.lineno = item.end_lineno = node.lineno
            item.col_offset += shift
            item.end_col_offset = (item.end_col_offset or 0) + shift
    return inner


def evaluated_names(node: ast.expr) -> Iterator[ast.Name]:
    """Names that evaluating an annotation looks up, those in its strings included, but not where a string is
    data: in Literal[...] and in the metadata of Annotated."""
    match node:
        case ast.Subscript(
            value=(ast.Name(id="Annotated") | ast.Attribute(attr="Annotated")) as base,
            slice=ast.Tuple(elts=[first, *more]),
        ):
            yield from evaluated_names(base)
            yield from evaluated_names(first)
            yield from (n for item in more for n in ast.walk(item) if isinstance(n, ast.Name))
        case ast.Subscript(value=(ast.Name(id="Literal") | ast.Attribute(attr="Literal")) as base):
            yield from evaluated_names(base)
        case ast.Constant(value=str(text)):
            try:
                yield from evaluated_names(ast.parse(text, mode="eval").body)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return
        case ast.Name():
            yield node
        case _:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    yield from evaluated_names(child)


def is_builtin(name: str) -> bool:
    return hasattr(builtins, name)


def flat_strings(arguments: Iterable[ast.expr]) -> Iterator[ast.Constant]:
    """The strings among a generic's arguments, those in a Callable's parameter list included."""
    for item in arguments:
        if isinstance(item, ast.Constant) and isinstance(item.value, str):
            yield item
        elif isinstance(item, ast.List | ast.Tuple):
            yield from flat_strings(item.elts)


def in_quotes(text: str) -> str | None:
    """Text as a string literal without escapes; None where it holds both kinds of quotes."""
    quote = '"' if '"' not in text else "'"
    return None if quote in text or "\\" in text else f"{quote}{text}{quote}"


def can_be_quoted(file: Source, root: ast.expr) -> bool:
    """Whether an expression can stand in quotes once its forward references have lost theirs."""
    start, end = file.span(root)
    text = file.text[start:end]
    for node in sorted(_references(root), key=file.start, reverse=True):
        a, b = file.span(node)
        text = text[: a - start] + text[b - start :]
    return "#" not in text and in_quotes(text) is not None


def _references(node: ast.expr) -> Iterator[ast.Constant]:
    """Forward references: all strings but those in Literal[...]."""
    match node:
        case ast.Subscript(value=ast.Name(id="Literal") | ast.Attribute(attr="Literal")):
            return
        case ast.Constant(value=str()):
            yield node
        case _:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    yield from _references(child)
