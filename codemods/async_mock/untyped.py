"""What is done where nothing says what a mock stands for: Python's own protocols, wrappers, and a reason for the rest."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..source import Function
from . import reach
from .mocks import Mocks
from .sites import Site

_AWAITED = ("__aenter__", "__aexit__", "__anext__")  # Python awaits what these give, whatever the object is


def by_language(site: Site) -> str | None:
    """The special method that a mock stands for and whose result Python awaits."""
    return next((n for n in site.names if n in _AWAITED), None) if set(site.names) <= {*_AWAITED} else None


def wrapped(mocks: Mocks, site: Site) -> str | None:
    """The function that gets the mock, where the test calls what that gives and awaits it: `await retry(mock)()`."""
    for use in (site.node, *site.uses):
        call = mocks.file.parents.get(use)
        if not isinstance(call, ast.Call) or use not in call.args or mocks.mock_name(call.func):
            continue
        made = [c for c in _calls_of_result(mocks, call) if reach.ends(mocks, c)]
        if made:
            return ast.unparse(call.func)
    return None


def _calls_of_result(mocks: Mocks, call: ast.Call) -> Iterator[ast.Call]:
    """The calls of what a call gives, at once or by a name."""
    parent = mocks.file.parents.get(call)
    reads: list[ast.AST] = [call]
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1:
        place = mocks.places.place(parent.targets[0])
        reads += mocks.places.uses.get(place, []) if place else []
    for read in reads:
        outer = mocks.file.parents.get(read)
        if isinstance(outer, ast.Call) and outer.func is read:
            yield outer


def runs(mocks: Mocks, site: Site) -> bool:
    """Whether the mock belongs to async code: it stands in a coroutine function, or in what is shared in a file of such."""
    homes = [f for node in (site.node, *site.uses) for f in _functions(mocks, node)]
    if any(isinstance(home, ast.AsyncFunctionDef) for home in homes):
        return True
    shared = not homes or any(not home.name.startswith("test") for home in homes)
    return shared and any(isinstance(node, ast.AsyncFunctionDef) for node in mocks.places.nodes)


def _functions(mocks: Mocks, node: ast.AST) -> Iterator[Function]:
    """The functions around a node, innermost first."""
    found = mocks.places.function(node)
    while found is not None:
        yield found
        found = mocks.places.function(found)
