"""A codemod with facts for tests: it replaces imported constants by their values, all uses of one or none."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from codemods.engine.codemod import Codemod, Needles, option
from codemods.engine.known import Decisions, Known, Wants
from codemods.engine.names import Names
from codemods.engine.source import Source
from codemods.engine.values import Part, Safety, Skip


@dataclass(frozen=True)
class Constants:
    """What one file defines and imports."""

    values: Mapping[str, str]
    modules: tuple[str, ...]


@dataclass(frozen=True)
class InlineConstant(Codemod):
    """Replace an imported constant by its value."""

    unsafe: str = option("", help="a constant whose changes are unsafe")
    spans_files = True
    codes: ClassVar[Mapping[str, str]] = {"X10-twice": "two values for one constant"}

    def needles(self) -> Needles:
        return Needles(("use",), fact_files=("conftest.py",))

    def scan(self, file: Source) -> Constants:
        values = {
            node.targets[0].id: ast.unparse(node.value)
            for node in file.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        names = (n for n in file.tree.body if isinstance(n, ast.ImportFrom))
        return Constants(values, tuple(n.module or "" for n in names))

    def wants(self, known: Known) -> Wants:
        return Wants(paths={f"{module}.py" for facts in known.facts.values() for module in facts.modules})

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        values = {
            f"{path.removesuffix('.py')}.{name}": value
            for path, facts in known.facts.items()
            for name, value in facts.values.items()
        }
        mine = {"values": values, "unreadable": dict(known.project.unreadable)}
        empty = [dotted for dotted, value in values.items() if value == "None"]
        return Decisions(
            by_path=dict.fromkeys(targets, mine),
            skips=tuple(Skip("a.py", 1, "X10-twice", f"{dotted} has no value", dotted) for dotted in empty),
            groups={"far.py": [v for v in values if v.startswith("conf.")]},
        )

    def find(self, file: Source, mine: dict[str, dict[str, str]]) -> Iterator[Part]:
        names = Names(file)
        for node in ast.walk(file.tree):
            dotted = names.meaning(node) or ""
            if (value := mine["values"].get(dotted)) and file.segment(node) != value:
                safety = Safety.UNSAFE if dotted == self.unsafe else Safety.SAFE
                edit = file.replace(node, value)
                yield Part(file.path, node.lineno, f"{dotted} is {value}", (edit,), safety, dotted)  # type: ignore[attr-defined]
