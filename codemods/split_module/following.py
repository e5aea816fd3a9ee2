"""Importers that take names from the parts instead: on request, for a package is what its module was for whoever asks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..engine.bindings import imported
from ..engine.grouping import grouped
from ..engine.source import Source
from ..engine.values import Edit, Import, Part, Skip
from ..facts.moving.paths import absolute, package_of
from .package import Package

_MODULE = re.compile(r"from(?:\s|\\)*([.\s]*[\w.]*?)(?:\s|\\)*(?<![\w])import\b")


@dataclass(frozen=True, kw_only=True)
class Following:
    """What `find` is told of a file that may take names from the module."""

    module: str  # its file
    name: str  # dotted
    near: str  # the dotted name of the importing file
    homes: Mapping[str, str]  # names, each with the part that defines it
    reason: str


def homes_of(package: Package) -> dict[str, str]:
    """The part of each name that can be taken from there: nothing sets it later, and it is there in any case."""
    left = {*package.live, *package.graph.perhaps, *package.graph.checked}
    return {n: p.name for p in package.pieces for n in package.defined(p) if n not in left}


def homes_in(file: Source) -> dict[str, str]:
    """The same of a package that was split before."""
    nodes = (n for n in file.tree.body if isinstance(n, ast.ImportFrom) and n.level == 1 and n.module)
    items = (item for node in nodes for _, _, item in imported(node))
    return {item.name: item.module[1:] for item in items if item.binds == item.name and "." not in item.module[1:]}


def parts(file: Source, following: Following) -> Iterator[Part | Skip]:
    """The edits of one file, and the imports that stay as they are."""
    edits: list[Edit] = []
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.ImportFrom) or not _is_asked(file, node, following):
            continue
        items = [item for _, _, item in imported(node)]
        by_home = grouped((following.homes.get(item.name, ""), item) for item in items)
        if by_home.keys() == {""}:
            continue
        if edit := _edit(file, node, by_home):
            edits.append(edit)
        else:
            told = "an import of several names shares its lines with something else, and stays as it is"
            yield Skip(file.path, node.lineno, "L19-import", told)
    if edits:
        yield Part(file.path, file.line_of(edits[0].start), following.reason, tuple(edits), group=following.module)


def _is_asked(file: Source, node: ast.ImportFrom, following: Following) -> bool:
    written = "." * node.level + (node.module or "")
    return absolute(written, package_of(following.near, file.path)) == following.name


def _edit(file: Source, node: ast.ImportFrom, by_home: Mapping[str, Sequence[Import]]) -> Edit | None:
    start, end = file.span(node)
    written = "." * node.level + (node.module or "")
    if len(by_home) == 1:
        match = _MODULE.match(file.text, start, end)
        if match is None or match[1] != written:
            return None
        return Edit(file.path, match.start(1), match.end(1), _inside(written, next(iter(by_home))))
    first, last = file.line_starts[node.lineno - 1], file.line_end(node.end_lineno or node.lineno)
    indent = file.text[first:start]
    if indent.strip() or file.text[end:last].strip() or "#" in file.text[start:end]:
        return None
    lines = (_line(_inside(written, home), items) for home, items in by_home.items())
    return Edit(file.path, start, end, f"{file.newline}{indent}".join(lines))


def _inside(written: str, home: str) -> str:
    """A part as an import writes it."""
    return f"{written}{'' if written.endswith('.') or not home else '.'}{home}"


def _line(module: str, items: Sequence[Import]) -> str:
    return f"from {module} import {', '.join(f'{i.name} as {i.alias}' if i.alias else i.name for i in items)}"
