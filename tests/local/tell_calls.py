"""A codemod for tests with an option that is a table: what a function is told."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codemods.engine.codemod import Codemod, Needles, option
from codemods.engine.source import Source
from codemods.engine.values import Part


@dataclass(frozen=True)
class TellCalls(Codemod):
    """Write `f()` as `f("a", "b")` where the table says so."""

    told: Mapping[str, tuple[str, ...]] = option({"z": ("never",)}, help="what functions are told")

    def needles(self) -> Needles:
        return Needles(tuple(self.told))

    def find(self, file: Source, mine: object) -> Iterator[Part]:
        for node in ast.walk(file.tree):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[]) if name in self.told:
                    text = ", ".join(f'"{word}"' for word in self.told[name])
                    yield Part(file.path, node.lineno, "told", (file.replace(node, f"{name}({text})"),))
