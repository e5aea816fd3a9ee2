"""What a statement does to names and objects, by its form alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ...engine.names import root_name
from ...engine.source import asks_for_main, statements


def stored(node: ast.stmt) -> Iterator[ast.Name]:
    """The names of the objects whose attributes or items a statement sets or deletes."""
    yield from (root for kept in _kept(node) if (root := _root(kept)) is not None)


def _kept(node: ast.stmt) -> Iterator[ast.expr]:
    """The attributes and items that a statement sets or deletes."""
    targets: Sequence[ast.expr] = ()
    match node:
        case ast.Assign(targets=several) | ast.Delete(targets=several):
            targets = several
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target, value=ast.expr()) | ast.For(target=target):
            targets = [target]
    for target in targets:
        for each in ast.walk(target):
            if isinstance(each, ast.Attribute | ast.Subscript) and not isinstance(each.ctx, ast.Load):
                yield each


def acts(node: ast.stmt) -> bool:
    """Whether a statement that runs may change something else than names of its module: a call that stands alone, a value that is
    set in an object. What is said of `__all__` does not."""
    for each in statements([node]):
        match each:
            case ast.Expr(value=value):
                root = changed(each)
                if not isinstance(value, ast.Constant) and (root is None or root.id != "__all__"):
                    return True
            case ast.With() | ast.AsyncWith():
                return True
        if any((root := _root(kept)) is None or root.id != "__all__" for kept in _kept(each)):
            return True
    return False


def is_script(node: ast.AST) -> bool:
    """Whether it is the `if __name__ == "__main__":` of a module, perhaps with more in its condition."""
    return isinstance(node, ast.If) and any(map(asks_for_main, ast.walk(node.test)))


def _root(node: ast.AST) -> ast.Name | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node if isinstance(node, ast.Name) else None


def changed(node: ast.Expr) -> ast.Name | None:
    """The object of a call of one of its methods."""
    call = node.value
    return root_name(call.func) if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else None


def arguments(node: ast.Expr) -> list[ast.Name]:
    """What a call is given by name."""
    assert isinstance(node.value, ast.Call)
    given = [*node.value.args, *(k.value for k in node.value.keywords)]
    return [each for each in given if isinstance(each, ast.Name)]


def binds(body: Sequence[ast.stmt], name: str) -> bool:
    """Whether some statements have bound a name when they are done, whichever way they went."""
    return any(_binds_one(statement, name) for statement in body)


def _binds_one(node: ast.stmt, name: str) -> bool:
    match node:
        case ast.If(body=body, orelse=orelse):
            return _done(body, name) and _done(orelse, name)
        case ast.Try() | ast.TryStar():
            if binds(node.finalbody, name):
                return True
            tried = _done(node.body, name) or _done(node.orelse, name)
            return tried and all(_done(h.body, name) for h in node.handlers)
        case ast.With(body=body):
            return binds(body, name) and not any("suppress" in ast.unparse(i.context_expr) for i in node.items)
        case ast.For(target=target):
            return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(target))
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name == name
        case ast.Import() | ast.ImportFrom():
            return any((a.asname or a.name.partition(".")[0]) == name for a in node.names)
        case ast.Assign(targets=targets):
            return any(isinstance(n, ast.Name) and n.id == name for t in targets for n in ast.walk(t))
        case ast.AnnAssign(target=ast.Name(id=bound), value=value):
            return bound == name and value is not None
        case ast.AugAssign(target=ast.Name(id=bound)):
            return bound == name
    return False


def _done(body: Sequence[ast.stmt], name: str) -> bool:
    """Whether a branch binds a name, or leaves the module."""
    return binds(body, name) or (bool(body) and isinstance(body[-1], ast.Raise))
