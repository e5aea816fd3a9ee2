"""Functions that answer whatever happens: the text of the exception is an answer of the same form as the others."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from ....engine.names import last_name
from .entries import covers
from .looks import Category, Look, ends, inside

_ERROR = re.compile(r"err|fail|exception|invalid|unable|could not|cannot|can't|problem", re.I)


def answers(look: Look) -> Category | None:
    """Each way through the handler answers with the exception's text, and says that it is an error."""
    function = look.function
    if function is None or not look.name or not covers(look, function):
        return None
    given = [n for n in look.handling if isinstance(n, ast.Return | ast.Yield)]
    streams = any(isinstance(n, ast.Yield) for n in given)
    if not given or not (streams or ends(look.handler, ast.Return)):
        return None
    texts = _texts(look)
    told = [n.value for n in given if n.value is not None and _tells_of(look, n.value, texts)]
    if len(told) < len([n for n in given if n.value is not None or not streams]) or not told:
        return None
    others = [n.value for n in inside(function.body) if isinstance(n, ast.Return | ast.Yield) and n not in given]
    if not all(any(_alike(value, other) for other in others if other is not None) for value in told):
        return None
    return Category(code="N22-generic-use", words=f"its text is what {function.name} answers", hard=False)


def _texts(look: Look) -> dict[str, list[ast.expr]]:
    """The exception's name, and those that the handler gives to what it makes of it, with what that is."""
    found: dict[str, list[ast.expr]] = {look.name: []}
    for node in look.handling:  # in the order of the text
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if look.mentions(value, {*found}):
                found.setdefault(name, []).append(value)
    return found


def _tells_of(look: Look, value: ast.expr, texts: dict[str, list[ast.expr]]) -> bool:
    """Whether an answer holds the exception's text beside a word, a key or a constant that says what it is."""
    if not look.mentions(value, {*texts}):
        return False
    made = [m for name in texts if look.mentions(value, {name}) for m in texts[name]]
    said = any(_ERROR.search(word) for node in (value, *made) for word in _words(node, texts))
    parts = value.elts if isinstance(value, ast.Tuple) else value.values if isinstance(value, ast.Dict) else []
    return said or any(isinstance(p, ast.Constant) and (p.value is False or p.value is None) for p in parts)


def _words(node: ast.expr, texts: Collection[str]) -> Iterator[str]:
    """What an expression says, but for the names of the exception and of its text."""
    for inner in ast.walk(node):
        match inner:
            case ast.Constant(value=str(text)) | ast.keyword(arg=str(text)) | ast.Attribute(attr=text):
                yield text
            case ast.Name(id=name) if name not in texts:
                yield name


def _alike(value: ast.expr, other: ast.expr) -> bool:
    """Whether two answers have one form: made by the same callee, tuples of one length, dictionaries that share a key."""
    match value, other:
        case ast.Await(value=inner), ast.Await(value=beside):
            return _alike(inner, beside)
        case ast.Call(func=func), ast.Call(func=beside):
            return last_name(func) not in ("str", "repr") and ast.dump(func) == ast.dump(beside)
        case ast.Tuple(elts=elements), ast.Tuple(elts=beside):
            return len(elements) == len(beside)
        case ast.Dict(keys=keys), ast.Dict(keys=beside):
            return bool(_constants(keys) & _constants(beside))
    return False


def _constants(keys: list[ast.expr | None]) -> set[object]:
    return {key.value for key in keys if isinstance(key, ast.Constant)}
