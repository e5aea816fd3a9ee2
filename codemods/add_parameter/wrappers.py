"""Decorators of the project that hand all arguments on: what they give takes what the decorated function takes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..engine.source import Function, Source, is_function, statements

Wrapper = tuple[str, bool]  # a function of a module, and whether it is called to be a decorator


def wrappers(file: Source, parameter: str) -> Iterator[Wrapper]:
    """The functions of a module that are such decorators for a parameter of a name."""
    for node in statements(file.tree.body):
        if is_function(node) and (inner := _inner(node)):
            if _hands_on(node, inner, parameter):
                yield node.name, False
            elif _gives(node, inner, ()) and all(_hands_on(each, _inner(each), parameter) for each in inner.values()):
                yield node.name, True


def _inner(node: Function) -> dict[str, Function]:
    """The functions that a function defines, by name."""
    return {each.name: each for each in statements(node.body) if is_function(each)}


def _gives(node: Function, inner: dict[str, Function], also: tuple[str, ...]) -> bool:
    """Whether a function returns nothing but some of those that it defines, or a parameter."""
    returned = [each.value for each in statements(node.body) if isinstance(each, ast.Return)]
    named = [value.id for value in returned if isinstance(value, ast.Name)]
    return bool(named) and len(named) == len(returned) and set(named) <= {*inner, *also}


def _hands_on(node: Function, inner: dict[str, Function], parameter: str) -> bool:
    """Whether a function, as a decorator, gives what it is given, or something that calls that with all it gets."""
    first = next((a.arg for a in (*node.args.posonlyargs, *node.args.args)), "")
    several = len([*node.args.posonlyargs, *node.args.args]) > 1
    return not several and bool(first) and _gives(node, inner, (first,)) and all(
        _calls(each, first, parameter) for each in inner.values()
    )  # fmt: skip


def _calls(node: Function, function: str, parameter: str) -> bool:
    """Whether a function takes any arguments, and each call of another in it hands on all of them."""
    taken = node.args
    rest = (taken.vararg, taken.kwarg)
    if None in rest or parameter in {a.arg for a in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)}:
        return False
    names = {a.arg for a in rest if a is not None}
    nodes = [n for each in node.body for n in ast.walk(each)]
    if any(isinstance(n, ast.Name) and n.id in names and not isinstance(n.ctx, ast.Load) for n in nodes):
        return False
    calls = [n for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == function]
    return bool(calls) and all(_has(call, names) for call in calls)


def _has(call: ast.Call, names: set[str]) -> bool:
    several = {a.value.id for a in call.args if isinstance(a, ast.Starred) and isinstance(a.value, ast.Name)}
    mapping = {k.value.id for k in call.keywords if k.arg is None and isinstance(k.value, ast.Name)}
    return names <= several | mapping
