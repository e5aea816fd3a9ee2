"""New imports in the place of old ones that only type checkers see."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from ..bindings import ImportStatement, checking_branch, checking_names, imported
from ..source import Source
from ..values import Edit, Import
from .adding import extend


def add_instead(file: Source, pairs: Collection[tuple[Import, Import]]) -> Iterator[Edit]:
    """Insertions that bind each new import wherever its old one stands under `if TYPE_CHECKING:`; none for what is
    bound there or at module level already."""
    if not pairs:
        return
    bound = set(_items(file.tree.body))
    for block in _blocks(file):
        imports = [s for s in block if isinstance(s, ImportStatement)]
        there = bound | set(_items(imports))
        grown: dict[ast.ImportFrom, list[Import]] = {}
        for statement in imports:
            old = set(_items([statement]))
            new = sorted({new for new, before in pairs if before in old} - there)
            there |= set(new)
            lines: dict[str, list[str]] = {}
            for item in new:
                target = next((s for s in imports if isinstance(s, ast.ImportFrom) and _gives(s, item)), None)
                if target is not None:
                    grown.setdefault(target, []).append(item)
                elif item.name:
                    lines.setdefault(f"from {item.module} import ", []).append(str(item).partition(" import ")[2])
                else:
                    lines[str(item)] = []
            if lines:
                yield _before(file, statement, [start + ", ".join(names) for start, names in lines.items()])
        for target, items in grown.items():
            yield from extend(file, target, items)


def _gives(statement: ast.ImportFrom, item: Import) -> bool:
    return (
        bool(item.name) and (statement.level, statement.module) == (0, item.module) and statement.names[0].name != "*"
    )


def _items(block: Collection[ast.stmt]) -> Iterator[Import]:
    for statement in block:
        if isinstance(statement, ImportStatement):
            yield from (item for _, _, item in imported(statement))


def _blocks(file: Source) -> Iterator[list[ast.stmt]]:
    """The branches that only type checkers see."""
    names = checking_names(file)
    for node in ast.walk(file.tree) if names else ():
        if branch := checking_branch(node, names):
            yield getattr(node, branch)


def _before(file: Source, old: ImportStatement, lines: list[str]) -> Edit:
    """New statements right before an old one."""
    start = file.start(old)
    indent = file.text[file.line_starts[old.lineno - 1] : start]
    glue = "; " if indent.strip() else file.newline + indent
    return Edit(file.path, start, start, "".join(line + glue for line in lines))
