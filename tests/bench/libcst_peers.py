"""What a person would write for LibCST's own runner: our codemods' edits, by name alone.

None of them looks at a second file or asks whether the edit is right; that is the point of the
comparison, the work of parsing, visiting and printing is the same.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import libcst as cst
from libcst.codemod import CodemodContext, VisitorBasedCodemodCommand

MARK = cst.Decorator(cst.parse_expression("pytest.mark.asyncio"))


class Rename(VisitorBasedCodemodCommand):
    """fixture-rename: names, parameters, definitions and the strings that ask for a fixture."""

    @staticmethod
    def add_args(arg_parser: argparse.ArgumentParser) -> None:
        arg_parser.add_argument("--old", required=True)
        arg_parser.add_argument("--new", required=True)

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

    def leave_SimpleString(self, original_node: cst.SimpleString, updated_node: cst.SimpleString) -> cst.SimpleString:
        if original_node.raw_value != self.old:
            return updated_node
        quote = original_node.quote
        return updated_node.with_changes(value=f"{original_node.prefix}{quote}{self.new}{quote}")


class AsyncioMark(VisitorBasedCodemodCommand):
    """asyncio-mark: every `async def test_*` without a decorator that says asyncio gets the mark."""

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        if original_node.asynchronous is None or not original_node.name.value.startswith("test_"):
            return updated_node
        if any(MARK.deep_equals(decorator) for decorator in original_node.decorators):
            return updated_node
        return updated_node.with_changes(decorators=[MARK, *updated_node.decorators])


class AsyncFixture(VisitorBasedCodemodCommand):
    """async-fixture: `@pytest.fixture` above an `async def` becomes `@pytest_asyncio.fixture`."""

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        if original_node.asynchronous is None:
            return updated_node
        decorators = [
            d.with_deep_changes(name, value="pytest_asyncio") if (name := _fixture(d)) else d
            for d in updated_node.decorators
        ]
        return updated_node.with_changes(decorators=decorators)


class FixtureScope(VisitorBasedCodemodCommand):
    """fixture-scope: a bare `@pytest.fixture` of a database-like fixture gets its scope."""

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        if not re.search("(^|_)(dbs?|databases?|sessions?)(_|$)", original_node.name.value):
            return updated_node
        scope = cst.Arg(cst.SimpleString('"function"'), keyword=cst.Name("scope"))
        decorators = [
            d.with_changes(decorator=cst.Call(d.decorator, [scope]))
            if _fixture(d) and not isinstance(d.decorator, cst.Call)
            else d
            for d in updated_node.decorators
        ]
        return updated_node.with_changes(decorators=decorators)


class MarkSlow(VisitorBasedCodemodCommand):
    """mark-slow: the tests that a list of `path::name` holds get the mark."""

    @staticmethod
    def add_args(arg_parser: argparse.ArgumentParser) -> None:
        arg_parser.add_argument("--report", required=True)

    def __init__(self, context: CodemodContext, report: str) -> None:
        super().__init__(context)
        lines = Path(report).read_text().splitlines()
        here = str(Path(context.filename or "").relative_to(Path.cwd()))
        tests = (line.split()[-1].split("::") for line in lines if "::" in line)
        self.names = {test[-1] for test in tests if test[0] == here}

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        if original_node.name.value not in self.names:
            return updated_node
        mark = cst.Decorator(cst.parse_expression("pytest.mark.slow"))
        return updated_node.with_changes(decorators=[mark, *updated_node.decorators])


def _fixture(decorator: cst.Decorator) -> cst.Name | None:
    """The `pytest` of `@pytest.fixture` or `@pytest.fixture(…)`."""
    match decorator.decorator:
        case cst.Attribute(cst.Name("pytest") as name, cst.Name("fixture")):
            return name
        case cst.Call(func=cst.Attribute(cst.Name("pytest") as name, cst.Name("fixture"))):
            return name
    return None


class AsyncMock(VisitorBasedCodemodCommand):
    """async-mock: an attribute that is set to `Mock(…)` gets an `AsyncMock(…)`, whatever it is."""

    def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.Assign:
        match updated_node:
            case cst.Assign(
                [cst.AssignTarget(cst.Attribute())],
                cst.Call(cst.Name("Mock" | "MagicMock")) as call,
            ):
                call = call.with_changes(func=cst.Name("AsyncMock"))
                return updated_node.with_changes(value=call)
        return updated_node
