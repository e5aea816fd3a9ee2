"""Which argument of a call fills which parameter of a function."""

from __future__ import annotations

import ast

from .source import Function


def arguments(taken: ast.arguments) -> list[ast.arg]:
    """All parameters of a function."""
    every = (*taken.posonlyargs, *taken.args, taken.vararg, *taken.kwonlyargs, taken.kwarg)
    return [a for a in every if a is not None]


def positional(node: Function | ast.Lambda, bound: bool | None = None) -> list[str]:
    """The parameters that arguments may fill by position. `bound` leaves the instance or class out; without it, one
    that is called self or cls."""
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
    return names[1:] if (names[:1] in (["self"], ["cls"]) if bound is None else bound) else names


def defaults(node: Function | ast.Lambda) -> dict[str, ast.expr]:
    """What parameters are where nothing is given for them."""
    a = node.args
    ordered = [p.arg for p in (*a.posonlyargs, *a.args)]
    found = dict(zip(reversed(ordered), reversed(a.defaults), strict=False))
    return found | {p.arg: d for p, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if d is not None}


def given(node: Function | ast.Lambda, call: ast.Call, bound: bool | None = None) -> dict[str, ast.expr]:
    """What a call gives for each parameter, as far as it is seen: nothing by position after `*several`."""
    found: dict[str, ast.expr] = {}
    for name, argument in zip(positional(node, bound), call.args, strict=False):
        if isinstance(argument, ast.Starred):
            break
        found[name] = argument
    return found | {k.arg: k.value for k in call.keywords if k.arg}
