"""Count deprecated typing names that are left in a tree, by a way of its own: no code of ours is used.

`Union` and `Optional` alone, as in `origin is Union`, have no other spelling and do not count.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = frozenset(
    re.findall(
        r"\w+",
        """
    Optional Union Dict List Set FrozenSet Tuple Type Deque DefaultDict OrderedDict Counter ChainMap Text
    AbstractSet AsyncContextManager AsyncGenerator AsyncIterable AsyncIterator Awaitable Callable Collection
    Container ContextManager Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping
    MappingView Match MutableMapping MutableSequence MutableSet Pattern Reversible Sequence Sized ValuesView
    """,
    )
)


def uses(path: Path) -> Iterator[tuple[int, str, str]]:
    """(line, name, kind) of one file; kind is annotation, value, import or alone."""
    data = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(data)
        except SyntaxError:
            return
    local: dict[str, str] = {}
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("typing", "typing_extensions"):
            for alias in node.names:
                if alias.name in NAMES:
                    local[alias.asname or alias.name] = alias.name
                    yield alias.lineno, alias.name, "import"
        elif isinstance(node, ast.Import):
            modules.update(a.asname or a.name for a in node.names if a.name in ("typing", "typing_extensions"))
    annotations = [root for node in ast.walk(tree) for root in _annotations(node)]
    inside = {id(node) for root in annotations for node in ast.walk(root)}
    yield from _in_tree(tree, local, modules, inside, 0)
    for root in annotations:
        for text in ast.walk(root):
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                try:
                    inner = ast.parse(text.value.strip(), mode="eval")
                except SyntaxError:
                    continue
                yield from _in_tree(inner, local, modules, {id(node) for node in ast.walk(inner)}, text.lineno)
    for line, text in _type_comments(data):
        for base, name in re.findall(r"(?:\b(\w+)\.)?\b(\w+)", text):
            if name in NAMES if base in modules else not base and name in local:
                yield line, name if base else local[name], "annotation"


def _type_comments(data: bytes) -> Iterator[tuple[int, str]]:
    for token in tokenize.tokenize(io.BytesIO(data).readline) if b"type:" in data else ():
        if token.type == tokenize.COMMENT and (found := re.match(r"#\s*type:(?!\s*ignore\b)(.+)", token.string)):
            yield token.start[0], found[1]


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    for root in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        if isinstance(root, ast.expr):
            yield root


def _in_tree(
    tree: ast.AST, local: dict[str, str], modules: set[str], annotations: set[int], line: int
) -> Iterator[tuple[int, str, str]]:
    subscripted = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=spelled, ctx=ast.Load()) if spelled in local:
                name = local[spelled]
            case ast.Attribute(value=ast.Name(id=base), attr=name) if base in modules and name in NAMES:
                pass
            case _:
                continue
        alone = name in ("Union", "Optional") and id(node) not in subscripted
        kind = "alone" if alone else "annotation" if id(node) in annotations else "value"
        yield line or node.lineno, name, kind


def count(tree: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in sorted([*tree.rglob("*.py"), *tree.rglob("*.pyi")]):
        found.update(kind for _, _, kind in uses(path))
    return found


def unexplained(tree: Path, skips: list[dict[str, Any]]) -> list[str]:
    """Leftovers that no skip is near: on the lines of the same statement, or about the name in that file."""
    said: dict[str, list[tuple[int, str]]] = {}
    for skip in skips:
        said.setdefault(skip["path"], []).append((skip["line"], f"{skip['code']} {skip['reason']}"))
    left = []
    for path in sorted([*tree.rglob("*.py"), *tree.rglob("*.pyi")]):
        where = path.relative_to(tree).as_posix()
        mine = said.get(where, [])
        if any(reason.startswith(("C001-", "T26-", "T28-")) for _, reason in mine):
            continue  # left whole
        spans = _statements(path) if mine else []
        kept = {w for _, reason in mine for w in re.findall(r"\w+", reason)}
        explained = {line for line, _ in mine}
        lines = {n for a, b in spans if any(a <= x <= b for x in explained) for n in range(a, b + 1)}
        used = {name for line, name, kind in uses(path) if kind != "import"}
        for line, name, kind in uses(path):
            if kind in ("import", "alone"):
                ok = kind == "alone" or name in used or name in kept
            else:
                ok = line in lines or (f"{name} stays" in " ".join(r for _, r in mine))
            if not ok:
                left.append(f"{where}:{line} {name} ({kind})")
    return left


def _statements(path: Path) -> list[tuple[int, int]]:
    """Line spans of simple statements and of definition headers."""
    spans = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno if isinstance(body, list) and body else (node.end_lineno or node.lineno)
            spans.append((min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))]), last))
    return spans
