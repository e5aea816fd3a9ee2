"""A tiny per-line codemod for tests: one change per call, with an import to add and one to drop."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from codemods.engine.codemod import Codemod, Needles, option
from codemods.engine.names import Names
from codemods.engine.source import Source
from codemods.engine.values import Import, Part, Safety, Skip


@dataclass(frozen=True)
class SwapCall(Codemod):
    """Replace calls of legacy.old by lib.new.

    A call with keyword arguments is unsafe, one with stars is left alone.
    """

    old: str = option("old", help="the function to replace")
    new: str = option("new", help="what replaces it")

    codes: ClassVar[Mapping[str, str]] = {"X01-stars": "the call has stars"}

    def needles(self) -> Needles:
        return Needles((self.old,))

    def find(self, file: Source, mine: object) -> Iterator[Part | Skip]:
        names = Names(file)
        for node in ast.walk(file.tree):
            match node:
                case ast.Call(func=ast.Name(id=self.old) as name):
                    if any(isinstance(a, ast.Starred) for a in node.args):
                        yield Skip(file.path, node.lineno, "X01-stars", "the call has stars")
                        continue
                    to = names.reference(f"lib.{self.new}", Import("lib", self.new), at=node)
                    if to is None:
                        continue
                    safety = Safety.UNSAFE if node.keywords else Safety.SAFE
                    yield Part(
                        file.path,
                        node.lineno,
                        f"{self.old} is {self.new} now",
                        (file.replace(name, to.text),),
                        safety,
                        requires=to.requires,
                        frees=(Import("legacy", self.old),),
                    )
