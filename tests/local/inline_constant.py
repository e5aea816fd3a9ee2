"""A codemod with facts for tests: it replaces imported constants by their values, all uses of one or none."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from codemods.engine.codemod import Codemod, Needles, Project, option
from codemods.engine.imports import Imports
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

    def follow(self, parts: Mapping[str, Constants], project: Project) -> Iterable[str]:
        return [f"{module}.py" for facts in parts.values() for module in facts.modules]

    def merge(self, parts: Mapping[str, Constants], project: Project) -> dict[str, dict[str, str]]:
        return {
            "values": {
                f"{path.removesuffix('.py')}.{name}": value
                for path, facts in parts.items()
                for name, value in facts.values.items()
            },
            "unreadable": dict(project.unreadable),
        }

    def find(self, file: Source, facts: dict[str, dict[str, str]]) -> Iterator[Part]:
        names = Imports(file)
        for node in ast.walk(file.tree):
            dotted = names.dotted(node) or ""
            if (value := facts["values"].get(dotted)) and file.segment(node) != value:
                safety = Safety.UNSAFE if dotted == self.unsafe else Safety.SAFE
                edit = file.replace(node, value)
                yield Part(file.path, node.lineno, f"{dotted} is {value}", (edit,), safety, dotted)  # type: ignore[attr-defined]

    def groups_of(self, facts: dict[str, dict[str, str]], path: str) -> Iterable[str]:
        return [v for v in facts["values"] if path == "far.py" and v.startswith("conf.")]

    def notes(self, facts: dict[str, dict[str, str]]) -> Iterable[Skip]:
        for dotted, value in facts["values"].items():
            if value == "None":
                yield Skip("a.py", 1, "X10-twice", f"{dotted} has no value", dotted)
