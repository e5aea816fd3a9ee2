"""Type expressions in string literals and comments, and the names that an annotation looks up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from ..engine.names import Names, last_name
from ..engine.source import Definition, Source
from .actions import Region
from .names import DEPRECATED

_TYPE = re.compile(r"#[ \t]*type:[ \t]*(?!ignore\b)([^#\r\n]*)")


def is_string(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def inner_expression(file: Source, node: ast.Constant) -> ast.expr | None:
    """A string's content as an expression whose positions are those in the file; None where it does not stand there just
    as it is evaluated, or is no expression."""
    start, end = file.span(node)
    text = file.text[start:end]
    size = 3 if text[:3] in ('"""', "'''") else 1
    body = text[size:-size]
    is_plain = body == node.value and body[:1] not in (*" \t\f", "") and set("\\\n\r").isdisjoint(text)
    return next(_types_at(file, start + size, end - size), None) if is_plain and text[0] in "\"'" else None


def _types_at(file: Source, start: int, end: int, signature: bool = False) -> Iterator[ast.expr]:
    """The expression that a piece of a line is, or those of `(int) -> str`, with the positions that they have in the
    file."""
    line = file.line_of(start)
    shift = len(file.text[file.line_starts[line - 1] : start].encode("utf-8", "surrogatepass"))
    for node in _parsed(file.text[start:end], signature):
        for item in ast.walk(node):
            if isinstance(item, ast.expr):
                item.lineno = item.end_lineno = line
                item.col_offset += shift
                item.end_col_offset = (item.end_col_offset or 0) + shift
        yield node


def _parsed(text: str, signature: bool = False) -> list[ast.expr]:
    """The expression that a text is, or those of a signature; none where it is no such thing."""
    try:
        if not signature:
            return [ast.parse(text, mode="eval").body]
        tree = ast.parse(text, mode="func_type")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [*tree.argtypes, tree.returns]


def in_comments(file: Source, names: Names) -> Iterator[Region]:
    """The types of `# type: List[int]` after an assignment, `# type: (int) -> Optional[str]` under a `def`. Nothing ever
    evaluates them."""
    if not any(DEPRECATED.intersection(re.findall(r"\w+", m[1])) for m in _TYPE.finditer(file.text)):
        return
    for line, comment in file.comments.items():
        if match := _TYPE.match(comment):
            start = file.line_starts[line - 1] + file.line(line).rindex(comment) + match.start(1)
            holders = file.above(line)[::-1]
            scope = names.of(next(n for n in holders if isinstance(n, ast.Module | Definition)))
            statement = next((n for n in holders if isinstance(n, ast.stmt)), ast.Pass())
            end = start + len(match[1].rstrip())
            for node in _types_at(file, start, end, signature="->" in match[1]):
                yield Region(node, scope, "never", "comment", statement)


def types_in(node: ast.expr) -> Iterator[ast.expr]:
    """The expressions that an annotation consists of, without what is data: of the metadata of Annotated the names
    alone, of Literal[...] nothing."""
    match node:
        case ast.Subscript(value=base, slice=ast.Tuple(elts=[first, *more])) if last_name(base) == "Annotated":
            yield from types_in(base)
            yield from types_in(first)
            yield from (n for item in more for n in ast.walk(item) if isinstance(n, ast.Name))
        case ast.Subscript(value=base) if last_name(base) == "Literal":
            yield from types_in(base)
        case _:
            yield node
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    yield from types_in(child)


def evaluated_names(node: ast.expr) -> Iterator[ast.Name]:
    """Names that evaluating an annotation looks up, those in its strings included."""
    for each in types_in(node):
        if isinstance(each, ast.Name):
            yield each
        elif isinstance(each, ast.Constant) and is_string(each):
            yield from (name for inner in _parsed(str(each.value)) for name in evaluated_names(inner))


def flat(arguments: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """A generic's arguments, those in a Callable's parameter list included."""
    for item in arguments:
        yield from flat(item.elts) if isinstance(item, ast.List | ast.Tuple) else (item,)


def in_quotes(text: str) -> str | None:
    """Text as a string literal without escapes; None where it holds both kinds of quotes."""
    quote = '"' if '"' not in text else "'"
    return None if quote in text or "\\" in text else f"{quote}{text}{quote}"


def can_be_quoted(file: Source, root: ast.expr) -> bool:
    """Whether an expression can stand in quotes once its forward references have lost theirs."""
    start, end = file.span(root)
    text = file.text[start:end]
    for node in sorted(filter(is_string, types_in(root)), key=file.start, reverse=True):
        a, b = file.span(node)
        text = text[: a - start] + text[b - start :]
    return "#" not in text and in_quotes(text) is not None
