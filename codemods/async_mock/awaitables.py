"""Whether a mock's return value or side effect already gives something to await, and how to take the result out.

An AsyncMock around such a value would wrap it twice: `await m()` gives the future or coroutine, not
its result.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from ..engine.names import last_name
from ..engine.source import Function, is_function
from ..engine.values import Edit
from ..facts.types.paths import AWAITED_NAMES, either
from .coroutines import Answer
from .mocks import Mocks
from .value import MOCKS

Ask = Callable[[str], Answer]
_FUTURES = {
    "asyncio.Future", "asyncio.ensure_future", "asyncio.create_task", "asyncio.sleep", "asyncio.gather", "anyio.sleep",
    "asyncio.futures.Future", "twisted.internet.defer.succeed", "twisted.internet.defer.fail",
    "twisted.internet.defer.ensureDeferred", "twisted.internet.task.deferLater", "asyncio.wait_for", "asyncio.shield", "asyncio.to_thread", "asyncio.coroutine",
}  # fmt: skip
_ITERATORS = {
    "builtins.iter", "builtins.list", "builtins.tuple", "builtins.map", "builtins.reversed", "itertools.cycle", "itertools.chain",
    "functools.partial",
}  # fmt: skip
_PLAIN_METHODS = frozenset(name for kind in (str, bytes, int, datetime, Path) for name in dir(kind))
_LOOP_METHODS = {"create_future", "create_task", "ensure_future", "run_in_executor"}
_PLAIN_MODULES = ("json.", "datetime.", "uuid.", "copy.", "pathlib.", "decimal.", "collections.", "types.", "enum.", "io.", "random.", "time.", "os.", "re.", "dataclasses.")  # fmt: skip
YES, NO, UNSURE = "yes", "no", "unsure"


def value(mocks: Mocks, node: ast.expr, ask: Ask, depth: int = 0) -> str:
    """Whether a return value is awaitable."""
    match node:
        case ast.Call():
            return _call(mocks, node, ask)
        case ast.Name() | ast.Attribute() if depth < 4:
            bindings = mocks.places.fillings(node)
            if any(b.annotation is not None and _declares(mocks, b.annotation) for b in bindings):
                return YES
            return _any([value(mocks, b.value, ask, depth + 1) for b in bindings if b.how == "assign" and b.value])
        case ast.IfExp() | ast.BoolOp() | ast.NamedExpr():
            return _any([value(mocks, each, ask, depth) for each in either(node)])
    return NO


def effect(mocks: Mocks, node: ast.expr, ask: Ask) -> str:
    """Whether a side effect gives awaitables: an async function, a lambda, a list or an iterator of them."""
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return _any(
                [effect(mocks, i.value, ask) if isinstance(i, ast.Starred) else value(mocks, i, ask) for i in items]
            )
        case ast.ListComp(elt=item) | ast.GeneratorExp(elt=item) | ast.SetComp(elt=item):
            return value(mocks, item, ask)
        case ast.BinOp(left=left, right=right):  # a list twice, or two of them
            return _any([effect(mocks, left, ask), effect(mocks, right, ask)])
        case ast.IfExp() | ast.BoolOp() | ast.NamedExpr():
            return _any([effect(mocks, each, ask) for each in either(node)])
        case ast.Lambda(body=body):
            return value(mocks, body, ask)
        case ast.Name(id=name):
            local = local_function(mocks, node)
            if local is not None:
                return _result(mocks, local, ask, 0)
            bindings = mocks.places.fillings(node)
            held = (b.value for b in bindings if b.value is not None and last_name(b.value) != name)
            found = [_answer(ask(v.path)) for v in mocks.values(node) if v.real and not bindings]
            return _any([*(effect(mocks, each, ask) for each in held), *found])
        case ast.Attribute():
            return _any([_answer(ask(v.path)) for v in mocks.values(node) if v.real and v.path])
        case ast.Call(args=given):
            if mocks.constructor(node) == "AsyncMock":
                return YES
            if (dotted := mocks.dotted(node.func)) == "itertools.repeat":
                return _any([value(mocks, each, ask) for each in given[:1]])
            if dotted in _ITERATORS:  # of what it is given, or of what a function gives
                return _any([effect(mocks, each, ask) for each in given])
            return value(mocks, node, ask)
    return NO


def paths(mocks: Mocks, node: ast.expr) -> Iterator[str]:
    """The type paths that the two questions above ask about."""
    for each in ast.walk(node):
        held = [b.value for b in mocks.places.fillings(each)] if isinstance(each, ast.Name) else []
        wanted = [each, *(value.func for value in held if isinstance(value, ast.Call))]
        yield from (
            v.path for w in wanted if isinstance(w, ast.Name | ast.Attribute) for v in mocks.values(w) if v.path
        )


def _call(mocks: Mocks, node: ast.Call, ask: Ask) -> str:
    callee = node.func
    if mocks.constructor(callee) == "AsyncMock":
        return YES  # AsyncMock(..)()
    if mocks.mock_name(callee):
        return NO
    dotted = mocks.dotted(callee)
    last = callee.attr if isinstance(callee, ast.Attribute) else dotted.rpartition(".")[2]
    of_loop = last in _LOOP_METHODS and isinstance(callee, ast.Attribute)
    if of_loop or dotted in _FUTURES or last.endswith(AWAITED_NAMES):
        return YES
    if isinstance(callee, ast.Name) and (local := local_function(mocks, callee)) is not None:
        return _result(mocks, local, ask, 1)
    if dotted.startswith("builtins.") or dotted.startswith(_PLAIN_MODULES):
        return NO
    held = mocks.values(callee)
    if known := [a for v in held if v.path and (a := _answer(ask(v.path)))]:
        return _any(known)
    if any(v.mock == "async" for v in held):
        return YES
    if last[:1].isupper() or (held and all(v.mock in MOCKS.values() for v in held)):
        return NO  # a class, a mock
    if isinstance(callee, ast.Attribute):
        return NO if last in _PLAIN_METHODS else UNSURE
    return UNSURE if dotted and last not in dir(builtins) else NO


def _result(mocks: Mocks, function: Function, ask: Ask, depth: int) -> str:
    """Whether a function of this file gives something to await."""
    if isinstance(function, ast.AsyncFunctionDef) or (function.returns and _declares(mocks, function.returns)):
        return YES
    return _any([value(mocks, r, ask, depth) for r in mocks.places.results(function)])


def _declares(mocks: Mocks, annotation: ast.expr) -> bool:
    """Whether an annotation is that of something to await."""
    return mocks.places.types.result(annotation, {})[1] == "yes"


def _answer(answer: Answer) -> str:
    """What calling something gives; "" where nothing is known."""
    match answer.kind:
        case "coroutine":
            return YES
        case "sync":
            return {"yes": YES, "no": NO}.get(answer.awaitable, UNSURE)
        case "object" | "manager" | "asyncgen" | "property":
            return NO
    return ""


def _any(found: list[str]) -> str:
    return YES if YES in found else UNSURE if UNSURE in found else NO


def local_function(mocks: Mocks, node: ast.Name) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The function that a name means, defined in this file at whatever depth."""
    found = mocks.places.names.scope(node).find(node.id)
    return next((b.node for b in reversed(found[1]) if is_function(b.node)), None) if found else None


# ---- unwrapping --------------------------------------------------------------------------------


def unwrap(mocks: Mocks, node: ast.expr, slot: str, ask: Ask) -> list[Edit] | None:
    """The edits that unwrap one return value or side effect; None where it cannot be done."""
    if slot == "side_effect":
        return _unwrap_effect(mocks, node, ask)
    if value(mocks, node, ask) == NO:
        return []
    match node:
        case ast.Name():
            return _unwrap_future(mocks, node)
        case ast.Call(func=ast.Name() as callee):
            function = local_function(mocks, callee)
            return _unwrap_helper(mocks, node, function) if function is not None else None
    return None


def _unwrap_effect(mocks: Mocks, value: ast.expr, ask: Ask) -> list[Edit] | None:
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
    return [] if effect(mocks, value, ask) == NO else None


def _unwrap_helper(mocks: Mocks, call: ast.Call, function: Function) -> list[Edit] | None:
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


def _unwrap_future(mocks: Mocks, name: ast.Name) -> list[Edit] | None:
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
