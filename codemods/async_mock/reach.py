"""What a test does around a mock: which calls it awaits, and which functions it replaces.

A mock of one test is met by that test and by what is no test of its file: fixtures, setup, helpers. One
that a fixture or helper makes is met by all of them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator

from ..engine.names import last_name
from ..engine.source import Function
from .coroutines import Answer
from .fate import TAKE
from .mocks import Mocks
from .sites import Site
from .value import Value

_TAKING_METHODS = TAKE - {"run", "wait"}  # of loops, task groups and the like, whatever holds them
_RUNNERS = ("asyncio.", "anyio.", "trio.")
_LISTS = (ast.Starred, ast.List, ast.Tuple, ast.Set, ast.ListComp, ast.GeneratorExp, ast.SetComp)


def ends(mocks: Mocks, node: ast.expr, depth: int = 0) -> bool:
    """Whether what an expression gives is awaited or run here: by `await`, asyncio, or a helper of this file."""
    parent = mocks.file.parents.get(node)
    match parent:
        case ast.Await():
            return True
        case ast.IfExp() if node is not parent.test:
            return ends(mocks, parent, depth)
        case ast.keyword() | ast.Call() if (call := mocks.places.taking(node)) is not None:
            return _takes(mocks, call, node, depth)
        case ast.Assign(targets=[ast.Name() as target]) | ast.NamedExpr(target=target):
            uses = [u for u in mocks.places.reads(mocks.places.root(target)) if isinstance(u, ast.Name)]
            return bool(uses) and depth < 4 and all(ends(mocks, u, depth + 1) for u in uses)
    if isinstance(parent, _LISTS):
        outer: ast.AST | None = parent
        while isinstance(outer, _LISTS):
            inner, outer = outer, mocks.file.parents.get(outer)
        return isinstance(outer, ast.Call) and inner in outer.args and _taking(mocks, outer)
    return False


def _taking(mocks: Mocks, call: ast.Call) -> bool:
    """Whether a call is one of asyncio that awaits or runs what it gets."""
    dotted = mocks.dotted(call.func)
    last = call.func.attr if isinstance(call.func, ast.Attribute) else dotted.rpartition(".")[2]
    if dotted.startswith(_RUNNERS):
        return last in TAKE
    return isinstance(call.func, ast.Attribute) and last in _TAKING_METHODS


def _takes(mocks: Mocks, call: ast.Call, argument: ast.expr, depth: int) -> bool:
    if _taking(mocks, call):
        return not mocks.dotted(call.func).endswith(".wait_for") or ends(mocks, call, depth)
    place = mocks.places.taken(argument) if depth < 4 else None
    uses = mocks.places.uses.get(place, []) if place else []
    return any(ends(mocks, u, depth + 1) for u in uses if isinstance(u, ast.Name))


# ---- where a mock is met -----------------------------------------------------------------------


def around(mocks: Mocks, site: Site) -> Iterator[ast.AST]:
    """The statements and calls of the file that may meet a site's mock."""
    places = mocks.places
    homes = {places.outermost(node) for node in (site.node, *site.uses)}
    if any(home is None or not places.fixtures.is_test(home) for home in homes):
        return iter(places.nodes)
    return (n for n in places.nodes if (home := places.outermost(n)) in homes or not _is_test(mocks, home))


def outside_tests(mocks: Mocks) -> Iterator[ast.AST]:
    """The statements and calls of the file that are no part of one test alone."""
    return (n for n in mocks.places.nodes if not _is_test(mocks, mocks.places.outermost(n)))


def _is_test(mocks: Mocks, function: Function | None) -> bool:
    return function is not None and mocks.places.fixtures.is_test(function)


# ---- relays ------------------------------------------------------------------------------------


def unawaited(mocks: Mocks, site: Site, answer: Answer, ask: Callable[[str], Answer]) -> Iterator[str]:
    """Why the coroutine that a plain function of the project returns may stay unawaited in this test."""
    if not answer.relays:
        return
    names = {relay.name.rpartition(".")[2]: relay for relay in answer.relays}
    awaited = False
    for call in around(mocks, site):
        if not isinstance(call, ast.Call) or (relay := names.get(last_name(call.func))) is None:
            continue
        if not ends(mocks, call):
            yield f"`{relay.name}` returns its coroutine, which the test does not await in line {call.lineno}"
            return
        keys = {ask(v.path).key for v in mocks.values(call.func)}
        awaited = awaited or bool(keys & {r.key for r in answer.relays})
    left = [relay.name for relay in answer.relays if not relay.closed]
    if left and not awaited:
        yield f"`{left[0]}` returns its coroutine, and nothing here awaits that"


def awaited_paths(mocks: Mocks) -> Iterator[str]:
    """The type paths of what the file calls and awaits."""
    for node in mocks.places.nodes:
        if isinstance(node, ast.Call) and ends(mocks, node):
            yield from (v.path for v in mocks.values(node.func) if v.path and v.real)


# ---- replaced functions ------------------------------------------------------------------------


def replaced(mocks: Mocks, nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names of functions and attributes that statements and calls put something in the place of."""
    for node in nodes:
        match node:
            case ast.Call():
                if (patch := mocks.patch(node)) is not None:
                    yield from patch.names
                elif mocks.mock_name(node.func) == "patch.dict" or mocks.dotted(node.func) == "monkeypatch.setitem":
                    keys = [k for a in node.args if isinstance(a, ast.Dict) for k in a.keys]
                    yield from (mocks.text(key) for key in (*keys, *node.args[1:2]))
                    yield from (k.arg for k in node.keywords if k.arg)
                elif not mocks.mock_name(node.func):
                    yield from (k.arg for k in node.keywords if k.arg and any(map(_mocked, mocks.values(k.value))))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if isinstance(mocks.file.parents.get(node), ast.ClassDef) and not mocks.places.fixtures.is_test(node):
                    yield name  # of a class that may stand for one of the project
            case ast.Assign(targets=targets):
                yield from (t.attr for t in targets if isinstance(t, ast.Attribute))


def _mocked(value: Value) -> bool:
    return not value.real and value.mock != "fixture"
