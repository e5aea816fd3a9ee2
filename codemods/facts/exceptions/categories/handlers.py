"""What a handler does with the exception that makes its clause as broad as it must be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ....engine.names import last_name
from ....engine.source import Definition
from .looks import Category, Look, ends

_ASKS = {"builtins.isinstance", "builtins.issubclass"}
_HANDS_ON = re.compile(
    r"^_*(set_exception|set_error|handle_?\w*(error|exception|failure)|on_?\w*(error|exception|failure)|put|put_nowait"
    r"|throw|athrow|errback|exception_handler|error_handler|handleError|report_callback_exception)$", re.I,
)  # fmt: skip
_COLLECTS = {"append", "add", "appendleft", "put", "put_nowait", "send_nowait", "setdefault"}


def reraises(look: Look) -> Category | None:
    """On some path what was caught is raised again."""
    for raised, by_name in _raised(look.handler, look.name):
        if raised.exc is None or by_name:
            sure = raised in look.handler
            words = "the handler raises it again" if sure else "the handler raises it again on one path"
            return Category(code="N10-reraises", words=words)
    for node in look.handling:
        if isinstance(node, ast.Call) and look.names.meaning(node.func) == "six.reraise":
            return Category(code="N10-reraises", words="the handler raises it again")
    return None


def _raised(body: Sequence[ast.AST], name: str, own: bool = True) -> Iterator[tuple[ast.Raise, bool]]:
    """The raise statements that raise what this handler caught: one without a name in a handler further in raises what
    that one caught."""
    for node in body:
        if isinstance(node, ast.Raise):
            root = node.exc
            while isinstance(root, ast.Call | ast.Attribute):  # raise e.with_traceback(tb)
                if isinstance(root, ast.Attribute) and root.attr not in ("with_traceback", "add_note"):
                    break
                root = root.func if isinstance(root, ast.Call) else root.value
            by_name = bool(name) and isinstance(root, ast.Name) and root.id == name
            if by_name or (node.exc is None and own):
                yield node, by_name
        elif not isinstance(node, Definition):
            inner = own and not isinstance(node, ast.ExceptHandler)
            yield from _raised([*ast.iter_child_nodes(node)], name, inner)


def translates(look: Look) -> Category | None:
    """Whatever was caught, the handler raises another, as its cause or with it in the text."""
    if not ends(look.handler, ast.Raise):
        return None
    raised = [n for n in look.handling if isinstance(n, ast.Raise)]
    told = any(look.tells(n) for n in look.handling)
    if not all(told or look.mentions(n, {look.name}) for n in raised if n.exc is not None):
        return None
    if any(isinstance(n.cause, ast.Constant) for n in raised):
        return None
    names = {last_name(n.exc.func if isinstance(n.exc, ast.Call) else n.exc) for n in raised if n.exc is not None}
    if len(names) != 1 or not (name := names.pop())[:1].isupper():
        return None
    return Category(code="N10-reraises", words=f"raised as {name}, nothing is hidden", hard=False)


def generic(look: Look) -> Category | None:
    """The handler passes the exception on as a value, or asks what it is."""
    for node in look.handling:
        if words := _used(look, node):
            return Category(code="N22-generic-use", words=words)
    return None


def _used(look: Look, node: ast.AST) -> str:
    name = look.name
    match node:
        case ast.Call(func=ast.Name(), args=[ast.Name(id=first), *_]) if first == name and name:
            if look.names.meaning(node.func) in _ASKS:
                return "the handler asks which exception it is"
        case ast.Compare(left=ast.Call(func=ast.Name() as func, args=[ast.Name(id=first)])) if first == name and name:
            if look.names.meaning(func) == "builtins.type":
                return "the handler asks which exception it is"
        case ast.Match(subject=ast.Name(id=first)) if first == name and name:
            return "the handler asks which exception it is"
        case ast.Return(value=value) | ast.Expr(value=ast.Yield(value=value)) if value is not None:
            if _holds(value, name):
                return "the exception is the result"
        case ast.Assign(targets=[target], value=value) if _holds(value, name):
            return f"the exception is kept in {look.written(target)}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
        word = last_name(node.func)
        given = [*node.args, *(k.value for k in node.keywords if k.arg != "exc_info")]
        if word == "handleError":
            return "the handler gives it to logging's handleError"
        if any(_holds(a, name) or _is_info(look, a) for a in given):
            if word in _COLLECTS and isinstance(node.func, ast.Attribute):
                return f"the exception is collected in {look.written(node.func.value)}"
            if _HANDS_ON.match(word):
                return f"the exception is handed to {word}"
    return ""


def _holds(node: ast.expr, name: str) -> bool:
    """Whether a value is the exception, or a tuple or list with it."""
    match node:
        case ast.Name(id=found):
            return bool(name) and found == name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return any(_holds(e, name) for e in elements)
        case ast.Starred(value=value):
            return _holds(value, name)
    return False


def _is_info(look: Look, node: ast.expr) -> bool:
    if isinstance(node, ast.Starred | ast.Subscript):
        node = node.value
    return isinstance(node, ast.Call) and look.names.meaning(node.func) == "sys.exc_info"
