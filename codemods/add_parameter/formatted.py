"""Calls in f-strings, where Python 3.11 misplaces what stands in them: LibCST says where."""

from __future__ import annotations

import ast

import libcst as cst

from ..engine.regions import Rewriter, rewrite_expression
from ..engine.source import Source
from ..engine.values import Edit


class _Given(Rewriter):
    """Gives one call, whose name stands at an offset, a keyword argument."""

    def __init__(self, start: int, name: str, value: str, call: bool) -> None:
        super().__init__()
        self.start, self.name, self.value, self.call = start, name, value, call

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        named = original_node.func if self.call else original_node.args[0].value if original_node.args else None
        word = named.attr if isinstance(named, cst.Attribute) else named
        if not isinstance(word, cst.Name) or self.offset(word) != self.start:
            return updated_node
        given = cst.Arg(
            keyword=cst.Name(self.name),
            value=cst.parse_expression(self.value),
            equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
        )
        return updated_node.with_changes(args=[*updated_node.args, given])


def add_keyword(file: Source, text: ast.JoinedStr, start: int, name: str, value: str, call: bool) -> tuple[Edit, ...]:
    """The edits that give a call in an f-string an argument: one whose name stands at `start`, or which is given that
    (`partial`). None at all where the value cannot stand there."""
    quotes = {each for each in "'\"" if each in file.segment(text)}
    if "\\" in value or "\n" in value or not quotes.isdisjoint(value):
        return ()
    return rewrite_expression(file, text, _Given(start, name, value, call))
