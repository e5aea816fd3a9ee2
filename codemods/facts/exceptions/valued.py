"""The type paths of values that `types/paths.py` leaves unknown, because nothing is called on them there: literals,
containers with what they hold, operators.

Two steps more than there: `[]` is what a subscript gives, `[:]` what an iteration gives. `[E]C` in front is a C whose items
are E: `[~.Row*]builtins.list*`. The nearest alternative is never guessed: where two are known and differ, nothing is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from ...engine.names import last_name
from ...engine.source import Source
from ..types.paths import MAX_PATH, Types, either

_GENERIC = {
    "builtins.list", "builtins.set", "builtins.frozenset", "builtins.tuple", "collections.deque", "typing.List", "typing.Set",
    "typing.FrozenSet", "typing.Tuple", "typing.Deque", "typing.Sequence", "typing.MutableSequence", "typing.Iterable",
    "typing.Iterator", "typing.Collection", "typing.AbstractSet", "typing.Generator", "typing.AsyncIterator",
    "typing.AsyncIterable", "typing.AsyncGenerator",
    *(f"collections.abc.{name}" for name in (
        "Sequence", "MutableSequence", "Iterable", "Iterator", "Collection", "Set", "MutableSet", "Generator",
        "AsyncIterator", "AsyncIterable", "AsyncGenerator",
    )),
}  # fmt: skip
_MAPPINGS = {
    "builtins.dict", "collections.defaultdict", "collections.OrderedDict", "typing.Dict", "typing.DefaultDict",
    "typing.OrderedDict", "typing.Mapping", "typing.MutableMapping", "collections.abc.Mapping",
    "collections.abc.MutableMapping",
}  # fmt: skip
_BUILT: dict[type, str] = {
    str: "builtins.str()", bytes: "builtins.bytes()", int: "builtins.int()", float: "builtins.float()",
    bool: "builtins.bool()", complex: "builtins.complex()",
}  # fmt: skip
_NAMED = {
    "typing.List": "builtins.list", "typing.Set": "builtins.set", "typing.FrozenSet": "builtins.frozenset",
    "typing.Tuple": "builtins.tuple", "typing.Dict": "builtins.dict", "typing.Deque": "collections.deque",
    "typing.DefaultDict": "collections.defaultdict", "typing.OrderedDict": "collections.OrderedDict",
    "typing.Text": "builtins.str", "typing.Mapping": "builtins.dict", "typing.MutableMapping": "builtins.dict",
    "collections.abc.Mapping": "builtins.dict", "collections.abc.MutableMapping": "builtins.dict",
    "typing.AbstractSet": "builtins.set", "collections.abc.Set": "builtins.set", "collections.abc.MutableSet": "builtins.set",
    **{f"{module}.{name}": "builtins.list" for module in ("typing", "collections.abc") for name in (
        "Sequence", "MutableSequence", "Iterable", "Iterator", "Collection", "Generator", "AsyncIterator",
        "AsyncIterable", "AsyncGenerator",
    )},
}  # fmt: skip
_NUMBERS = {
    "builtins.int()",
    "builtins.float()",
    "builtins.int*",
    "builtins.float*",
    "builtins.bool()",
    "builtins.bool*",
}
SEVERAL = "<"
NONE = "builtins.None"
_MANY = 4  # of more alternatives none is told
TASK = "asyncio.tasks.Task()"  # `[~.load()]` in front: of a call of load
STARTING = {"create_task", "ensure_future"}  # what they give is the coroutine's to the one who awaits it
TEXTS = {"builtins.str()", "builtins.str*", "builtins.bytes()", "builtins.bytes*"}


class Values(Types):
    """What names, annotations and expressions of one file mean, values that nobody names included."""

    def __init__(self, file: Source) -> None:
        super().__init__(file)
        self.elements: dict[ast.AST, str] = {}  # what comprehensions hold, of those that were visited

    def expression(self, node: ast.AST | None, local: dict[str, str]) -> str:
        if isinstance(node, ast.Name | ast.Attribute):  # most are, and no case below is for them
            return super().expression(node, local)
        match node:
            case ast.Constant(value=value):
                return _BUILT.get(type(value), "")
            case ast.JoinedStr():
                return "builtins.str()"
            case ast.List(elts=items) | ast.Set(elts=items) | ast.Tuple(elts=items):
                name = type(node).__name__.lower()
                return _holding(self.common(items, local), f"builtins.{name}()")
            case ast.ListComp() | ast.SetComp():
                name = "list" if isinstance(node, ast.ListComp) else "set"
                return _holding(self.elements.get(node, ""), f"builtins.{name}()")
            case ast.Dict(values=values):
                return _holding(self.common(values, local), "builtins.dict()")
            case ast.DictComp():
                return "builtins.dict()"
            case ast.GeneratorExp():
                return _holding(self.elements.get(node, ""), "types.GeneratorType()")
            case ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return "builtins.bool()"
            case ast.UnaryOp(operand=operand):
                return self.expression(operand, local)
            case ast.BoolOp() | ast.IfExp() | ast.NamedExpr():
                return self.common(either(node), local)
            case ast.BinOp(left=left, op=operator, right=right):
                return _computed(self.expression(left, local), operator, self.expression(right, local))
            case ast.Subscript(value=value, slice=ast.Slice()):
                return self.expression(value, local)
            case ast.Subscript(value=value):
                base = self.expression(value, local)
                return f"{base}[]" if base and len(base) < MAX_PATH and base[-1] in "*)]" else ""
            case ast.Lambda():
                return f"~.{lambda_name(node)}"
            case ast.Await(value=value):
                given = self.expression(value, local)
                return given[1:].removesuffix(f"]{TASK}") if given.endswith(f"]{TASK}") else given
            case ast.Call(func=ast.Name() | ast.Attribute() as func, args=[ast.Call() as started, *_]) if last_name(
                func
            ) in STARTING and (given := self.expression(started, local)):
                return _holding(given, TASK)
            case ast.Call(func=func, args=[factory, *_]) if (
                last_name(func) == "defaultdict" and self.expression(func, local) == "collections.defaultdict"
            ):
                made = self.expression(factory, local)
                return _holding(f"{made}()" if made and made[-1] not in ")*]!>" else "?", "collections.defaultdict()")
            case ast.Starred():
                return ""
        return super().expression(node, local)

    def name(self, name: str, local: dict[str, str]) -> str:
        """What a name means; of one that the module gets in several ways that it is the module's own."""
        if name not in local and name in self.imports and len(self.table.names[name]) > 1:
            return f"~.{name}"
        return super().name(name, local)

    def common(self, nodes: Sequence[ast.expr], local: dict[str, str]) -> str:
        """What all of some values are; "" where that is not one thing. None is none of them: an attribute of it is a mistake."""
        held = [n for n in nodes if not (isinstance(n, ast.Constant) and n.value is None)]
        found = {self.expression(n, local) for n in held[:20]}
        return found.pop() if len(found) == 1 else ""

    def annotation(self, node: ast.expr | None, local: dict[str, str]) -> str:
        match node:
            case ast.Subscript(value=value, slice=index):
                dotted = super().expression(value, local)
                inner = index.elts if isinstance(index, ast.Tuple) else [index]
                named = _NAMED.get(dotted, dotted)
                if dotted in _GENERIC:
                    several = dotted in ("builtins.tuple", "typing.Tuple") and not _endless(inner)
                    item = "" if several else self.annotation(inner[0] if inner else None, local)
                    return _holding(item, f"{named}*")
                if dotted in _MAPPINGS:
                    return _holding(self.annotation(inner[-1], local) if len(inner) == 2 else "", f"{named}*")
                if dotted in ("typing.Literal", "typing_extensions.Literal"):
                    return self.common(inner, local).replace("()", "*")
                if dotted.startswith("builtins."):
                    return f"{named}*"
            case ast.Name() | ast.Attribute():
                found = super().annotation(node, local)
                return f"{_NAMED[found[:-1]]}*" if found[:-1] in _NAMED else found
        return super().annotation(node, local)


def lambda_name(node: ast.Lambda) -> str:
    """The name, in type paths, of what a lambda makes."""
    return f"lambda@{node.lineno}:{node.col_offset}"


def nested_name(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The name, in type paths, of a function that a function defines."""
    return f"{node.name}@{node.lineno}"


def _endless(inner: Sequence[ast.expr]) -> bool:
    return len(inner) == 2 and isinstance(inner[1], ast.Constant) and inner[1].value is Ellipsis


def _holding(item: str, container: str) -> str:
    return f"[{item}]{container}" if item and len(item) < MAX_PATH else container


def _computed(left: str, operator: ast.operator, right: str) -> str:
    match operator:
        case ast.Mod() if left in TEXTS:
            return left
        case ast.Div() if left in _NUMBERS and right in _NUMBERS:
            return "builtins.float()"
        case ast.Div() if left.startswith("pathlib."):
            return left
        case ast.Add() if "builtins.str()" in (left, right):
            return "builtins.str()"
    known = left in _NUMBERS | TEXTS and (left == right or (left in _NUMBERS and right in _NUMBERS))
    if known:
        return "builtins.float()" if "float" in left + right else left
    return left if left == right and left.endswith("builtins.list()") else ""


def several(first: str, second: str) -> str:
    """What a name holds that is bound in two ways: `<A|B>`; of None nothing is asked. "" where one of them is not known."""
    if first == second or second == NONE:
        return first
    if first == NONE:
        return second
    ways = dict.fromkeys(way for path in (first, second) for way in _ways(path))
    joined = f"{SEVERAL}{'|'.join(ways)}>"
    return joined if first and second and len(ways) <= _MANY and len(joined) < MAX_PATH else ""


def _ways(path: str) -> list[str]:
    """What `<A|B>` may be, without steps behind it; for any other path that itself."""
    if path.startswith(SEVERAL):
        roots, rest = alternatives(path)
        return [f"{root}{rest}" for root in roots]
    return [path]


def alternatives(path: str) -> tuple[list[str], str]:
    """`<A|B>.c` as A and B, and the steps behind them."""
    depth, start, found = 0, 1, []
    for at, sign in enumerate(path):
        depth += (sign == "<") - (sign == ">")
        if depth == 1 and sign == "|":
            found.append(path[start:at])
            start = at + 1
        if not depth:
            return [*found, path[start:at]], path[at + 1 :]
    return [], ""


def flattened(nodes: Iterable[ast.expr]) -> list[ast.expr]:
    """The members of written tuples among some expressions, and the others."""
    return [each for n in nodes for each in (flattened(n.elts) if isinstance(n, ast.Tuple) else [n])]
