"""Take a value out of the future, coroutine or helper that makes it awaitable: AsyncMock does that itself."""

from __future__ import annotations

import ast

from ..base import Edit
from ..source import Function
from .awaitables import Ask, local_function
from .mocks import Mocks


def unwrap(mocks: Mocks, value: ast.expr, slot: str, ask: Ask | None = None) -> list[Edit] | None:
    """The edits that unwrap one return value or side effect; None where it cannot be done.

    `ask` decides whether it can; the edits need it no more.
    """
    match value:
        case ast.Lambda(body=body):
            return unwrap(mocks, body, "return_value")
        case ast.Name() if slot == "side_effect" and isinstance(local_function(mocks, value), ast.AsyncFunctionDef):
            return []  # awaited as it is
        case ast.Attribute() if slot == "side_effect":
            kinds = {ask(v.path).kind for v in mocks.values(value)} if ask else {"coroutine"}
            return [] if "coroutine" in kinds else None
        case ast.Name():
            return _future(mocks, value)
        case ast.Call(func=ast.Name() as callee):
            function = local_function(mocks, callee)
            return _helper(mocks, value, function) if function is not None else None
        case ast.Constant() | ast.List() | ast.Dict() | ast.Tuple():
            return []
    return None


def _helper(mocks: Mocks, call: ast.Call, function: Function) -> list[Edit] | None:
    """A call of `async def helper(v): return v`, or of one that returns a constant."""
    body = [s for s in function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    arguments = [a.arg for a in function.args.args]
    match body:
        case [ast.Return(value=ast.Name(id=name))] if isinstance(function, ast.AsyncFunctionDef) and arguments == [
            name
        ]:
            if len(call.args) == 1 and not call.keywords:
                return [mocks.file.replace(call, mocks.file.segment(call.args[0]))]
        case [ast.Return(value=ast.Constant() as constant)] if isinstance(function, ast.AsyncFunctionDef):
            return [mocks.file.replace(call, mocks.file.segment(constant))]
        case [ast.Pass() | ast.Return(value=None)] if isinstance(function, ast.AsyncFunctionDef):
            return [mocks.file.replace(call, "None")]
    return None


def _future(mocks: Mocks, name: ast.Name) -> list[Edit] | None:
    """`f = asyncio.Future(); f.set_result(3)`: the constant that is set, once."""
    place = mocks.places.root(name)
    if place is None or len(mocks.places.bindings.get(place, [])) != 1:
        return None
    found = []
    for use in mocks.places.uses.get((place[0], f"{place[1]}.set_result"), []):
        call = mocks.file.parents.get(use)
        if isinstance(call, ast.Call) and len(call.args) == 1:
            found.append(call.args[0])
    if len(found) == 1 and isinstance(found[0], ast.Constant | ast.Name):
        return [mocks.file.replace(name, mocks.file.segment(found[0]))]
    return None
