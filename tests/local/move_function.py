"""A codemod for tests that moves a function to the end of its file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codemods.engine.codemod import Codemod, Needles, option
from codemods.engine.source import Source
from codemods.engine.values import Edit, Part


@dataclass(frozen=True)
class MoveFunction(Codemod):
    """Move a function to the end of its file."""

    function: str = option(help="its name")

    def needles(self) -> Needles:
        return Needles((self.function,))

    def find(self, file: Source, mine: object) -> Iterator[Part]:
        for node in file.tree.body[:-1]:
            if isinstance(node, ast.FunctionDef) and node.name == self.function:
                assert node.end_lineno is not None
                start, end = file.line_starts[node.lineno - 1], file.line_starts[node.end_lineno]
                size, text = len(file.text), file.text[start:end]
                edits = (Edit(file.path, start, end, ""), Edit(file.path, size, size, f"\n\n{text}"))
                yield Part(file.path, node.lineno, f"{self.function} stands last", edits)
