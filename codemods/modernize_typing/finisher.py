"""The finisher: LibCST carries out what was decided for one region, with comments and layout kept.

It can do all; what asks for no decision of layout the fast pass writes, and both give the same text.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

import libcst as cst
from libcst.metadata import PositionProvider

from ..engine.regions import Rewriter, rewrite_expression
from ..engine.source import Source
from .actions import Action, Span, TypeReading
from .strings import in_quotes

WIDTH = 88  # a union over several lines becomes one line where that stays within
_SPACE = cst.SimpleWhitespace(" ")
_EMPTY = cst.SimpleWhitespace("")
_MAY_STAND_BARE = (
    cst.Name, cst.Attribute, cst.Subscript, cst.Call, cst.SimpleString, cst.ConcatenatedString, cst.Integer, cst.Ellipsis, cst.List,
)  # fmt: skip


class Unsupported(Exception):
    """The layout of a union cannot be kept; the message is the reason."""


def finish(file: Source, reading: TypeReading) -> str:
    """The region's new text. Raises Unsupported and Unreadable."""
    node = reading.region.node
    start, end = file.span(node)
    text = _laid_out(file, reading, start, end)
    if "#" in file.text[start:end]:
        comments = [file.comments.get(n, "") for n in range(file.line_of(start), file.line_of(end))]
        if any(text.count(c) < comments.count(c) for c in comments if c):
            raise Unsupported("a comment would be lost")
    return text


def _laid_out(file: Source, reading: TypeReading, start: int, end: int) -> str:
    """On one line where that is short enough, else line by line."""
    node = reading.region.node
    one_line = _run(file, node, reading, collapse=True)
    text = file.text
    if "\n" not in text[start:end] and "\r" not in text[start:end]:
        return one_line
    line_start = file.line_starts[file.line_of(start) - 1]
    last = file.line_of(end)
    line_end = file.line_end(last)
    whole = text[line_start:start] + one_line + text[end:line_end].rstrip()
    fits = all(len(line) <= WIDTH for line in whole.splitlines())
    return one_line if fits else _run(file, node, reading, collapse=False)


def _run(file: Source, node: ast.expr, reading: TypeReading, collapse: bool) -> str:
    rewriter = _Finisher(file, reading.actions, reading.quote, collapse)
    start, end = file.span(node)
    new, at = [], start
    for edit in rewrite_expression(file, node, rewriter):
        new += [file.text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*new, file.text[at:end]])


class _Finisher(Rewriter):
    def __init__(self, file: Source, actions: Iterable[Action], quote: Span | None, collapse: bool) -> None:
        super().__init__()
        self.file = file
        self.actions = {(a.kind, a.start, a.end): a for a in actions}
        self.quote = quote
        self.collapse = collapse

    def _span(self, node: cst.CSTNode) -> Span:
        position = self.get_metadata(PositionProvider, node)
        return tuple(  # type: ignore[return-value]
            self._starts[p.line - 1] + p.column + self._shift for p in (position.start, position.end)
        )

    def _action(self, kind: str, node: cst.CSTNode) -> Action | None:
        return self.actions.get((kind, *self._span(node)))

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]
        node = super().on_leave(original_node, updated_node)
        if (
            self.quote is not None
            and isinstance(node, cst.BaseExpression)
            and self._span(original_node) == self.quote
        ):
            return self._quoted(node)
        return node  # type: ignore[return-value]

    def _quoted(self, node: cst.BaseExpression) -> cst.BaseExpression:
        code = cst.Module([]).code_for_node(node.with_changes(lpar=[], rpar=[]))
        if "\n" in code or "\r" in code:
            code = ast.unparse(ast.parse(f"({code})", mode="eval"))
        literal = in_quotes(code)
        if literal is None:
            raise Unsupported("the text cannot be put into quotes")
        return cst.SimpleString(literal, lpar=node.lpar, rpar=node.rpar)

    # ---- names and strings -------------------------------------------------------------------

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        return self._renamed(original_node, updated_node)

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        return self._renamed(original_node, updated_node)

    def _renamed(self, original: cst.Name | cst.Attribute, updated: cst.Name | cst.Attribute) -> cst.BaseExpression:
        action = self._action("rename", original)
        return updated if action is None else _like(updated, cst.parse_expression(action.text))

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.BaseExpression:
        """A forward reference is an expression of its own, at its own place in the file."""
        start, end = self._span(original_node)
        inside = [a for a in self.actions.values() if start < a.start and a.end < end]
        unquote = self.actions.get(("unquote", start, end))
        if not inside and unquote is None:
            return updated_node
        text = original_node.value
        width = len(text) - len(text.lstrip("\"'")) if unquote is None else (end - start - len(unquote.text)) // 2
        width = 3 if text[:3] in ('"""', "'''") else 1 if unquote is None else width
        new = (
            _inner_text(self.file, start + width, end - width, inside) if inside else text[width : len(text) - width]
        )
        if unquote is not None:
            return _like(updated_node, cst.parse_expression(new))
        if (literal := _requoted(text[:width], new)) is None:
            raise Unsupported("the text cannot be put into quotes")
        return updated_node.with_changes(value=literal)

    # ---- unions --------------------------------------------------------------------------------

    def leave_BinaryOperation(
        self, original_node: cst.BinaryOperation, updated_node: cst.BinaryOperation
    ) -> cst.BaseExpression:
        if self._action("chain", original_node) is None:
            return updated_node
        if "#" in cst.Module([]).code_for_node(updated_node):
            raise Unsupported("a comment stands between operands that occur twice")
        return _like(updated_node, _joined(_distinct([updated_node], none_last=True)))

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        action = self._action("union", original_node)
        if action is None:
            return updated_node
        elements = _elements(updated_node)
        operands = [_operand(e) for e in elements]
        if action.none:
            operands.append(cst.Name("None"))
        spaces = _Spaces(updated_node, elements)
        if action.flatten:
            if spaces.comments or "#" in cst.Module([]).code_for_node(updated_node):
                raise Unsupported("a comment stands between operands that occur twice")
            return _like(updated_node, _joined(_distinct(operands, none_last=action.none)))
        if not spaces.newline or (self.collapse and not spaces.comments) or len(operands) == 1:
            if spaces.comments:
                raise Unsupported("a comment stands beside the only operand")
            return _like(updated_node, _joined(operands))
        return _like(updated_node, spaces.laid_out(operands, action.none))


class _Spaces:
    """The white space that belongs to a union itself, with the comments in it."""

    def __init__(self, node: cst.Subscript, elements: Sequence[cst.SubscriptElement | cst.Element]) -> None:
        commas = [e.comma if isinstance(e.comma, cst.Comma) else cst.Comma() for e in elements]
        self.first = node.lbracket.whitespace_after
        self.between = [c.whitespace_after for c in commas[:-1]]
        ends = [commas[-1].whitespace_after, node.rbracket.whitespace_before]
        self.last = next((w for w in ends if isinstance(w, cst.ParenthesizedWhitespace)), ends[-1])
        every = [self.first, *self.between, *ends, *(c.whitespace_before for c in commas)]
        self.newline = any(isinstance(w, cst.ParenthesizedWhitespace) or "\n" in w.value for w in every)  # type: ignore[attr-defined]
        self.comments = any(map(_comments, every))
        if any(_comments(c.whitespace_before) for c in commas) or all(map(_comments, ends)):
            raise Unsupported("a comment stands before a comma")

    def laid_out(self, operands: Sequence[cst.BaseExpression], none: bool) -> cst.BaseExpression:
        """Every operand on the line it has, its `|` before it, parentheses for the brackets."""
        befores: list[cst.BaseParenthesizableWhitespace] = [
            w if isinstance(w, cst.ParenthesizedWhitespace) else _SPACE for w in self.between
        ]
        last = self.last
        if none:
            before: cst.BaseParenthesizableWhitespace = _SPACE
            indent = self.first.last_line if isinstance(self.first, cst.ParenthesizedWhitespace) else None
            if isinstance(last, cst.ParenthesizedWhitespace) and _comments(last):
                before = last.with_changes(last_line=indent or last.last_line)
                last = cst.ParenthesizedWhitespace(indent=last.indent, last_line=last.last_line)
            elif indent is not None:
                assert isinstance(self.first, cst.ParenthesizedWhitespace)
                before = cst.ParenthesizedWhitespace(indent=self.first.indent, last_line=indent)
            befores.append(before)
        joined = _joined(operands, befores)
        left = cst.LeftParen(whitespace_after=self.first)
        right = cst.RightParen(whitespace_before=last)
        return joined.with_changes(lpar=[left], rpar=[right])


def _comments(space: cst.BaseParenthesizableWhitespace) -> bool:
    return isinstance(space, cst.ParenthesizedWhitespace) and (
        space.first_line.comment is not None or any(line.comment for line in space.empty_lines)
    )


def _elements(node: cst.Subscript) -> Sequence[cst.SubscriptElement | cst.Element]:
    """What stands between the brackets; `Union[(A, B)]` is the same as `Union[A, B]`."""
    if (
        len(node.slice) == 1
        and isinstance(index := node.slice[0].slice, cst.Index)
        and isinstance(index.value, cst.Tuple)
    ):
        return [e for e in index.value.elements if isinstance(e, cst.Element)]
    return node.slice


def _operand(element: cst.SubscriptElement | cst.Element) -> cst.BaseExpression:
    value = element.value if isinstance(element, cst.Element) else getattr(element.slice, "value", None)
    union = isinstance(value, cst.BinaryOperation) and isinstance(value.operator, cst.BitOr)
    if not isinstance(value, cst.BaseExpression) or not (union or value.lpar or isinstance(value, _MAY_STAND_BARE)):
        raise Unsupported("an operand is no plain type")
    bare = value.with_changes(lpar=[], rpar=[])
    text = cst.Module([]).code_for_node(value)
    return value if "\n" in text or "\r" in text else bare


def _joined(
    operands: Sequence[cst.BaseExpression], befores: Sequence[cst.BaseParenthesizableWhitespace] = ()
) -> cst.BaseExpression:
    result = operands[0]
    for index, operand in enumerate(operands[1:]):
        before = befores[index] if befores else _SPACE
        result = cst.BinaryOperation(result, cst.BitOr(before, _SPACE), operand)
    return result


def _distinct(operands: Sequence[cst.BaseExpression], none_last: bool) -> list[cst.BaseExpression]:
    """Operands with nested unions opened, each one once: the first of equal ones, but of None the last where that is
    the place that Optional gives it."""
    found: dict[str, cst.BaseExpression] = {}
    stack = [*reversed(operands)]
    while stack:
        node = stack.pop()
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
            stack += [node.right, node.left]
            continue
        text = ast.unparse(ast.parse(f"({cst.Module([]).code_for_node(node)}\n)", mode="eval"))
        if none_last and text == "None":
            found.pop(text, None)
        found.setdefault(text, node)
    return list(found.values())


def _like(old: cst.BaseExpression, new: cst.BaseExpression) -> cst.BaseExpression:
    """`new` in the parentheses that `old` stood in."""
    changed = new.with_changes(lpar=[*old.lpar, *new.lpar], rpar=[*new.rpar, *old.rpar])
    return changed


def _inner_text(file: Source, start: int, end: int, actions: Iterable[Action]) -> str:
    """The content of a string with its own actions done."""
    module = cst.parse_module(f"({file.text[start:end]})")
    from libcst.metadata import MetadataWrapper

    rewriter = _Finisher(file, actions, None, collapse=True)
    rewriter._starts = [0]
    rewriter._shift = start - 1
    return MetadataWrapper(module, unsafe_skip_copy=True).visit(rewriter).code[1:-1]


def _requoted(quote: str, text: str) -> str | None:
    return f"{quote}{text}{quote}" if quote not in text else in_quotes(text)
