"""Take a value out of the future, coroutine or helper that makes it awaitable: AsyncMock does that itself."""

from __future__ import annotations

import ast

from ..engine.source import Function
from ..engine.values import Edit
from . import awaitables
from .awaitables import Ask, local_function
from .mocks import Mocks


def unwrap(mocks: Mocks, value: ast.expr, slot: str, ask: Ask) -> list[Edit] | None:
    """The edits that unwrap one return value or side effect; None where it cannot be done."""
    if slot == "side_effect":
        return _effect(mocks, value, ask)
    if awaitables.value(mocks, value, ask) == awaitables.NO:
        return []
    match value:
        case ast.Name():
            return _future(mocks, value)
        case ast.Call(func=ast.Name() as callee):
            function = local_function(mocks, callee)
            return _helper(mocks, value, function) if function is not None else None
    return None


def _effect(mocks: Mocks, value: ast.expr, ask: Ask) -> list[Edit] | None:
    match value:
        case ast.Lambda(body=body):
            return unwrap(mocks, body, "return_value", ask)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            found = [unwrap(mocks, item, "return_value", ask) for item in items]
            return None if None in found else [edit for edits in found for edit in edits or ()]
        case ast.Name() if isinstance(local_function(mocks, value), ast.AsyncFunctionDef):
            return []  # awaited as it is
        case ast.Attribute() if "coroutine" in {ask(v.path).kind for v in mocks.values(value)}:
            return []
    return [] if awaitables.effect(mocks, value, ask) == awaitables.NO else None


def _helper(mocks: Mocks, call: ast.Call, function: Function) -> list[Edit] | None:
    """A call of `async def helper(v): return v`, or of one that returns a constant."""
    if function.decorator_list:
        return None
    body = [s for s in function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    match body if isinstance(function, ast.AsyncFunctionDef) else []:
        case [ast.Return(value=ast.Name(id=name))] if [a.arg for a in function.args.args] == [name]:
            if len(call.args) == 1 and not call.keywords:
                return [mocks.file.replace(call, mocks.file.segment(call.args[0]))]
        case [ast.Return(value=ast.Constant() as constant)]:
            return [mocks.file.replace(call, mocks.file.segment(constant))]
        case [ast.Pass() | ast.Return(value=None)]:
            return [mocks.file.replace(call, "None")]
    return None


def _future(mocks: Mocks, name: ast.Name) -> list[Edit] | None:
    """`f = asyncio.Future(); f.set_result(3)`: what is set, once, before the mock gets it."""
    place = mocks.places.root(name)
    if place is None or len(mocks.places.fillings(name)) != 1:
        return None
    parents = [mocks.file.parents.get(use) for use in mocks.places.uses.get(place, [])]
    uses = [parent for parent in parents if isinstance(parent, ast.Attribute)]
    calls = [*filter(None, map(mocks.places.calling, uses))]
    match calls:
        case [ast.Call(func=ast.Attribute(attr="set_result"), args=[result], keywords=[]) as call] if len(uses) == 1:
            steady = isinstance(result, ast.Constant) or (isinstance(result, ast.Name) and _steady(mocks, result))
            statement = mocks.file.parents[call]  # one of the same block, or of one around: it has run by then
            block = mocks.file.parents[statement]
            if steady and isinstance(statement, ast.Expr) and block in mocks.file.ancestors(name):
                return [mocks.file.replace(name, mocks.file.segment(result))] if _before(statement, name) else None
    return None


def _steady(mocks: Mocks, name: ast.Name) -> bool:
    """Whether a name means the same wherever it stands: bound once, in the same scope as it is read."""
    place = mocks.places.root(name)
    return place is None or (
        place[0] is mocks.places.names.scope(name).node and len(mocks.places.fillings(name)) == 1
    )


def _before(statement: ast.stmt, node: ast.expr) -> bool:
    return (statement.end_lineno or 0, statement.end_col_offset or 0) <= (node.lineno, node.col_offset)
