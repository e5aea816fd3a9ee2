"""What a person would write for LibCST's own runner: our codemods' edits, by name alone.

None of them looks at a second file or asks whether the edit is right; that is the point of the
comparison, the work of parsing, visiting and printing is the same.
"""

from __future__ import annotations

import argparse

import libcst as cst
from libcst.codemod import CodemodContext, VisitorBasedCodemodCommand

MARK = cst.Decorator(cst.parse_expression("pytest.mark.asyncio"))


class Rename(VisitorBasedCodemodCommand):
    """fixture-rename: names, parameters, definitions and the strings that ask for a fixture."""

    @staticmethod
    def add_args(arg_parser: argparse.ArgumentParser) -> None:
        arg_parser.add_argument("old")
        arg_parser.add_argument("new")

    def __init__(self, context: CodemodContext, old: str, new: str) -> None:
        super().__init__(context)
        self.old, self.new = old, new
        self.labels: set[cst.CSTNode] = set()

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword is not None:
            self.labels.add(node.keyword)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        self.labels.add(node.attr)

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        if original_node.value != self.old or original_node in self.labels:
            return updated_node
        return updated_node.with_changes(value=self.new)

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        if original_node.raw_value != self.old:
            return updated_node
        quote = original_node.quote
        return updated_node.with_changes(value=f"{original_node.prefix}{quote}{self.new}{quote}")


class AsyncioMark(VisitorBasedCodemodCommand):
    """asyncio-mark: every `async def test_*` without a decorator that says asyncio gets the mark."""

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        if original_node.asynchronous is None or not original_node.name.value.startswith("test_"):
            return updated_node
        if any(MARK.deep_equals(decorator) for decorator in original_node.decorators):
            return updated_node
        return updated_node.with_changes(decorators=[MARK, *updated_node.decorators])


class AsyncMock(VisitorBasedCodemodCommand):
    """async-mock: `Mock(…)` under an awaited-looking name becomes `AsyncMock(…)`."""

    def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.Assign:
        match updated_node.value:
            case cst.Call(func=cst.Name("Mock" | "MagicMock")):
                call = updated_node.value.with_changes(func=cst.Name("AsyncMock"))
                return updated_node.with_changes(value=call)
        return updated_node
