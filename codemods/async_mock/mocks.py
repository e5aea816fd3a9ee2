"""What the slots that a mock flows to expect it to be.

A mock is followed through variables, `self` attributes, fixtures and helper functions of its file to
assignments, patches, keyword arguments of other mocks, and parameters with a declared type.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from ..engine.source import is_function
from .objects import Objects
from .places import Place
from .value import CONTROL, MOCKS, Value, step


class Mocks(Objects):
    """The objects of one file, and the roles of its mocks."""

    def roles(self, node: ast.expr) -> tuple[Value, ...]:
        return self.guarded("roles", node, lambda n: (v for p in positions(self, n)[0] for v in at(self, p)))


def positions(mocks: Objects, node: ast.expr) -> tuple[list[ast.expr], list[Place]]:
    """The expression and every read of a place that it reaches, and those places."""
    found: dict[ast.expr, None] = {node: None}
    reached: dict[Place, None] = {}
    queue = [node]
    while queue and len(found) < 300:
        current = queue.pop(0)
        parent = mocks.file.parents.get(current)
        fresh: list[ast.expr] = [parent] if isinstance(parent, ast.IfExp | ast.NamedExpr) else []
        places = [*mocks.places.holders.get(current, ())]
        if isinstance(parent, ast.Call | ast.keyword) and (parameter := mocks.places.taken(current)) is not None:
            places.append(parameter)
        if isinstance(parent, ast.Return | ast.Yield):
            calls, parameters = _received(mocks, parent)
            fresh += calls
            places += parameters
        for place in places:
            if place not in reached:
                reached[place] = None
                fresh += mocks.places.reads(place)
        queue += [f for f in fresh if f not in found]
        found.update(dict.fromkeys(fresh))
    return list(found), list(reached)


def _received(mocks: Objects, statement: ast.Return | ast.Yield) -> tuple[list[ast.Call], list[Place]]:
    """Who gets what a fixture or helper function gives: its calls, and the parameters that request it."""
    places = mocks.places
    function = places.function(statement)
    if function is None:
        return [], []
    if (name := places.fixtures.name(function)) is not None:
        asked = ((place, place[0]) for place in places.requests.get(name, ()))
        return [], [p for p, by in asked if is_function(by) and function in places.fixtures.given(by, name).functions]
    return places.calls.get(function, []), []


def at(mocks: Objects, node: ast.expr) -> Iterator[Value]:
    """What the slot that an expression stands in expects."""
    for target in mocks.places.targets.get(node, ()):
        if isinstance(target, ast.Attribute) and target.attr == "side_effect":
            yield from mocks.values(target.value)  # called in its place
        elif isinstance(target, ast.Attribute):
            yield from (s for v in mocks.values(target.value) for s in step(v, target.attr))
    parent, call = mocks.file.parents.get(node), mocks.places.taking(node)
    if call is not None and (patch := mocks.patch(call)) is not None and patch.new is node:
        yield from (replace(v, mock="") for v in patch.targets)
        return
    match parent:
        case ast.Lambda(body=body) if body is node:
            yield from (replace(v, path=f"{v.path}()") for v in at(mocks, parent) if v.path)
        case ast.AnnAssign(annotation=annotation):
            if declared := mocks.declared(annotation):
                yield Value(declared, "V1")
        case ast.Return() | ast.Yield():
            function = mocks.places.function(parent)
            if function is not None and (declared := mocks.declared_result(function)):
                yield Value(declared, "V1")
        case ast.keyword(arg=str(name)) if call is not None:
            yield from _keyword(mocks, call, name)
        case ast.List() | ast.Tuple():  # one of the results, in their order
            yield from (replace(v, path=f"{v.path}()") for v in _effects(mocks, parent) if v.path)
        case ast.Dict(keys=keys, values=items) if node in items:
            yield from keyed(mocks, parent, mocks.text(keys[items.index(node)]))
        case ast.Call(args=arguments) if node in arguments:
            yield from _argument(mocks, parent, node)


def _effects(mocks: Objects, listed: ast.expr) -> Iterator[Value]:
    """The mock whose calls give the items of a list one by one: `side_effect=[…]`."""
    parent = mocks.file.parents.get(listed)
    match parent:
        case ast.keyword(arg="side_effect") if (call := mocks.places.taking(listed)) is not None:
            yield from configured(mocks, call)
        case ast.Assign(targets=[ast.Attribute(value=owner, attr="side_effect")]):
            yield from mocks.values(owner)


def keyed(mocks: Objects, mapping: ast.Dict, text: str) -> Iterator[Value]:
    """What `**{text: …}` of a mock's constructor, of patch or of configure_mock configures."""
    keyword = mocks.file.parents.get(mapping)
    call = mocks.places.taking(mapping) if isinstance(keyword, ast.keyword) and keyword.arg is None else None
    found = configured(mocks, call) if call is not None and text else []
    for name in text.split("."):
        found = [s for v in found for s in step(v, name)]
    yield from found


def configured(mocks: Objects, call: ast.Call) -> list[Value]:
    """The mock whose attributes a call's keywords configure."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "configure_mock":
        return list(mocks.values(call.func.value))
    if (patch := mocks.patch(call)) is not None:
        return list(mocks.patched(patch)) if patch.name in ("patch", "patch.object") else []
    name = mocks.mock_name(call.func)
    return list(mocks.values(call)) if name in MOCKS or name == "create_autospec" else []


def _keyword(mocks: Objects, call: ast.Call, name: str) -> Iterator[Value]:
    patch = mocks.patch(call)
    if patch is not None and patch.name == "patch.multiple":
        yield from (s for v in patch.targets for s in step(v, name))
    elif found := configured(mocks, call):
        if name == "side_effect":
            yield from found  # called in its place
        elif name not in CONTROL:
            yield from (s for v in found for s in step(v, name))
    elif not mocks.mock_name(call.func):
        yield from _declared(mocks, call, name)


def _argument(mocks: Objects, call: ast.Call, node: ast.expr) -> Iterator[Value]:
    index = call.args.index(node)
    several = any(isinstance(a, ast.Starred) for a in call.args[:index])
    if several or mocks.mock_name(call.func) or mocks.patch(call) is not None:
        return
    if isinstance(call.func, ast.Attribute) and call.func.attr == "attach_mock" and len(call.args) == 2:
        yield from (s for v in mocks.values(call.func.value) for s in step(v, mocks.text(call.args[1])))
    else:
        yield from _declared(mocks, call, str(index))


def _declared(mocks: Objects, call: ast.Call, which: str) -> Iterator[Value]:
    """What a parameter of what is called is declared as."""
    yield from (Value(f"{v.path}#{which}", "V6") for v in mocks.values(call.func) if v.callee)
