"""What names hold where several ways meet: behind an `if`, in the next round of a loop, in a handler."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from ...engine.source import Function, is_function, statements
from ..types.calls import Scope
from ..types.data import BARE
from ..types.paths import Types
from .terms import Terms
from .valued import NONE, several


def leaves(body: Sequence[ast.stmt]) -> bool:
    """Whether statements end with one that leads elsewhere."""
    return bool(body) and isinstance(body[-1], ast.Return | ast.Raise | ast.Break | ast.Continue)


def join(scope: Scope, ways: Sequence[Mapping[str, str]]) -> None:
    """From here on the names hold what they hold on one of these ways."""
    if not ways:
        return
    first, *others = ways
    found = dict(first)
    for way in others:
        for name, path in way.items():
            found[name] = several(found[name], path) if name in found else path
    scope.local.clear()
    scope.local.update(found)
    if others:
        scope.local.update((name, path) for name, path in scope.defaults.items() if name in found)


def again(types: Types, node: ast.For | ast.AsyncFor | ast.While, scope: Scope) -> None:
    """What a part of a loop gives to a name, the name may have when the next round begins."""
    for each in statements(node.body):
        match each:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in scope.local:
                none = isinstance(value, ast.Constant) and value.value is None
                scope.local[name] = several(scope.local[name], NONE if none else types.expression(value, scope.local))


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that an assignment binds."""
    match node:
        case ast.Assign(targets=targets):
            yield from (t.id for t in targets if isinstance(t, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.For(target=ast.Name(id=name)):
            yield name


def kept_as(target: ast.AST, scope: Scope) -> str:
    """The qualified name of a variable of the module, or of an attribute of a class of it, that is assigned."""
    match target:
        case ast.Name(id=name):
            return f"{scope.cls}.{name}" if scope.cls else name
        case ast.Attribute(value=ast.Name(id=base), attr=attr) if scope.owner and scope.local.get(base) in (
            f"~.{scope.owner}()",
            f"~.{scope.owner}",
        ):
            return f"{scope.owner}.{attr}"
    return ""


class Joining(Terms):
    """Visits statements, and follows names over the ways that they may take."""

    shared: frozenset[str] = frozenset()  # names of functions around that a function inside binds
    shifting: frozenset[str] = frozenset()  # those that are bound more than once: a function inside may see either

    @contextmanager
    def sharing(self, node: Function) -> Iterator[None]:
        """While a function is read: what it holds in names that functions inside of it bind, nobody knows."""
        outer, around = self.shared, self.shifting
        if any(is_function(each) for each in statements(node.body, inside=True)):
            bound = Counter(name for each in statements(node.body) for name in _bound(each))
            self.shifting |= {name for name, times in bound.items() if times > 1}
        if "nonlocal" in self.file.text:
            inner = (each for each in statements(node.body, inside=True) if isinstance(each, ast.Nonlocal))
            self.shared |= {name for each in inner for name in each.names}
        yield
        self.shared, self.shifting = outer, around

    def blocks(self, node: ast.AST, scope: Scope) -> None:
        """Visit what may run or not: a name that gets another value there may have either afterwards."""
        if not scope.function or isinstance(node, ast.With | ast.AsyncWith | ast.Match):
            super().blocks(node, scope)
            return
        if isinstance(node, ast.For | ast.AsyncFor | ast.While):
            again(self.types, node, scope)
        before = dict(scope.local)
        super().blocks(node, scope)
        ways = [before, dict(scope.local)] if not leaves(getattr(node, "body", ())) else [before]
        join(scope, ways)

    def branches(self, node: ast.If, scope: Scope) -> None:
        self.expression(node.test, scope, BARE)
        conditional, scope.conditional = scope.conditional, True
        before = dict(scope.local)
        self.body(node.body, scope)
        here = dict(scope.local)
        join(scope, [before])
        self.body(node.orelse, scope)
        scope.conditional = conditional
        ways = [(node.body, here), (node.orelse, dict(scope.local))]
        join(scope, [local for body, local in ways if not leaves(body)])
