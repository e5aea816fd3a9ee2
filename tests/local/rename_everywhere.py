"""A tiny codemod over many files for tests: one change for all places of a word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codemods.engine.codemod import Codemod, Needles, option
from codemods.engine.source import Source
from codemods.engine.values import Part


@dataclass(frozen=True)
class RenameEverywhere(Codemod):
    """Rename a name in all files at once."""

    word: str = option("new", help="the name")
    to: str = option("newest", help="the new name")
    spans_files = True

    def needles(self) -> Needles:
        return Needles((self.word,))

    def find(self, file: Source, mine: object) -> Iterator[Part]:
        names = [n for n in ast.walk(file.tree) if isinstance(n, ast.Name) and n.id == self.word]
        aliases = [n for n in ast.walk(file.tree) if isinstance(n, ast.alias) and n.name == self.word]
        edits = tuple(file.replace(n, self.to) for n in [*names, *aliases])
        if edits:
            yield Part(file.path, 1, f"{self.word} → {self.to}", edits, group=f"{self.word} -> {self.to}")
