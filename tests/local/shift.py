"""A codemod for tests that moves: definitions to another file, or a whole module with all who import it."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from codemods.engine import (
    Change,
    Codemod,
    Decisions,
    Import,
    Known,
    Needles,
    Part,
    Skip,
    Source,
    Span,
    Wants,
    option,
)
from codemods.engine.edits import create_file, delete_file, move_file, move_text


@dataclass(frozen=True)
class Shift(Codemod):
    """Move definitions of one file to another, or the whole file."""

    source: str = option(help="the file that they stand in")
    to: str = option(help="the file that they come to")
    symbol: tuple[str, ...] = option((), help="the definitions; the whole file without them")
    all_of: bool = option(False, help="move all definitions, and delete the file")
    together: bool = option(False, help="one change of all")
    stages: bool = option(False, help="the users follow in a commit of their own")
    spans_files = True

    def needles(self) -> Needles:
        return Needles((*self.symbol, _module(self.source)), also=(self.source,))

    def scan(self, file: Source) -> dict[str, tuple[int, int]] | int:
        if file.path == self.source:
            return {name: span for name, span in _definitions(file) if self.all_of or name in self.symbol}
        return len(file.text)

    def wants(self, known: Known) -> Wants:
        return Wants(paths=(self.to,))

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        found = known.facts.get(self.source)
        if not isinstance(found, dict):
            return Decisions()
        exists = self.to in known.project.paths
        size = known.facts.get(self.to, 0) if exists else None
        told = dict.fromkeys(targets, (found, size))
        return Decisions(by_path=told)

    def find(self, file: Source, mine: tuple[dict[str, tuple[int, int]], int | None]) -> Iterator[Part]:
        spans, size = mine
        groups = {name: "all" if self.together or self.all_of else name for name in spans}
        if file.path != self.source:
            yield from self._users(file, groups)
            return
        if not (self.symbol or self.all_of):
            yield Part(file.path, 1, "the module moves", (move_file(file.path, self.to),), group="module")
        if self.all_of and spans:
            yield Part(file.path, 1, "it goes", (delete_file(file.path),), group="all")
        for name, (start, end) in spans.items():
            line = file.line_of(start)
            if not self.all_of:
                stays = (Import(_module(self.to), name),) if self.stages else ()
                taken = (file.replace((start, end), ""),)
                yield Part(file.path, line, f"{name} moves", taken, group=groups[name], requires=stays)
            begin = (create_file(self.to, like=file.path),) if size is None else ()
            text = move_text(Span(file.path, start, end), self.to, size or 0)
            yield Part(self.to, 1, f"{name} moves", (*begin, text), group=groups[name])

    def _users(self, file: Source, groups: dict[str, str]) -> Iterator[Part]:
        old, new = _module(self.source), _module(self.to)
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ImportFrom) and node.module == old:
                for alias in node.names if groups else ():
                    if alias.name in groups:
                        needs, frees = (Import(new, alias.name),), (Import(old, alias.name),)
                        reason = f"{alias.name} moves"
                        yield Part(
                            file.path, node.lineno, reason, (), group=groups[alias.name], requires=needs, frees=frees
                        )
                if not (self.symbol or self.all_of):
                    start = file.text.index(old, file.start(node))
                    edit = file.replace((start, start + len(old)), new)
                    yield Part(file.path, node.lineno, "the module moves", (edit,), group="module")

    def settle(self, parts: Sequence[Part], decisions: object) -> Iterable[Change | Skip]:
        changes = [*super().settle(parts, decisions)]
        if not self.stages:
            return changes
        return [two for change in changes if isinstance(change, Change) for two in self._staged(change)]

    def _staged(self, change: Change) -> Iterator[Change]:
        own = {self.source, self.to}
        first, later = (tuple(p for p in change.parts if (p.path in own) is kind) for kind in (True, False))
        yield replace(change, parts=first)
        if later:
            yield replace(change, anchor=f"{change.anchor} users", parts=later, stage=1, needs=(change.anchor,))


def _module(path: str) -> str:
    return re.sub(r"(/__init__)?\.pyi?$", "", path).replace("/", ".")


def _definitions(file: Source) -> Iterator[tuple[str, tuple[int, int]]]:
    """Functions and classes with the comments right above them and the blank lines below."""
    for node in file.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first, last = file.first_line(node), node.end_lineno or node.lineno
            while first > 1 and file.line(first - 1).startswith("#"):
                first -= 1
            while last < len(file.line_starts) and file.is_blank(last + 1):
                last += 1
            yield node.name, (file.line_starts[first - 1], file.line_end(last))
