"""A codemod for tests whose edits touch each other without overlapping."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codemods.engine.codemod import Codemod, Needles
from codemods.engine.source import Source
from codemods.engine.values import Edit, Part


@dataclass(frozen=True)
class Respell(Codemod):
    """Write `a+b` as `c-b01`: four changes, two that touch and two insertions at one offset."""

    def needles(self) -> Needles:
        return Needles(("a",))

    def find(self, file: Source, mine: object) -> Iterator[Part]:
        for node in ast.walk(file.tree):
            match node:
                case ast.BinOp(left=ast.Name(id="a") as left):
                    sign, end = file.end(left), file.end(node)
                    for reason, edit in (
                        ("left", file.replace(left, "c")),
                        ("sign", Edit(file.path, sign, sign + 1, "-")),
                        ("zero", Edit(file.path, end, end, "0")),
                        ("one", Edit(file.path, end, end, "1")),
                    ):
                        yield Part(file.path, node.lineno, reason, (edit,))
