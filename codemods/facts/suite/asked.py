"""Which fixtures a function asks for while it runs: the names that `request.getfixturevalue` may get."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...engine.arguments import defaults, given
from ...engine.names import Names, keywords
from ...engine.source import Function, is_function, statements

_METHODS = ("getfixturevalue", "getfuncargvalue")
_QUIET = frozenset(
    {":getattr", ":hasattr", ":isinstance", ":print", ":repr", ":str", ":type", ":id", ":vars", ":dir"}
)


_Value = tuple[Function, ast.expr]  # an expression, and the function in which it stands


@dataclass(frozen=True)
class Asked:
    """The names: written in the call, handed over by a fixture's params, or values of a variable that holds literals."""

    written: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    unknown: bool = False  # some name is computed

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, "?" for those that are not seen."""
        unknown = ("?",) if self.unknown else ()
        return tuple(dict.fromkeys([*self.written, *self.handed, *self.held, *unknown]))


def asked(names: Names, node: Function) -> Asked:
    """What a function, and those inside of it, ask for."""
    written: list[str] = []
    handed: list[str] = []
    held: list[str] = []
    unknown = False
    for argument in _arguments(node):
        if text := names.text(argument):
            written.append(text)
        elif ast.unparse(argument) == "request.param" and (params := literal_params(names, node)) is not None:
            handed += [str(p.value) for p in params]
        else:
            values = [names.text(v) for v in _values(names, node, argument)]
            held += [v for v in values if v]
            unknown = unknown or not values or None in values
    for value in _helped(names, node):
        held += [value] if value else []
        unknown = unknown or value is None
    return Asked(tuple(written), tuple(handed), tuple(held), unknown)


def _arguments(node: Function) -> Iterator[ast.expr]:
    """What is given to getfixturevalue, called by itself, under another name or by `map`."""
    aliases = {
        t.id
        for n in ast.walk(node)
        if isinstance(n, ast.Assign) and isinstance(n.value, ast.Attribute) and n.value.attr in _METHODS
        for t in n.targets
        if isinstance(t, ast.Name)
    }

    def is_method(func: ast.AST) -> bool:
        named = isinstance(func, ast.Name) and func.id in aliases
        return named or (isinstance(func, ast.Attribute) and func.attr in _METHODS)

    for call in ast.walk(node):
        if isinstance(call, ast.Call) and is_method(call.func):
            yield from call.args[:1] or [k.value for k in call.keywords if k.arg == "argname"]
        elif isinstance(call, ast.Call) and any(is_method(a) for a in call.args):
            others = [a for a in call.args if not is_method(a)]
            is_map = isinstance(call.func, ast.Name) and call.func.id == "map" and len(others) == 1
            yield from _elements(others[0]) if is_map else call.args


def _helped(names: Names, node: Function) -> Iterator[str | None]:
    """What the functions of the module ask for that are given the request; None for what is not seen."""
    todo: list[tuple[Function, dict[str, _Value], int]] = []
    if any(p.arg == "request" for p in parameters(node)):
        todo.append((node, {"request": (node, ast.Name("request"))}, 0))
    while todo:
        caller, known, depth = todo.pop()
        requests = [n for n, (_, v) in known.items() if isinstance(v, ast.Name) and v.id == "request"]

        def meant(value: ast.expr, caller: Function = caller, known: dict[str, _Value] = known) -> _Value:
            return known.get(value.id, (caller, value)) if isinstance(value, ast.Name) else (caller, value)

        for call in ast.walk(caller):
            if not isinstance(call, ast.Call) or names.dotted(call.func) in _QUIET:
                continue
            if not any(isinstance(v, ast.Name) and v.id in requests for v in _given(call)):
                continue
            helper = _local(names, call.func)
            if helper is None or depth == 3:
                yield None
                continue
            filled = {n: (helper, v) for n, v in defaults(helper).items()}
            filled |= {name: meant(v) for name, v in given(helper, call, bound=False).items()}
            for argument in _arguments(helper):
                owner, value = filled.get(getattr(argument, "id", ""), (helper, argument))
                text = names.text(value)
                yield from [text] if text else (names.text(v) for v in _values(names, owner, value))
            todo.append((helper, filled, depth + 1))


def _given(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    yield from (k.value for k in call.keywords)


def _local(names: Names, func: ast.expr) -> Function | None:
    """The one function of this module that a name means."""
    found = [n for n in names.body if is_function(n) and isinstance(func, ast.Name) and n.name == func.id]
    return found[0] if len(found) == 1 else None


def _elements(node: ast.expr) -> Iterable[ast.expr]:
    return node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]


def _values(names: Names, node: Function, argument: ast.expr) -> Iterator[ast.expr | None]:
    """The expressions that an argument may stand for; None for one that is not seen."""
    if isinstance(argument, ast.IfExp):
        for side in (argument.body, argument.orelse):
            yield from [side] if names.text(side) else _values(names, node, side)
    elif isinstance(argument, ast.Name):
        found = list(_bindings(names, node, argument))
        yield from found or [None]
    else:
        yield None


def _bindings(names: Names, node: Function, variable: ast.Name) -> Iterator[ast.expr | None]:
    """What a local name is bound to: by an assignment, a loop over literals, a parametrize mark."""
    name = variable.id
    _, bindings = names.scope(variable).find(name) or (None, [])
    for binding in bindings:
        if (loop := binding.loop) is not None:
            yield from _items(names, loop.iter, _place(loop.target, name) or ())
        elif binding.kind != "parameter":
            yield binding.value
    for mark in _marks(names, node):
        if isinstance(mark, ast.Call) and names.dotted(mark.func) == "pytest.mark.parametrize":
            told = dict(zip(("argnames", "argvalues"), mark.args, strict=False)) | keywords(mark)
            places = names.texts(told.get("argnames")) or []
            if name in places and not _is_indirect(mark):
                place = (places.index(name),) if len(places) > 1 else ()
                yield from _items(names, told.get("argvalues"), place)


def _marks(names: Names, node: Function) -> Iterator[ast.expr]:
    """The decorators of a function, and those and the `pytestmark` of what is around it."""
    for around in (names.tree, *_classes(names.tree.body, node), node):
        decorators = [] if isinstance(around, ast.Module) else around.decorator_list
        marks = [] if is_function(around) else [v for v, _ in names.built(around.body, "pytestmark")]
        for mark in [*decorators, *marks]:
            mark = names.followed(mark)
            yield from (names.followed(m) for m in mark.elts) if isinstance(mark, ast.List | ast.Tuple) else (mark,)


def _classes(body: Sequence[ast.stmt], node: Function) -> list[ast.ClassDef]:
    """The classes around a function, the outermost first."""
    for each in statements(body):
        if isinstance(each, ast.ClassDef) and each.lineno <= node.lineno <= (each.end_lineno or 0):
            return [each, *_classes(each.body, node)]
    return []


def _is_indirect(call: ast.Call) -> bool:
    return len(call.args) > 2 or "indirect" in keywords(call)


def _place(target: ast.expr, name: str) -> tuple[int, ...] | None:
    """Where a loop's target takes a name from each item: () for the item itself; None where it does not."""
    if isinstance(target, ast.Tuple | ast.List):
        found = [(n, *inner) for n, e in enumerate(target.elts) if (inner := _place(e, name)) is not None]
        return found[0] if found else None
    return () if isinstance(target, ast.Name) and target.id == name else None


def _items(names: Names, values: ast.expr | None, place: tuple[int, ...]) -> Iterator[ast.expr | None]:
    """The parts at a place of the items of a literal collection."""
    values = names.followed(values) if values is not None else None
    if isinstance(values, ast.Call) and names.dotted(values.func) in (
        ":sorted",
        ":list",
        ":tuple",
        ":set",
        ":reversed",
    ):
        values = values.args[0] if values.args else None
    items: list[ast.expr | None] = []
    if isinstance(values, ast.List | ast.Tuple | ast.Set):
        items += values.elts
    elif isinstance(values, ast.Dict):
        items += values.keys
    if not items:
        yield None
    for item in items:
        if isinstance(item, ast.Call) and names.dotted(item.func) == "pytest.param":
            item = ast.Tuple(item.args) if place else next(iter(item.args), None)
        for index in place:
            parts = item.elts if isinstance(item, ast.Tuple | ast.List) else []
            item = parts[index] if index < len(parts) else None
        yield item


def parameters(node: Function) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def literal_params(names: Names, node: Function) -> list[ast.Constant] | None:
    """The params of a fixture where every one is a plain string; None elsewhere."""
    calls = [d for d in node.decorator_list if isinstance(d, ast.Call)]
    given = next((p for c in calls if (p := keywords(c).get("params")) is not None), None)
    values = names.followed(given) if given is not None else None
    if not isinstance(values, ast.List | ast.Tuple):
        return None
    found: list[ast.Constant] = []
    for value in values.elts:
        item = (
            value.args[0]
            if isinstance(value, ast.Call) and value.args and names.dotted(value.func) == "pytest.param"
            else value
        )
        if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
            return None
        found.append(item)
    return found
