"""What the hooks of a file do to tests: the parameters that they fill, and whether they mark tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...engine.conditions import When, either
from ...engine.names import Names
from ...engine.source import Function
from .texts import parametrized


def generated(names: Names, hook: Function) -> Iterator[str]:
    """The names that `pytest_generate_tests` gives values to, "*" for those that it computes."""
    for node in ast.walk(hook):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "parametrize":
            found = names.texts(parametrized(node).get("argnames"))
            yield from ["*"] if found is None else found
        elif isinstance(node, ast.Call):
            handed = [*node.args, *(k.value for k in node.keywords)]
            yield from ["*"] if any(isinstance(a, ast.Name) and a.id == "metafunc" for a in handed) else []


def is_marking_hook(node: Function) -> bool:
    """Whether a collection hook marks tests. One that asks `is_async_test` sees only those marked before."""
    if node.name not in ("pytest_collection_modifyitems", "pytest_itemcollected", "pytest_pycollect_makeitem"):
        return False
    words = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)} | set(strings(node))
    words |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return "add_marker" in words and "is_async_test" not in words and bool(words & {"asyncio", "anyio", "trio"})


def marks_by_hook(names: Names, node: Function) -> When:
    """The condition under which a hook marks anything: what it asks of each test is unknown like the rest."""
    return either(
        when
        for statement, when in names.guarded(node.body)
        if isinstance(statement, ast.Expr | ast.Assign) and "add_marker" in ast.unparse(statement)
    )


def strings(node: ast.AST | None) -> Iterator[str]:
    if node is not None:
        yield from (n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))
