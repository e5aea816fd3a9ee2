"""Where one file says what a mocked callable is: constructors, `new_callable=`, configured children.

A site is one mock object that may stand for a coroutine function, with everything a judgement needs:
what the slots it flows to expect, which places hold it, how those are configured and used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..engine.source import is_function
from .mocks import Mocks, configured, keyed, positions
from .places import Place
from .value import CONTROL, MOCKS, Value

CONFIG = ("return_value", "side_effect")
Given = tuple[str, ast.expr]  # one of these, and what it is
Groups = dict[
    tuple[ast.AST, Place], list[tuple[ast.Attribute, ast.stmt]]
]  # (function, child) → where it is configured


@dataclass(frozen=True, eq=False)
class Site:
    """One mock object.

    `style` is "call" (`x.m = Mock()`, also as an argument), "callable" (`new_callable=Mock`), "key"
    (`**{"m.return_value": v}`), "config" (`x.m.return_value = v` on an automatic child) or "factory"
    (a helper function or a subclass of Mock makes it: only reported).
    """

    style: Literal["call", "callable", "key", "config", "factory"]
    node: ast.expr  # the constructor's call, the class's name, the key, or `x.m` of the first line
    mock: str  # Mock, MagicMock or AsyncMock: what it is now
    roles: tuple[Value, ...]
    places: tuple[Place, ...] = ()
    names: tuple[str, ...] = ()  # what the mocked attribute is called
    lines: tuple[ast.stmt, ...] = ()  # of a "config" site
    holders: tuple[Value, ...] = ()  # of a "config" or "key" site: the mock whose child this is
    values: tuple[Given, ...] = ()  # every return value and side effect that it is given
    uses: tuple[ast.expr, ...] = ()  # every place where the mock itself is read
    spec: bool = False  # a class or function says what it is

    @property
    def wrapped(self) -> ast.expr | None:
        """The object that the mock calls."""
        keywords = self.node.keywords if isinstance(self.node, ast.Call) else []
        return next((k.value for k in keywords if k.arg == "wraps"), None)


def find(mocks: Mocks) -> list[Site]:
    """All sites of a file in the order of its text."""
    calls = (node for node in mocks.places.nodes if isinstance(node, ast.Call))
    found = [*(site for call in calls for site in _in_call(mocks, call)), *_children(mocks)]
    return sorted(found, key=lambda s: (s.node.lineno, s.node.col_offset))


def _in_call(mocks: Mocks, node: ast.Call) -> Iterator[Site]:
    mock = mocks.constructor(node)
    if not mock and mocks.dotted(node.func) in mocks.subclasses:
        yield Site("factory", node, "MagicMock", mocks.roles(node))
    if mock:
        site = _constructed(mocks, node, mock)
        spec = mocks.spec(node, wraps=False)
        if spec is not None:  # its children are right already; it is looked at as something that is called
            paths = [f"{v.path.removesuffix('!')}!" for v in mocks.values(spec) if v.path and v.real]
            site = replace(site, roles=tuple(Value(path, "V2") for path in paths), spec=True)
        yield site
    patch = mocks.patch(node)
    if patch is not None and "new_callable" in patch.keywords:
        name = patch.keywords["new_callable"]
        if (mock := mocks.mock_name(name)) in MOCKS:
            places = tuple(_patched_places(mocks, node))
            values = (pair for pair in patch.keywords.items() if pair[0] in CONFIG)
            yield Site(
                style="callable",
                node=name,
                mock=mock,
                roles=patch.targets,
                places=places,
                names=_last(patch.targets),
                values=(*values, *_assigned(mocks, places)),
                uses=tuple(u for place in places for u in mocks.places.reads(place)),
            )
    for keyword in node.keywords:
        if keyword.arg is None and isinstance(keyword.value, ast.Dict):
            yield from _keys(mocks, keyword.value)


def _constructed(mocks: Mocks, node: ast.Call, mock: str) -> Site:
    reached, places = positions(mocks, node)
    assigned = (t for p in reached for t in mocks.places.targets.get(p, ()) if isinstance(t, ast.Attribute))
    owners = (t.value if t.attr == "side_effect" else t for t in assigned)  # that one is called in its owner's place
    names = [t.attr for t in owners if isinstance(t, ast.Attribute)]
    names += [name for p in reached for name in _spelled(mocks, p)]
    found = mocks.roles(node)
    helper = any(
        isinstance(r := mocks.file.parents.get(p), ast.Return)
        and (function := mocks.places.function(r)) is not None
        and not mocks.places.is_fixture(function)
        and not mocks.places.fixtures.is_test(function)
        for p in reached
    )
    return Site(
        "factory" if helper else "call", node, mock, found, tuple(places), tuple(dict.fromkeys([*names, *_last(found)])),
        values=(*given(mocks, node), *_assigned(mocks, places)), uses=tuple(p for p in reached if p is not node),
    )  # fmt: skip


def _spelled(mocks: Mocks, node: ast.expr) -> Iterator[str]:
    """The name of the attribute that an expression is given to as text, or as the keyword of another mock."""
    parent, call = mocks.file.parents.get(node), mocks.places.taking(node)
    if call is not None and (patch := mocks.patch(call)) is not None and patch.new is node:
        yield from patch.names[-1:]
    elif call is not None and isinstance(parent, ast.keyword) and mocks.mock_name(call.func) in MOCKS:
        yield from [parent.arg] if parent.arg and parent.arg not in (*CONTROL, "return_value") else ()


def given(mocks: Mocks, call: ast.Call) -> Iterator[Given]:
    """Return values and side effects of the mock itself that a call's keywords give, also those of `**{...}`."""
    for keyword in call.keywords:
        if keyword.arg in CONFIG:
            yield keyword.arg, keyword.value
        elif keyword.arg is None and isinstance(keyword.value, ast.Dict):
            pairs = zip(map(mocks.text, keyword.value.keys), keyword.value.values, strict=True)
            yield from (pair for pair in pairs if pair[0] in CONFIG)


def _last(values: tuple[Value, ...]) -> tuple[str, ...]:
    names = (v.path.rpartition(".")[2] for v in values)
    return tuple(n for n in names if n.isidentifier())


def _patched_places(mocks: Mocks, call: ast.Call) -> Iterator[Place]:
    """The places that get the mock which a patch makes."""
    parent = mocks.file.parents[call]
    target = parent.optional_vars if isinstance(parent, ast.withitem) else None
    if target is not None and (place := mocks.places.place(target)) is not None:
        yield place
    for function in mocks.places.functions.values():
        for name, patch in mocks.injected(function):
            if patch.call is call:
                yield function, name
    yield from positions(mocks, call)[1]


def _assigned(mocks: Mocks, places: list[Place] | tuple[Place, ...]) -> Iterator[Given]:
    """Return values and side effects that are assigned to a mock in its places."""
    for scope, key in places:
        for name in CONFIG:
            for binding in mocks.places.bindings.get((scope, f"{key}.{name}"), []):
                if binding.value is not None:
                    yield name, binding.value
        for use in mocks.places.uses.get((scope, f"{key}.configure_mock"), []):
            call = mocks.places.calling(use)
            yield from given(mocks, call) if call is not None else ()


def _keys(mocks: Mocks, mapping: ast.Dict) -> Iterator[Site]:
    """`**{"m.return_value": v}`; `**{"m": Mock()}` is a constructor like any other."""
    seen: set[str] = set()
    texts = [mocks.text(k) for k in mapping.keys]
    for key, text in zip(mapping.keys, texts, strict=True):
        child, _, last = text.rpartition(".")
        owner, _, name = child.rpartition(".")
        if key is None or last not in CONFIG or not name or name in CONFIG or child in seen or child in texts:
            continue
        seen.add(child)
        found = tuple(keyed(mocks, mapping, child))
        call = mocks.places.taking(mapping)
        holders = keyed(mocks, mapping, owner) if owner or call is None else configured(mocks, call)
        slots = {f"{child}.{slot}": slot for slot in CONFIG}
        values = ((slots[t], v) for v, t in zip(mapping.values, texts, strict=True) if t in slots)
        yield Site("key", key, "MagicMock", found, (), (name,), holders=tuple(holders), values=tuple(values))


# ---- children that are configured without being assigned ---------------------------------------


def _children(mocks: Mocks) -> Iterator[Site]:
    """`x.m.return_value = v` on an automatic child of a mock, once per function and child."""
    groups: Groups = {}
    for statement in mocks.places.nodes:
        for child in _configured_children(statement):
            place = mocks.places.place(child)
            if place is not None:
                where: ast.AST = mocks.places.function(child) or mocks.file.tree
                assert isinstance(statement, ast.stmt)
                groups.setdefault((where, place), []).append((child, statement))
    for (function, place), members in groups.items():
        if _set_elsewhere(mocks, place, function, groups):
            continue
        child = members[0][0]
        if not (holders := mocks.values(child.value)):
            continue
        yield Site(
            style="config",
            node=child,
            mock="MagicMock",
            roles=tuple(mocks.values(child)),
            places=(place,),
            names=(child.attr,),
            lines=tuple(dict.fromkeys(s for _, s in members)),
            holders=holders,
            values=tuple(v for c, s in members for v in _set_by(mocks, c, s)),
            uses=tuple(
                u for u in mocks.places.reads(place) if mocks.places.function(u) is mocks.places.function(child)
            ),
        )


def _set_by(mocks: Mocks, child: ast.Attribute, statement: ast.stmt) -> Iterator[Given]:
    """The return values and side effects of a child that one of its lines sets."""
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=owner, attr=slot)], value=value) if owner is child:
            yield slot, value
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner)) as call) if owner is child:
            yield from given(mocks, call)


def _configured_children(statement: ast.AST) -> Iterator[ast.Attribute]:
    """Each `x.m` of a statement `x.m.return_value… = v` or `x.m.configure_mock(..)`."""
    match statement:
        case ast.Assign(targets=[ast.Attribute() as target]):
            chain: ast.expr = target
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="configure_mock") as callee)):
            chain = callee
        case _:
            return
    while isinstance(chain, ast.Attribute):
        inner = chain.value
        if (
            chain.attr in (*CONFIG, "configure_mock")
            and isinstance(inner, ast.Attribute)
            and inner.attr not in CONFIG
            and not inner.attr.startswith("__")  # __aenter__ is an AsyncMock by itself
        ):
            yield inner
        chain = inner


def _set_elsewhere(mocks: Mocks, place: Place, where: ast.AST, groups: Groups) -> bool:
    """Whether the child is an object of its own already: assigned, or configured by a fixture or setup."""
    places = mocks.places
    for origin in places.origins(place):
        makers = [f for f, other in groups if other == origin and f is not where]
        if places.bindings.get(origin) or (makers and origin != place):
            return True
        if any(is_function(maker) and places.is_setup(maker) for maker in makers):
            return True
    return False
