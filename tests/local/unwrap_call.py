"""A codemod whose edits can overlap, fail checks or concern whole files, for tests."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codemods.engine.codemod import Codemod, Needles, option
from codemods.engine.source import Source
from codemods.engine.values import Change, Edit, Part, Safety, Skip


@dataclass(frozen=True)
class UnwrapCall(Codemod):
    """Replace `wrap(x)` by `x`."""

    own_changes: bool = option(False, help="make the changes in settle, with other anchors")

    def needles(self) -> Needles:
        return Needles(("wrap", "create", "move"))

    def find(self, file: Source, mine: object) -> Iterator[Part]:
        for node in ast.walk(file.tree):
            match node:
                case ast.Call(func=ast.Name(id="wrap"), args=[inner]):
                    new = inner.value if isinstance(inner, ast.Constant) and isinstance(inner.value, str) else None
                    edit = file.replace(node, file.segment(inner) if new is None else new)
                    yield Part(file.path, node.lineno, "unwrap", (edit,))
                case ast.Call(
                    func=ast.Name(id="create"),
                    args=[ast.Constant(value=str(path)), ast.Constant(value=str(text))],
                ):
                    yield Part(
                        path,
                        node.lineno,
                        "create",
                        (Edit(path, 0, 0, text, "create"),),
                        group="create",
                    )
                    yield Part(file.path, node.lineno, "create", (file.replace(node, "0"),), group="create")
                case ast.Call(func=ast.Name(id="move"), args=[ast.Constant(value=str(path))]):
                    edits = (Edit(file.path, 0, 0, path, "move"), file.replace(node, "0"))
                    yield Part(file.path, node.lineno, "move", edits)  # fmt: skip

    def settle(self, parts: Sequence[Part], decisions: object) -> Iterable[Change | Skip]:
        if not self.own_changes:
            return super().settle(parts, decisions)
        return [Change(self.name, f"own {n}", p.reason, Safety.SAFE, (p,)) for n, p in enumerate(parts)]
