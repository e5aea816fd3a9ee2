"""Items that are surely there: `if key in prices: prices[key]`, `text.split(",")[0]`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from ...engine.names import chain, root_name
from ...engine.source import Function
from ..types.calls import Scope
from ..types.data import How
from .joined import leaves
from .storing import Storing

PRESENT = "present"  # in place of an index's type path: the container was asked for it
_MANY = 8  # so many items are counted
_READING = {"get", "items", "keys", "values", "copy", "index", "count"}
Pair = tuple[str, str]  # a container and a key, as they are written


class Guards(Storing):
    present: frozenset[Pair] = frozenset()

    def inside(self, node: Function, inner: Scope) -> None:
        outer, self.present = self.present, frozenset()  # it runs at another time
        super().inside(node, inner)
        self.present = outer

    def body(self, statements: Iterable[ast.stmt], scope: Scope) -> None:
        outer, whole = self.present, list(statements)
        for at, statement in enumerate(whole):
            self.statement(statement, scope)
            match statement:
                case ast.If(test=test, body=[*_] as body, orelse=[]) if leaves(body):
                    self.present |= set(self.intact(whole[at + 1 :], asked(test, ast.NotIn)))
        self.present = outer

    def statement(self, node: ast.stmt, scope: Scope) -> None:
        outer = self.present
        match node:
            case ast.If(test=test, body=body, orelse=[]) | ast.While(test=test, body=body):
                self.present |= set(self.intact(body, asked(test, ast.In)))
            case ast.For(target=target, iter=items, body=body):
                self.present |= set(self.intact(body, _looped(target, items)))
        super().statement(node, scope)
        self.present = outer

    def expression(self, node: ast.AST, scope: Scope, mode: How) -> None:
        outer = self.present
        match node:
            case ast.IfExp(test=test) | ast.BoolOp(op=ast.And(), values=[test, *_]):
                self.present |= set(asked(test, ast.In))
            case ast.ListComp(generators=loops) | ast.SetComp(generators=loops) | ast.DictComp(generators=loops):
                self.present |= {pair for loop in loops for test in loop.ifs for pair in asked(test, ast.In)}
                self.present |= {pair for loop in loops for pair in _looped(loop.target, loop.iter)}
            case ast.Lambda():
                self.present = frozenset()
        super().expression(node, scope, mode)
        self.present = outer

    def intact(self, body: Sequence[ast.stmt], pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Those of some pairs that statements do not change: neither name is bound, nothing is taken out of the container."""
        found = [*pairs]
        if not found or not body:
            return
        starts = self.file.line_starts
        end = body[-1].end_lineno or len(starts)
        text = self.file.text[starts[body[0].lineno - 1] : starts[end] if end < len(starts) else None]
        for container, key in found:
            if f"{container}[" not in text:  # nobody asks for an item; there are many such tests
                continue
            roots = {container.partition(".")[0], key.partition(".")[0]}
            if not any(_changes(node, container, roots) for each in body for node in ast.walk(each)):
                yield container, key

    def index(self, node: ast.Subscript, scope: Scope) -> str:
        found = super().index(node, scope)
        if not isinstance(node.ctx, ast.Load):
            return found
        if self.present and (_written(node.value), _written(node.slice)) in self.present:
            return f"{PRESENT}:{found}"
        if self.present and (_written(node.value), _place(node.slice)) in self.present:
            return f"{PRESENT}#"
        return f"{PRESENT}!" if _first(node) else found


def asked(test: ast.expr, how: type[ast.cmpop]) -> Iterator[Pair]:
    """The containers that a test asks for a key, with that: where it is true, the key is there (or is not)."""
    match test:
        case ast.Compare(left=key, ops=[operator], comparators=[container]) if isinstance(operator, how):
            yield from _pair(container, key)
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="len"), args=[container]), ops=[operator], comparators=[size]
        ):
            yield from _long(container, _at_least(operator, size, how))
        case ast.UnaryOp(op=ast.Not(), operand=container) if how is ast.NotIn:
            yield from _long(container, 1)
        case ast.Name() | ast.Attribute() if how is ast.In:
            yield from _long(test, 1)
        case ast.BoolOp(op=ast.And(), values=values) if how is ast.In:
            for value in values:
                yield from asked(value, how)
        case ast.BoolOp(op=ast.Or(), values=values) if how is ast.NotIn:
            for value in values:
                yield from asked(value, how)


def _at_least(operator: ast.cmpop, size: ast.expr, how: type[ast.cmpop]) -> int:
    """How many items there are where a length compares so, or where it does not."""
    if not (isinstance(size, ast.Constant) and isinstance(size.value, int)):
        return 0
    surely = {ast.GtE: 0, ast.Gt: 1, ast.Eq: 0} if how is ast.In else {ast.Lt: 0, ast.LtE: 1, ast.NotEq: 0}
    more = surely.get(type(operator))
    return 0 if more is None else size.value + more


def _long(container: ast.expr, size: int) -> Iterator[Pair]:
    """The places of a sequence that has so many items."""
    if _written(container):
        for at in range(min(size, _MANY)):
            yield _written(container), f"[{at}]"
            yield _written(container), f"[-{at + 1}]"


def _place(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=int(at)) | ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(at))):
            return f"[{'-' if isinstance(node, ast.UnaryOp) else ''}{at}]"
    return ""


def _pair(container: ast.expr, key: ast.expr) -> Iterator[Pair]:
    match container:
        case ast.Call(func=ast.Attribute(value=container, attr="keys"), args=[]):
            pass
    if _written(container) and _written(key):
        yield _written(container), _written(key)


def _looped(target: ast.expr, items: ast.expr) -> Iterator[Pair]:
    """`for key in prices`, `for key, price in prices.items()`."""
    match target, items:
        case ast.Tuple(elts=[key, _]), ast.Call(func=ast.Attribute(value=container, attr="items"), args=[]):
            yield from _pair(container, key)
        case ast.Name() as key, ast.Call(func=ast.Name(id="list" | "sorted" | "tuple" | "set"), args=[container]):
            yield from _pair(container, key)
        case ast.Name() as key, container:
            yield from _pair(container, key)


def _written(node: ast.expr) -> str:
    """A name, a chain of attributes or a literal as it is written; "" for anything that may be another thing each time."""
    root, rest = chain(node)
    match root:
        case ast.Name(id=name):
            return name + rest
        case ast.Constant(value=value):
            return repr(value) + rest
    return ""


def _changes(node: ast.AST, container: str, roots: set[str]) -> bool:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            return name in roots
        case ast.Attribute(ctx=ast.Store() | ast.Del()):
            root = root_name(node)
            return root is not None and root.id in roots
        case ast.Subscript(value=value, ctx=ast.Del()):
            return _written(value) == container
        case ast.Call(func=ast.Attribute(value=value, attr=attr)):
            return _written(value) == container and attr not in _READING
    return False


def _first(node: ast.Subscript) -> bool:
    """Whether a text is split at something, and its first or last part is taken, or a path is split in two."""
    match node.value, node.slice:
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="path"), attr="splitext" | "split")), place:
            return _place(place) in ("[0]", "[1]", "[-1]", "[-2]")
        case (
            ast.Call(func=ast.Attribute(attr="split" | "rsplit"), args=[ast.Constant(value=str() | bytes()), *_]),
            ast.Constant(value=0) | ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)),
        ):
            return True
        case (
            ast.Call(func=ast.Attribute(attr="partition" | "rpartition"), args=[_]),
            ast.Constant(value=0 | 1 | 2),
        ):
            return True
    return False
