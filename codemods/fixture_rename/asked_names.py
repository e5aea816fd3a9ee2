"""Which expressions of a file hold names of fixtures: what a hook, a plugin or a fixture asks pytest for.

`item.fixturenames`, `getattr(item, "fixturenames", ())`, `fixturedef.argname` and their like are where names
come from; they are followed through variables, loops, comprehensions, calls of functions of the same file, and
what these return. It is followed by name within one function, so a variable that also holds something else is
no more than DERIVED: a text that is compared with it cannot be told apart.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from ..engine.arguments import given
from ..engine.grouping import grouped
from ..engine.names import Names, keywords, last_name
from ..engine.source import is_function
from ..facts.suite.texts import SAME

Kind = Literal["", "names", "name", "derived", "items", "holder"]  # "" for anything else
NAMES: Final = "names"  # a collection of names, or a mapping by them
NAME: Final = "name"
DERIVED: Final = "derived"  # made from names: parts, joined texts, what an unknown function gives
_ITEMS: Final = "items"  # pairs of a name and something else
_HOLDER: Final = "holder"  # a callspec, mark or signature: has names in an attribute

_COLLECTIONS = frozenset({
    "fixturenames", "funcargnames", "funcargs", "names_closure", "initialnames", "argnames", "name2fixturedefs",
    "_arg2fixturedefs", "co_varnames",
})  # fmt: skip
_OF_HOLDERS = ("params", "indices", "_arg2scope", "args", "parameters", "kwonlyargs")
_SINGLE = frozenset({"argname", "fixturename"})
WORTH = re.compile(
    rf"\b({'|'.join(sorted(_COLLECTIONS | _SINGLE))}|callspec|signature|getfullargspec|iter_markers|get_closest_marker)\b"
)
_ASKING = frozenset("get count index isdisjoint issubset issuperset values".split())  # noqa: SIM905
PLAIN = frozenset("len bool any all isinstance sum print id hash hasattr callable type".split())  # noqa: SIM905
SET_METHODS = frozenset("keys copy union intersection difference symmetric_difference".split())  # noqa: SIM905
VALUES = _ASKING | frozenset("append add discard remove update extend insert sort".split())  # noqa: SIM905
_TESTED = frozenset("obj function func fixturefunc _obj testfunction".split())  # noqa: SIM905

_BINDING = (  # what binds a variable, hands something on or gives it back
    ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.AugAssign, ast.For, ast.AsyncFor, ast.comprehension, ast.withitem,
    ast.Call, ast.FunctionDef, ast.AsyncFunctionDef, ast.Global,
)  # fmt: skip


# what a variable of a unit holds, or what a function of the file (no unit) returns: kinds, "" for anything else
_Held = dict[tuple[ast.AST | None, str], set[Kind]]


class AskedNames:
    """The kind of every expression of one file, and what leaves the file."""

    def __init__(self, names: Names, worth: bool) -> None:
        self.names = names
        self.nodes = {unit: list(ast.walk(unit)) for unit in _units(names.tree.body)}
        self.homes = {node: unit for unit, nodes in self.nodes.items() for node in nodes if is_function(node)}
        self.functions = grouped((node.name, node) for node in self.homes)
        self.held: _Held = {}
        self.attributes: set[str] = set()  # attributes and global variables that names are stored in
        self.given: set[str] = set()  # functions that get names, "f(", for other files
        self.unit: ast.AST = next(iter(self.nodes), ast.Module([], []))
        self._binding = {unit: [n for n in nodes if isinstance(n, _BINDING)] for unit, nodes in self.nodes.items()}
        for _ in range(8 if worth else 0):
            known = self.held
            self._next: _Held = {}
            for unit in self.nodes:
                self._bind(unit)
            self.held = self._next
            if known == self.held:
                break

    @property
    def told(self) -> frozenset[str]:
        """Words under which other files may get names of fixtures from this one."""
        returning = {name for (unit, name), kinds in self.held.items() if unit is None and kinds - {""}}
        return frozenset({*self.attributes, *self.given, *returning})

    # ---- what binds a variable ---------------------------------------------------------------

    def _bind(self, unit: ast.AST) -> None:
        self.unit = unit
        for node in self._binding[unit]:
            match node:
                case ast.Assign(targets=targets, value=value):
                    for target in targets if not _is_empty(value) else ():
                        self._hold(target, self.kind(value))
                case (
                    ast.AnnAssign(target=target, value=ast.expr() as value)
                    | ast.NamedExpr(target=target, value=value)
                ):
                    self._hold(target, self.kind(value))
                case ast.AugAssign(target=target, value=value) if self.kind(value):
                    self._hold(target, self.kind(value))
                case (
                    ast.For(target=target, iter=values)
                    | ast.AsyncFor(target=target, iter=values)
                    | ast.comprehension(target=target, iter=values)
                ):
                    self._loop(target, values)
                case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                    self._hold(target, self.kind(value) and DERIVED)
                case ast.Call():
                    self._pass(node)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    for inner in ast.walk(node):  # what it, and those inside of it, return and yield
                        if isinstance(inner, ast.Return | ast.Yield | ast.YieldFrom) and inner.value is not None:
                            self._note(None, node.name, self.kind(inner.value))
                case ast.Global(names=names):
                    self.attributes.update(n for n in names if self.held.get((unit, n), set()) - {""})

    def _note(self, unit: ast.AST | None, name: str, kind: Kind) -> None:
        self._next.setdefault((unit, name), set()).add(kind)

    def _hold(self, target: ast.expr, kind: Kind) -> None:
        match target:
            case ast.Name(id=name):
                self._note(self.unit, name, kind)
            case ast.Attribute(attr=attr) if kind and attr not in _COLLECTIONS | _SINGLE:
                self.attributes.add(attr)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self._hold(part, kind and DERIVED)
            case ast.Starred(value=value) | ast.Subscript(value=value):
                self._hold(value, kind)

    def _loop(self, target: ast.expr, values: ast.expr) -> None:
        kind = self.kind(values)
        kinds: list[Kind] = [NAME, ""] if kind == _ITEMS else []
        if isinstance(values, ast.Call) and kind == NAMES:  # enumerate, zip
            counts = ast.unparse(values.func) == "enumerate"
            kinds = ["", NAME] if counts else [_element(self.kind(a)) for a in values.args]
        if not (kinds and isinstance(target, ast.Tuple)):
            target, kinds = ast.Tuple([target]), [_element(kind)]
        for part, each in zip(target.elts, kinds, strict=False):
            self._hold(part, each)

    def _pass(self, call: ast.Call) -> None:
        """Names that are handed to a function of the file, to a lambda, or out of the file."""
        every = [*call.args, *(k.value for k in call.keywords)]
        handed = [self.kind(each) for each in every]
        receiver = self.kind(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        for each in every if any((*handed[: len(call.args)], receiver)) else ():
            if isinstance(each, ast.Lambda):
                for arg in each.args.args:
                    self._note(self.unit, arg.arg, NAME)
        word = last_name(call.func)
        for function in self.functions.get(word, ()):
            for name, value in given(function, call).items():
                self._note(self.homes[function], name, self.kind(value))
        if not any(handed):
            return
        if word in VALUES and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            kept = call.func.value.id  # kept.update(names)
            local = kept not in self.names.assigned or any(
                isinstance(n, ast.Name) and n.id == kept and isinstance(n.ctx, ast.Store)
                for n in self.nodes[self.unit]
            )
            if local and word not in _ASKING:
                self._note(self.unit, kept, NAMES)
            elif word not in _ASKING:
                self.attributes.add(kept)
        elif word not in SAME | PLAIN | SET_METHODS | VALUES | self.functions.keys():
            self.given.add(f"{self.names.dotted(call.func).rpartition('.')[2] or word}(")

    # ---- what an expression is ---------------------------------------------------------------

    def kind(self, node: ast.AST | None) -> Kind:
        """NAMES, NAME, DERIVED or something with names in it; "" for what has nothing to do with names."""
        match node:
            case ast.Name(id=name):
                kinds = self.held.get((self.unit, name), {DERIVED} if name in self.attributes else set())
                return _one(kinds) if len(kinds) == 1 or not any(kinds) else DERIVED
            case ast.Attribute(value=value, attr=attr):
                return self._attribute(value, attr)
            case ast.Call():
                return self._call(node)
            case ast.Subscript(value=value, slice=index):
                return self._item(value, index)
            case ast.BinOp(left=left, op=op, right=right):
                kinds = {self.kind(left), self.kind(right)} - {""}
                sets = isinstance(op, ast.BitAnd | ast.BitOr | ast.Sub | ast.BitXor | ast.Add)
                return NAMES if kinds == {NAMES} and sets else DERIVED if kinds else ""
            case ast.BoolOp(values=values):
                return _one({self.kind(v) for v in values})
            case ast.IfExp(body=body, orelse=orelse):
                return _one({self.kind(body), self.kind(orelse)})
            case ast.NamedExpr(value=value) | ast.Starred(value=value):
                return self.kind(value)
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                kind = _one({self.kind(p) if isinstance(p, ast.Starred) else _collected(self.kind(p)) for p in parts})
                return kind if kind == NAMES else kind and DERIVED
            case ast.Dict(keys=keys, values=values):
                kinds = {_collected(self.kind(k)) for k in keys} | {self.kind(v) and DERIVED for v in values}
                return _one(kinds)
            case ast.ListComp(elt=made) | ast.SetComp(elt=made) | ast.GeneratorExp(elt=made) | ast.DictComp(key=made):
                return _collected(self.kind(made))
            case ast.JoinedStr(values=values):
                return DERIVED if any(self.kind(v) for v in values) else ""
            case ast.FormattedValue(value=value):
                return self.kind(value)
        return ""

    def _attribute(self, value: ast.expr, attr: str) -> Kind:
        if attr in _COLLECTIONS:
            return NAMES
        if attr in _SINGLE:
            return NAME
        if attr == "callspec":
            return _HOLDER
        if attr == "__name__" and isinstance(value, ast.Attribute) and value.attr in _TESTED:
            return NAME  # of a fixture's function
        kind = self.kind(value)
        if kind == _HOLDER and attr in _OF_HOLDERS:
            return NAMES
        if kind == NAME and attr == "name":  # of a parameter
            return NAME
        return DERIVED if attr in self.attributes or kind == DERIVED else ""

    def _call(self, node: ast.Call) -> Kind:
        word = last_name(node.func)
        if isinstance(node.func, ast.Attribute) and (receiver := self.kind(node.func.value)):
            if receiver == NAMES and (word in SET_METHODS or word == "items"):
                return _ITEMS if word == "items" else NAMES
            if word in VALUES or (receiver == NAME and word in ("startswith", "endswith", "isidentifier")):
                return ""
            return NAME if receiver == NAMES and word == "pop" and not node.args else DERIVED
        if word in ("getattr", "attrgetter") and (attr := self.names.text(next(iter(node.args[1:]), None))):
            return self._attribute(node.args[0], attr)
        if word in ("get_closest_marker", "iter_markers", "get_marker"):
            return _HOLDER if "usefixtures" in [self.names.text(a) for a in node.args] else ""
        if word in ("signature", "getfullargspec", "getargspec"):
            of_test = any(isinstance(n, ast.Attribute) and n.attr in _TESTED for a in node.args for n in ast.walk(a))
            return _HOLDER if of_test else DERIVED  # any function's
        kinds = {self.kind(a) for a in (*node.args, *keywords(node).values())} - {""}
        if word in self.functions:
            return _one(self.held.get((None, word), set()))
        if not kinds or word in PLAIN:
            return ""
        if word in SAME or word in ("enumerate", "zip", "filter"):
            return _one(kinds)
        if kinds == {NAMES} and word in ("next", "min", "max", "choice"):
            return NAME
        return NAME if kinds == {NAME} and word in ("str", "intern") else DERIVED

    def _item(self, value: ast.expr, index: ast.expr) -> Kind:
        if isinstance(index, ast.Constant) and index.value in _COLLECTIONS and self.kind(value) == "":
            return NAMES  # vars(item)["fixturenames"]
        kind = self.kind(value)
        if kind in (NAMES, _HOLDER):
            text = isinstance(index, ast.Constant) and isinstance(index.value, str)
            return kind if isinstance(index, ast.Slice) else "" if text or self.kind(index) else _element(kind)
        return DERIVED if kind in (NAME, DERIVED, _ITEMS) else ""


def _is_empty(node: ast.expr) -> bool:
    """What says nothing of what a variable holds: None, an empty collection."""
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts) | ast.Dict(values=parts):
            return not parts
        case ast.Call(func=ast.Name(id=name), args=parts):
            return name in SAME and not parts
    return isinstance(node, ast.Constant) and node.value is None


def _collected(kind: Kind) -> Kind:
    return NAMES if kind == NAME else kind and DERIVED


def _element(kind: Kind) -> Kind:
    found: Mapping[Kind, Kind] = {NAMES: NAME, _HOLDER: _HOLDER, "": ""}
    return found.get(kind, DERIVED)


def _one(kinds: set[Kind]) -> Kind:
    """The kind that several values have, those that hold nothing left out."""
    found = kinds - {""}
    return "" if not found else found.pop() if len(found) == 1 else DERIVED


def _units(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """What is looked at together: each function of a module, each method, each other statement."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from node.decorator_list
            yield from _units(node.body)
        else:
            yield node
