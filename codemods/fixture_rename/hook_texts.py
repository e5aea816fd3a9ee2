"""Which texts an expression may give: written in it, or where its variables, loops and parameters get them from."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..engine.arguments import defaults, given
from ..engine.bindings import Binding
from ..engine.names import Names
from ..engine.scopes import Scope
from ..engine.source import Function
from .asked_names import SAME, AskedNames

NO_NAME = frozenset(  # calls whose arguments name a marker, an option or something else
    [
        "get_closest_marker",
        "iter_markers",
        "get_marker",
        "add_marker",
        "getoption",
        "getini",
        "getvalue",
        "addini",
        "addoption",
        "addinivalue_line",
        "getenv",
        "mark",
        "xfail",
        "skip",
        "skipif",
        "param",
        "warn",
        "fail",
    ]
)
COPIES = SAME | {"keys", "union", "fromkeys"}

Variable = tuple[ast.AST | None, str]  # a function's variable, or one of the module
Bound = tuple[ast.expr | None, bool]  # what gives a variable its values, and whether they are taken as they are


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
    """The texts of one file's expressions; `unit` is the function or statement that they stand in."""

    def __init__(self, names: Names, asked: AskedNames) -> None:
        self.names, self.asked = names, asked
        self.consumed: set[ast.Name] = set()  # reads of variables that are accounted for
        self.parameters: set[str] = set()  # functions, "f(", that compare what they get with names

    @property
    def unit(self) -> ast.AST:
        return self.asked.unit

    def reach(self, node: ast.expr | None, depth: int = 6) -> Reach:
        found = Reach()
        match node:
            case None | ast.Constant() | ast.Lambda():
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.texts.append(node)
                    found.pattern = True
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                for part in parts:
                    inner = self.reach(part, depth)
                    inner.exact = inner.exact and not isinstance(part, ast.List | ast.Tuple | ast.Set | ast.Dict)
                    found.add(inner)
            case ast.Dict(keys=keys):
                for key in keys:
                    found.add(self.reach(key, depth))
            case ast.Starred(value=value) | ast.NamedExpr(value=value):
                found = self.reach(value, depth)
            case ast.BinOp(op=ast.Add(), left=ast.Constant(value=str(left)), right=ast.Constant(value=str(right))):
                joined = ast.copy_location(ast.Constant(left + right), node)
                found = Reach([joined], exact=False, pattern=True)
            case ast.BinOp(left=left, right=right):
                for side in (left, right):
                    found.add(self.reach(side, depth))
                found.exact = found.exact and not isinstance(node.op, ast.Mod | ast.Mult)
            case ast.BoolOp(values=values):
                for value in values:
                    found.add(self.reach(value, depth))
            case ast.IfExp(body=body, orelse=orelse):
                for side in (body, orelse):
                    found.add(self.reach(side, depth))
            case (
                ast.ListComp(elt=made, generators=generators)
                | ast.SetComp(elt=made, generators=generators)
                | ast.GeneratorExp(elt=made, generators=generators)
            ):
                found = self.reach(made, depth)
                self.consumed.update(n for g in generators for n in ast.walk(g.iter) if isinstance(n, ast.Name))
            case ast.Call():
                found = self._called(node, depth)
            case ast.Name(id=name):
                found = self._variable(node, name, depth)
            case ast.Attribute():
                found = self._attribute(node)
            case ast.JoinedStr() | ast.Subscript() | ast.FormattedValue():
                found = self._inside(node)
                found.unknown = isinstance(node, ast.Subscript)
        return found

    def _inside(self, node: ast.AST) -> Reach:
        """The texts somewhere in an expression that is not understood."""
        texts = [n for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        return Reach(texts, exact=False)

    def _called(self, node: ast.Call, depth: int) -> Reach:
        word = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
        found = Reach()
        if word in COPIES:
            parts = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
            for part in parts:
                found.add(self.reach(part, depth))
            return found
        if word not in NO_NAME:
            found = self._inside(node)
        found.unknown = True
        found.exact = False
        return found

    def _variable(self, node: ast.Name, name: str, depth: int) -> Reach:
        self.consumed.add(node)
        bindings = list(self._bindings(node)) if depth else []
        found = Reach()
        dotted = "" if bindings else self.names.dotted(node)
        if dotted and not dotted.startswith(":"):
            return Reach(foreign=[dotted])
        for value, exact, unit in bindings:
            inner = self.reach(value, depth - 1)
            inner.exact = inner.exact and exact
            found.pattern = found.pattern or inner.pattern
            found.add(inner)
            if inner.texts:
                found.through.append((unit, name))
        found.unknown = found.unknown or not bindings
        return found

    def _bindings(self, node: ast.Name) -> Iterator[tuple[ast.expr | None, bool, ast.AST | None]]:
        """What a variable is bound to: an expression that gives it (or collections of it), and whose variable it is."""
        home, bindings = self.names.scope(node).find(node.id) or (self.names.module, [])
        for binding in bindings:
            for value, exact in self._given(binding, home):
                yield value, exact, None if home is self.names.module else self.unit

    def _given(self, binding: Binding, home: Scope) -> Iterator[Bound]:
        if (loop := binding.loop) is not None:
            self.consumed.update(n for n in ast.walk(loop.iter) if isinstance(n, ast.Name))
            yield self._items(loop.iter, loop.target, binding.name)
        elif (
            isinstance(home.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and binding.kind == "parameter"
        ):
            yield from self._parameter(home.node, binding.name)
        else:
            yield from ((value, True) for target, value in assigned(binding.statement) if target == binding.name)

    def _parameter(self, function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, name: str) -> Iterator[Bound]:
        """What a parameter gets: its default, and what calls in the same file hand in."""
        if name not in [a.arg for a in ast.walk(function.args) if isinstance(a, ast.arg)]:
            return
        default = defaults(function).get(name)
        found = [default] if default is not None else []
        if isinstance(function, Function):
            self.parameters.add(f"{function.name}(")
            every_node = [n for nodes in self.asked.nodes.values() for n in nodes]
            calls = [n for n in every_node if isinstance(n, ast.Call) and _word(n.func) == function.name]
            for call in calls:
                value = given(function, call).get(name)
                found += [value] if value is not None else []
            named = [n for n in every_node if isinstance(n, ast.Name | ast.Attribute) and _word(n) == function.name]
            if len(named) > len(calls):  # partial(has, "db")
                yield ast.Name(f"{name}?", ast.Load()), False
        literals = [v for v in found if not any(isinstance(n, ast.Name) for n in ast.walk(v))]
        yield from ((value, True) for value in literals)
        if len(literals) < len(found) or not found:
            yield ast.Name(f"{name}?", ast.Load()), False  # nothing is called so: it is not known

    def _value(self, node: ast.expr) -> ast.expr:
        """The expression that a variable of the function, or of the module, is assigned once."""
        if isinstance(node, ast.Name) and (found := self.names.scope(node).find(node.id)) and found[0].is_function:
            local = [value for b in found[1] for target, value in assigned(b.statement) if target == node.id]
            return local[0] if len(local) == 1 else node
        return self.names.followed(node)

    def _items(self, values: ast.expr, target: ast.expr, name: str) -> tuple[ast.expr, bool]:
        """A collection of what a loop's target takes from each item."""
        if isinstance(target, ast.Name):
            return values, True
        place = next(
            (i for i, t in enumerate(getattr(target, "elts", ())) if isinstance(t, ast.Name) and t.id == name), None
        )
        inner = self._value(values)
        if place is None:
            return values, False
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "items":
            table = self._value(inner.func.value)
            if isinstance(table, ast.Dict):
                return inner.func.value if place == 0 else ast.Tuple(list(table.values), ast.Load()), True
        if isinstance(inner, ast.List | ast.Tuple | ast.Set):
            parts = [e.elts[place] for e in inner.elts if isinstance(e, ast.Tuple | ast.List) and len(e.elts) > place]
            if len(parts) == len(inner.elts):
                return ast.Tuple(parts, ast.Load()), True
        return values, False

    def _attribute(self, node: ast.Attribute) -> Reach:
        """What a class or instance of the file keeps under the name; a constant of another module."""
        dotted = self.names.dotted(node)
        if dotted and not dotted.startswith(":"):
            return Reach(foreign=[dotted])
        kept = [
            value
            for nodes in self.asked.nodes.values()
            for each in nodes
            for target, value in assigned(each, attributes=True)
            if target == node.attr
        ]
        found = Reach(exact=False, unknown=not kept)
        for value in kept:
            found.add(self._inside(value))
        return found


def _word(node: ast.expr) -> str:
    return getattr(node, "attr", "") or getattr(node, "id", "")


def assigned(node: ast.AST, attributes: bool = False) -> Iterable[tuple[str, ast.expr]]:
    """(name, value) of what a statement binds; with `attributes`, also of `self.name = value`."""
    targets: list[ast.expr] = []
    match node:
        case ast.Assign(targets=several, value=value):
            targets = several
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.NamedExpr(target=target, value=value)
            | ast.AugAssign(target=target, value=value)
        ):
            targets.append(target)
        case _:
            return
    for bound in targets:
        if isinstance(bound, ast.Name):
            yield bound.id, value
        elif attributes and isinstance(bound, ast.Attribute):
            yield bound.attr, value
