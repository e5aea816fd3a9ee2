"""A codemod for tests: replaces the texts that a list names, each a change of its own."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from codemods.engine.codemod import ALL, Codemod, Needles, option
from codemods.engine.known import Decisions, Known, Wants
from codemods.engine.source import Source
from codemods.engine.values import Edit, Part


@dataclass(frozen=True)
class Plant(Codemod):
    """Replace texts: `--edits` is a JSON list of [path, old text, new text]; each old text stands once in its file."""

    edits: str = option(help="the list", metavar="FILE")

    def needles(self) -> Needles:
        return Needles(ALL, scan=False)

    def wants(self, known: Known) -> Wants:
        return Wants(reports=[] if self.edits in known.reports else [self.edits])

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        found: dict[str, list[tuple[str, str]]] = {}
        for path, old, new in json.loads(known.reports[self.edits]):
            found.setdefault(path, []).append((old, new))
        return Decisions(by_path={path: tuple(edits) for path, edits in found.items()})

    def find(self, file: Source, mine: tuple[tuple[str, str], ...]) -> Iterator[Part]:
        for old, new in mine:
            start = file.text.find(old)
            if start >= 0 and file.text.count(old) == 1:
                line = file.text.count("\n", 0, start) + 1
                edit = Edit(file.path, start, start + len(old), new)
                yield Part(file.path, line, f"{old.strip()[:20]!r} replaced", (edit,))
