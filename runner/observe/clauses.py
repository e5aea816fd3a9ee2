"""The broad clauses of a work tree, as the processes of a command are told of them."""

from __future__ import annotations

import ast
import os
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codemods.engine.source import Definition, Source
from codemods.engine.values import Unreadable
from codemods.facts.exceptions.broad import Broad
from codemods.facts.exceptions.evidence import Identity, identities
from codemods.facts.modules import of_tests

from ..disk import digest
from ..files import FolderWorld

_MAY_BE_BROAD = re.compile(rb"\bexcept\b\s*\*?\s*[:\\]|\b(?:Base)?Exception\b")


@dataclass(frozen=True)
class Target:
    """One clause."""

    path: str
    line: int
    identity: Identity
    told: dict[str, Any]  # to the processes


@dataclass
class Targets:
    """All clauses of a project, and the files that cannot be read, with the reason."""

    top: Path
    paths: tuple[str, ...]
    found: list[Target] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)

    def settings(self, records: Path) -> dict[str, Any]:
        """What the processes need to know, as JSON."""
        top = os.path.realpath(self.top)
        files: dict[str, dict[str, Any]] = {}
        for number, target in enumerate(self.found):
            real = os.path.realpath(os.path.join(top, target.path))
            file = files.setdefault(real, {"path": target.path, "sum": self.sums[target.path], "clauses": []})
            file["clauses"].append((number, target.told))
        kinds = {path: "test" if of_tests(path) else "project" for path in self.paths}
        return {"top": top, "records": str(records), "paths": kinds, "files": files}


def find(world: FolderWorld) -> Targets:
    """The clauses in the files of the working tree, tracked and untracked, one file in memory at a time."""
    paths = [path for path in world.project().paths if path.endswith(".py")]
    targets = Targets(top=world.top, paths=tuple(paths))
    for path in paths:
        for data in world.read([path]).values():
            if path in world.unreadable:
                targets.unreadable[path] = world.unreadable[path]
            elif len(data) > world.options.max_file_size:
                targets.unreadable[path] = f"larger than {world.options.max_file_size / 1e6:g} MB"
            elif _MAY_BE_BROAD.search(data):
                _look(targets, path, data)
    return targets


def _look(targets: Targets, path: str, data: bytes) -> None:
    file = Source(path, data)
    try:
        found = [
            Target(path=path, line=broad.line, identity=identity, told=_told(file, broad))
            for broad, identity in identities(file)
        ]
    except (Unreadable, RecursionError) as error:
        targets.unreadable[path] = str(error)
        return
    finally:
        file.forget()
    if found:
        targets.found += found
        targets.digests[path] = digest(data) or ""
        targets.sums[path] = len(data), zlib.crc32(data)


def _told(file: Source, broad: Broad) -> dict[str, Any]:
    """Where a clause is in the code object that holds it, in lines."""
    owner = next((n for n in file.ancestors(broad.statement) if isinstance(n, Definition)), None)
    statement, node = broad.statement, broad.node
    told: dict[str, Any] = {
        "way": "suppress" if isinstance(node, ast.Call) else "except",
        "kind": broad.kind,
        "owner": owner.name if owner else "<module>",
        "begins": sorted({file.first_line(owner), owner.lineno}) if owner else [],
        "statement": (statement.lineno, statement.end_lineno),
        "guards": _lines(statement.body),
        "header": node.lineno,
        "body": (0, 0),
        "single": False,
        "silent": False,
    }
    if isinstance(node, ast.ExceptHandler):
        told["body"] = first, _ = _lines(node.body)
        told["single"] = first <= ((node.type and node.type.end_lineno) or node.lineno)
        told["silent"] = all(map(_is_silent, node.body))
    return told


def _lines(body: Sequence[ast.stmt]) -> tuple[int, int]:
    return _first(body[0]), body[-1].end_lineno or body[-1].lineno


def _first(statement: ast.stmt) -> int:
    decorators = statement.decorator_list if isinstance(statement, Definition) else []
    return min([statement.lineno, *(d.lineno for d in decorators)])


def _is_silent(statement: ast.stmt) -> bool:
    """Whether a statement is no instruction for some Pythons."""
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, ast.Pass | ast.Global | ast.Nonlocal)
