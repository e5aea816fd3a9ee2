"""Which fixtures a function asks for while it runs: the names that `request.getfixturevalue` may get."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...engine.arguments import arguments, defaults, given
from ...engine.names import Names, keywords
from ...engine.source import Function, is_function
from .texts import Texts, param_values

_METHODS = ("getfixturevalue", "getfuncargvalue")
_QUIET = frozenset(
    {":getattr", ":hasattr", ":isinstance", ":print", ":repr", ":str", ":type", ":id", ":vars", ":dir"}
)


def asked(texts: Texts, node: Function) -> tuple[str, ...]:
    """The names that a function, and those inside of it, ask for; "?" for those that are not seen."""
    found: list[str] = []
    for argument in (*_arguments(node), *_helped(texts.names, node)):
        reach = texts.reach(argument)
        if argument is not None and ast.unparse(argument) == "request.param":
            params = literal_params(texts.names, node)
            found += ["?"] if params is None else [str(p.value) for p in params]
        elif reach.exact and reach.texts:
            found += [str(text.value) for text in reach.texts]
            found += ["?"] if reach.unknown or reach.foreign else []
        else:
            found.append("?")
    return tuple(dict.fromkeys(found))


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
