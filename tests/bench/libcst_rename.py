"""What a person would write for LibCST's own runner: the rename of a fixture, without its safety.

Parameters, names, definitions and the strings that request a fixture, all by name alone.
"""

from __future__ import annotations

import argparse

import libcst as cst
from libcst.codemod import CodemodContext, VisitorBasedCodemodCommand


class RenameFixtureCommand(VisitorBasedCodemodCommand):
    DESCRIPTION = "Rename a pytest fixture by name."

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

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        if original_node.raw_value != self.old:
            return updated_node
        quote = original_node.quote
        return updated_node.with_changes(value=f"{original_node.prefix}{quote}{self.new}{quote}")
