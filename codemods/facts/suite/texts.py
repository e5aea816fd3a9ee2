"""Which texts an expression may give: written in it, or where its variables, loops and parameters get them from.

So also which fixtures a function asks for while it runs: the names that `request.getfixturevalue` may get.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ...engine.arguments import arguments, defaults, given
from ...engine.bindings import Binding
from ...engine.grouping import grouped
from ...engine.names import Names, keywords, last_name
from ...engine.scopes import Scope
from ...engine.source import Function, is_function

NO_NAME = re.compile(  # calls whose arguments name a marker, an option or something else
    r"(get|iter|add)_(closest_)?markers?|get(option|ini|value|env)|add(option|ini|inivalue_line)"
    r"|mark|param|skip|skipif|xfail|fail|warn"
)
SAME = frozenset({  # calls that give what they get
    "set", "list", "tuple", "frozenset", "sorted", "reversed", "iter", "dict", "Counter", "OrderedDict", "deque",
    "copy", "deepcopy", "chain",
})  # fmt: skip
COPIES = SAME | {"keys", "union", "fromkeys"}
_METHODS = ("getfixturevalue", "getfuncargvalue")
_QUIET = frozenset(
    {":getattr", ":hasattr", ":isinstance", ":print", ":repr", ":str", ":type", ":id", ":vars", ":dir"}
)

Variable = tuple[Scope, str]
_Sequence = ast.List | ast.Tuple | ast.Set
# what gives a variable its values, None where it is not seen, and whether they are taken as they are
_Given = Iterator[tuple[ast.expr | None, bool]]


@dataclass
class Reach:
    """The texts that an expression may give: `exact` where each is one of its values as it stands."""

    texts: list[ast.Constant] = field(default_factory=list)
    exact: bool = True
    unknown: bool = False
    foreign: list[str] = field(default_factory=list)
    through: list[Variable] = field(default_factory=list)
    pattern: bool = False  # one text and no collection

    def add(self, other: Reach) -> None:
        self.texts += other.texts
        self.exact = self.exact and other.exact
        self.unknown = self.unknown or other.unknown
        self.foreign += other.foreign
        self.through += other.through


class Texts:
    """The texts of one file's expressions."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.consumed: set[ast.Name] = set()  # reads of variables that are accounted for
        self.parameters: set[str] = set()  # functions, "f(", whose parameters were asked for

    def reach(self, node: ast.expr | None, depth: int = 6) -> Reach:
        match node:
            case ast.Constant(value=str()):
                return Reach([node], pattern=True)
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                return self._all(parts, depth, not any(isinstance(p, _Sequence | ast.Dict) for p in parts))
            case ast.Dict(keys=keys):
                return self._all(keys, depth)
            case ast.BoolOp(values=values):
                return self._all(values, depth)
            case ast.IfExp(body=body, orelse=orelse):
                return self._all((body, orelse), depth)
            case ast.Starred(value=value) | ast.NamedExpr(value=value):
                return self.reach(value, depth)
            case ast.BinOp(op=ast.Add(), left=ast.Constant(value=str(left)), right=ast.Constant(value=str(right))):
                joined = ast.copy_location(ast.Constant(left + right), node)
                return Reach([joined], exact=False, pattern=True)
            case ast.BinOp(left=one, op=op, right=other):
                return self._all((one, other), depth, not isinstance(op, ast.Mod | ast.Mult))
            case ast.ListComp(elt=made) | ast.SetComp(elt=made) | ast.GeneratorExp(elt=made):
                self._consume(*(g.iter for g in node.generators))
                return self.reach(made, depth)
            case ast.Call(func=func, args=[first, *_]) if self.names.dotted(func) == "pytest.param":
                return self.reach(first, depth)
            case ast.Call(func=func, args=args) if last_name(func) in COPIES:
                return self._all([*args, *([func.value] if isinstance(func, ast.Attribute) else [])], depth)
            case ast.Call(func=func):
                texts = inside(node) if not NO_NAME.fullmatch(last_name(func)) else []
                return Reach(texts, exact=False, unknown=True)
            case ast.Name():
                return self._variable(node, depth)
            case ast.Attribute(attr=attr):
                dotted = self.names.dotted(node)
                if dotted and not dotted.startswith(":"):
                    return Reach(foreign=[dotted])
                kept = self._kept.get(attr, ())  # by a class or instance of the file
                return Reach([text for value in kept for text in inside(value)], exact=False, unknown=not kept)
            case ast.JoinedStr() | ast.Subscript() | ast.FormattedValue():
                return Reach(inside(node), exact=False, unknown=isinstance(node, ast.Subscript))
        return Reach()

    def _all(self, parts: Iterable[ast.expr | None], depth: int, exact: bool = True) -> Reach:
        found = Reach(exact=exact)
        for part in parts:
            found.add(self.reach(part, depth))
        return found

    def _consume(self, *nodes: ast.expr) -> None:
        self.consumed.update(n for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name))

    # ---- variables -------------------------------------------------------------------------

    def _variable(self, node: ast.Name, depth: int) -> Reach:
        self.consumed.add(node)
        home, bindings = self.names.scope(node).find(node.id) or (self.names.module, [])
        values = [value for binding in bindings if depth for value in self._given(binding, home)]
        dotted = "" if values else self.names.dotted(node)
        if dotted and not dotted.startswith(":"):
            return Reach(foreign=[dotted])
        found = Reach(unknown=not values)
        for value, exact in values:
            inner = self.reach(value, depth - 1) if value is not None else Reach(unknown=True)
            found.add(inner)
            found.exact = found.exact and exact
            found.pattern = found.pattern or inner.pattern
            if inner.texts:
                found.through.append((home, node.id))
        return found

    def _given(self, binding: Binding, home: Scope) -> _Given:
        """The expressions that give a variable, or collections of it."""
        if (loop := binding.loop) is not None:
            self._consume(loop.iter)
            place = _place(loop.target, binding.name)
            yield (loop.iter, False) if place is None else self._items(loop.iter, place)
        elif isinstance(home.node, Function | ast.Lambda) and binding.kind == "parameter":
            yield from self._parameter(home.node, binding.name)
        else:
            values = [value for target, value in _assigned(binding.statement) if target == binding.name]
            longer = isinstance(binding.statement, ast.AugAssign)
            yield from ((value, not (longer and isinstance(value, ast.Constant))) for value in values)
            if not values and binding.kind == "other":
                yield None, False

    def _parameter(self, function: Function | ast.Lambda, name: str) -> _Given:
        """What a parameter gets: its default, what calls in the same file hand in, and what parametrize marks say."""
        default = defaults(function).get(name)
        found: list[tuple[ast.expr | None, bool]] = [(default, True)] if default is not None else []
        if isinstance(function, Function):
            self.parameters.add(f"{function.name}(")
            calls = self._calls.get(function.name, [])
            handed = (given(function, call).get(name) for call in calls)
            found += [(value, True) for value in handed if value is not None]
            found += self._parametrized(function, name)
            if self._named[function.name] > len(calls):  # partial(has, "db")
                yield None, False
        literals = [(v, exact) for v, exact in found if v and not any(isinstance(n, ast.Name) for n in ast.walk(v))]
        yield from literals
        if len(literals) < len(found) or not found:
            yield None, False

    def _parametrized(self, function: Function, name: str) -> _Given:
        scopes = self.names.scope(function).ancestors()
        for around in (*[s.node for s in scopes if isinstance(s.node, ast.ClassDef | ast.Module)][::-1], function):
            decorators = [] if isinstance(around, ast.Module) else around.decorator_list
            marks = [] if is_function(around) else [v for v, _ in self.names.built(around.body, "pytestmark")]
            for mark in (leaf for m in (*decorators, *marks) for leaf, _ in self.names.spread(m)):
                if isinstance(mark, ast.Call) and self.names.dotted(mark.func) == "pytest.mark.parametrize":
                    told = parametrized(mark)
                    places = self.names.texts(told.get("argnames")) or []
                    if name in places and "indirect" not in told and (values := told.get("argvalues")) is not None:
                        yield self._items(values, (places.index(name),) if len(places) > 1 else ())

    def _value(self, node: ast.expr) -> ast.expr:
        """The expression that a variable of the function, or of the module, is assigned once."""
        if isinstance(node, ast.Name) and (found := self.names.scope(node).find(node.id)) and found[0].is_function:
            local = [value for b in found[1] for target, value in _assigned(b.statement) if target == node.id]
            return local[0] if len(local) == 1 else node
        return self.names.followed(node)

    def _items(self, values: ast.expr, place: tuple[int, ...]) -> tuple[ast.expr, bool]:
        """A collection of what stands at a place of each item."""
        inner = self._value(values)
        rows: list[ast.expr] = []
        if not place:
            return values, True
        if isinstance(inner, _Sequence):
            rows = [param_values(self.names, row, True) for row in inner.elts]
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "items":
            table = self._value(inner.func.value)
            if isinstance(table, ast.Dict) and place == (0,):
                return inner.func.value, True
            rows = [ast.Tuple([row, row]) for row in table.values] if isinstance(table, ast.Dict) else []
        parts = [part for row in rows if (part := _part(row, place)) is not None]
        return (ast.Tuple(parts), True) if rows and len(parts) == len(rows) else (values, False)

    # ---- the whole file --------------------------------------------------------------------

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.names.tree))

    @cached_property
    def _calls(self) -> dict[str, list[ast.Call]]:
        return grouped((last_name(n.func), n) for n in self._nodes if isinstance(n, ast.Call))

    @cached_property
    def _named(self) -> Counter[str]:
        return Counter(last_name(n) for n in self._nodes if isinstance(n, ast.Name | ast.Attribute))

    @cached_property
    def _kept(self) -> dict[str, list[ast.expr]]:
        """What variables and attributes are assigned."""
        return grouped(pair for node in self._nodes for pair in _assigned(node))

    # ---- what a function asks for ----------------------------------------------------------

    def asked(self, node: Function) -> tuple[str, ...]:
        """The names that a function, and those inside of it, ask for; "?" for those that are not seen."""
        found: list[str] = []
        for argument in (*_arguments(node), *_helped(self.names, node)):
            reach = self.reach(argument)
            if argument is not None and ast.unparse(argument) == "request.param":
                params = literal_params(self.names, node)
                found += ["?"] if params is None else [str(p.value) for p in params]
            elif reach.exact and reach.texts:
                found += [str(text.value) for text in reach.texts]
                found += ["?"] if reach.unknown or reach.foreign else []
            else:
                found.append("?")
        return tuple(dict.fromkeys(found))


def parametrized(call: ast.Call) -> dict[str, ast.expr]:
    """The arguments of `parametrize`, by name."""
    return dict(zip(("argnames", "argvalues", "indirect", "ids"), call.args, strict=False)) | keywords(call)


def param_values(names: Names, node: ast.expr, several: bool) -> ast.expr:
    """What one item of a parametrization stands for: what is in `pytest.param(…)`."""
    if isinstance(node, ast.Call) and names.dotted(node.func) == "pytest.param" and node.args:
        return ast.Tuple(node.args) if several else node.args[0]
    return node


def inside(node: ast.AST) -> list[ast.Constant]:
    """The texts somewhere in an expression that is not understood."""
    return [n for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _place(target: ast.expr, name: str) -> tuple[int, ...] | None:
    """Where a loop's target takes a name from each item: () for the item itself; None where it does not."""
    if isinstance(target, ast.Tuple | ast.List):
        found = [(n, *inner) for n, e in enumerate(target.elts) if (inner := _place(e, name)) is not None]
        return found[0] if found else None
    return () if isinstance(target, ast.Name) and target.id == name else None


def _part(node: ast.expr, place: tuple[int, ...]) -> ast.expr | None:
    for index in place:
        if not isinstance(node, ast.Tuple | ast.List) or index >= len(node.elts):
            return None
        node = node.elts[index]
    return node


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """(name or attribute, value) of what a statement binds."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((last_name(t), value) for t in targets if last_name(t))
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.NamedExpr(target=target, value=value)
            | ast.AugAssign(target=target, value=value)
        ) if last_name(target):
            yield last_name(target), value


def _arguments(node: Function) -> Iterator[ast.expr]:
    """What is given to getfixturevalue, called by itself, under another name or by `map`."""
    values = (n for n in ast.walk(node) if isinstance(n, ast.Assign) and getattr(n.value, "attr", "") in _METHODS)
    aliases = {t.id for n in values for t in n.targets if isinstance(t, ast.Name)}

    def is_method(func: ast.AST) -> bool:
        return getattr(func, "attr", "") in _METHODS or getattr(func, "id", "") in aliases

    for call in ast.walk(node):
        if isinstance(call, ast.Call) and is_method(call.func):
            yield from call.args[:1] or [k.value for k in call.keywords if k.arg == "argname"]
        elif isinstance(call, ast.Call) and any(is_method(a) for a in call.args):
            yield from (a for a in call.args if getattr(call.func, "id", "") != "map" or not is_method(a))


def _helped(names: Names, node: Function) -> Iterator[ast.expr | None]:
    """What the functions of the module ask for that are given the request; None for what is not seen."""
    todo: list[tuple[Function, dict[str, ast.expr], int]] = []
    if any(p.arg == "request" for p in arguments(node.args)):
        todo.append((node, {"request": ast.Name("request")}, 0))
    while todo:
        caller, known, depth = todo.pop()
        requests = [n for n, v in known.items() if isinstance(v, ast.Name) and v.id == "request"]
        for call in ast.walk(caller):
            if not isinstance(call, ast.Call) or names.dotted(call.func) in _QUIET:
                continue
            handed = (*call.args, *(k.value for k in call.keywords))
            if not any(isinstance(v, ast.Name) and v.id in requests for v in handed):
                continue
            helpers = [n for n in names.body if is_function(n) and n.name == getattr(call.func, "id", "")]
            if len(helpers) != 1 or depth == 3:
                yield None
                continue
            told = given(helpers[0], call, bound=False)
            filled = defaults(helpers[0]) | {n: known.get(getattr(v, "id", ""), v) for n, v in told.items()}
            yield from (filled.get(getattr(a, "id", ""), a) for a in _arguments(helpers[0]))
            todo.append((helpers[0], filled, depth + 1))


def literal_params(names: Names, node: Function) -> list[ast.Constant] | None:
    """The params of a fixture where every one is a plain string; None elsewhere."""
    calls = (d for d in node.decorator_list if isinstance(d, ast.Call))
    given = next((p for c in calls if (p := keywords(c).get("params")) is not None), None)
    values = names.followed(given) if given is not None else None
    items = [param_values(names, v, False) for v in getattr(values, "elts", ())]
    texts = [i for i in items if isinstance(i, ast.Constant) and isinstance(i.value, str)]
    return texts if isinstance(values, ast.List | ast.Tuple) and len(texts) == len(items) else None
