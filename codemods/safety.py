"""The checks that every composed file must pass before anything is delivered.

Each takes a file before and after and returns problems in words; a change in a file with problems
is dropped whole and reported. The convergence check needs facts and lives in the engine.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
import warnings
from collections import Counter

from .base import Unreadable
from .source import Source, parse

_IMPLICIT = {
    "__file__",
    "__name__",
    "__doc__",
    "__path__",
    "__package__",
    "__spec__",
    "__loader__",
    "__builtins__",
}
_IMPLICIT |= {
    "__annotations__",
    "__dict__",
    "__module__",
    "__qualname__",
    "__class__",
    "__cached__",
    "WindowsError",
}
_BUILTINS = frozenset(dir(builtins)) | _IMPLICIT
_IMPORT_PRAGMA = re.compile(r"#\s*(type:\s*ignore|pylint:|isort:|pyright:|mypy:|noqa)")


def problems(
    before: Source,
    after: Source,
    minimum: tuple[int, int] | None = None,
    comments_may_go: bool = False,
) -> list[str]:
    """What is wrong with `after`: syntax, syntax too new for the project, undefined names, lost comments."""
    try:
        tree = after.tree
    except Unreadable as error:
        return [f"does not parse any more: {error}"]
    found = []
    if minimum is not None and _parses(before.text, minimum) and not _parses(after.text, minimum):
        found.append("uses syntax that Python {}.{} does not have".format(*minimum))
    for name, count in sorted(
        (undefined(after.text, tree) - undefined(before.text, before.tree)).items()
    ):
        found.append(
            f"leaves the name {name!r} undefined" + (f" in {count} scopes" if count > 1 else "")
        )
    if not comments_may_go:
        lost = Counter(before.comments.values()) - Counter(after.comments.values())
        found += [f"loses the comment {c!r}" for c in lost if not _IMPORT_PRAGMA.match(c)]
    return found


def _parses(text: str, version: tuple[int, int]) -> bool:
    try:
        parse(text, feature_version=version)
    except Unreadable:
        return False
    return True


def undefined(text: str, tree: ast.Module) -> Counter[str]:
    """Names that are looked up globally and that neither the module nor Python binds, with the
    number of scopes that do so. Empty for a module with a star import: nobody can know."""
    if any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in ast.walk(tree)):
        return Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            top = symtable.symtable(text, "file", "exec")
        except (
            SyntaxError,
            ValueError,
        ):  # parses, but does not compile (`return` outside a function)
            return Counter()
    bound: set[str] = set()
    wanted: Counter[str] = Counter()
    known: set[str] = set()
    stack = [top]
    while stack:
        table = stack.pop()
        stack.extend(table.get_children())
        for symbol in table.get_symbols():
            name = symbol.get_name()
            known.add(name)
            is_global = table is top or symbol.is_global()
            if is_global and (symbol.is_assigned() or symbol.is_imported()):
                bound.add(name)
            if is_global and symbol.is_referenced():
                wanted[name] += 1
    # under `from __future__ import annotations` the names in annotations are not in the table
    for node in _annotation_names(tree):
        if node.id not in known:
            wanted[node.id] += 1
    return Counter({n: c for n, c in wanted.items() if n not in bound and n not in _BUILTINS})


def _annotation_names(tree: ast.Module) -> list[ast.Name]:
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            roots.append(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            roots.append(node.returns)
    return [n for root in roots for n in ast.walk(root) if isinstance(n, ast.Name)]
