"""What expressions and imports look like, and how they are written in a reason."""

from __future__ import annotations

import ast
import re
import warnings

from ...engine.names import Names
from ...engine.source import Source


def is_builtin(path: str) -> bool:
    """Whether a value is of a builtin class, or of an unknown one."""
    return path.lstrip("[").startswith("builtins.") or not path


def plain_power(left: ast.expr, operator: ast.operator, right: ast.expr) -> bool:
    """Whether a shift is by a number that is written there, or a power one of integers: neither fails."""
    if isinstance(operator, ast.Pow):
        left, right = right, left
    return isinstance(right, ast.Constant) and isinstance(right.value, int) and right.value > 0


_GIVES_TEXT = {
    "strip", "lstrip", "rstrip", "lower", "upper", "zfill", "title", "capitalize", "casefold", "removeprefix", "removesuffix",
}  # fmt: skip
_GIVES_PARTS = {"split", "rsplit", "splitlines", "partition", "rpartition"}


def text_of(node: ast.expr) -> str:
    """The type path of what a method that only texts have gives, whatever the text comes from; "" for anything else."""
    match node:
        case ast.Call(func=ast.Attribute(attr=attr)) if attr in _GIVES_TEXT:
            return "builtins.str*"
        case ast.Subscript(value=ast.Call(func=ast.Attribute(attr=attr)), slice=index) if attr in _GIVES_PARTS:
            return "" if isinstance(index, ast.Slice) else "builtins.str*"
    return ""


def is_pattern(node: ast.expr) -> bool:
    """Whether a text that is written there is a regular expression, with and without blanks that count."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str | bytes):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return all(re.compile(node.value, flags) for flags in (0, re.VERBOSE))
        except (re.error, OverflowError, RecursionError, ValueError):
            return False


def plain_json(node: ast.expr) -> bool:
    """Whether a value that is written there has a form in JSON, whatever it holds: texts, numbers, and what is made of them."""
    match node:
        case ast.Constant(value=value):
            return value is None or isinstance(value, str | int)
        case ast.JoinedStr():
            return True
        case ast.Call(func=ast.Name(id="str" | "len" | "repr" | "bool")):
            return True
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return all(map(plain_json, items))
        case ast.Dict(keys=keys, values=values):
            named = all(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in keys)
            return named and all(map(plain_json, values))
    return bool(text_of(node))


def true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(node.value)


def bare(node: ast.AST | None) -> ast.AST:
    """What a chain of attributes, calls and subscripts begins with, as a chain of attributes."""
    while isinstance(node, ast.Call | ast.Subscript | ast.Attribute | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node or ast.Pass()


def written(node: ast.AST | None) -> str:
    """An expression in short: `self.client.get()`, `rows[…]`."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{written(value)}.{attr}"
        case ast.Call(func=func):
            return f"{written(func)}()"
        case ast.Subscript(value=value):
            return f"{written(value)}[…]"
        case ast.Await(value=value):
            return f"await {written(value)}"
        case ast.BinOp(left=left, op=ast.Div() | ast.FloorDiv() | ast.Mod() as operator, right=right):
            sign = {ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%"}[type(operator)]
            return f"{written(left)} {sign} {written(right)}"
        case ast.Constant(value=value):
            return repr(value)[:20]
        case ast.Tuple(elts=items):
            return ", ".join(map(written, items[:3]))
    return "…"


def read_of(handler: ast.ExceptHandler) -> tuple[str, ...]:
    """The attributes of what a handler takes that it reads, as every exception may not have them."""
    found = {
        node.attr
        for statement in handler.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == handler.name
    }
    return tuple(sorted(found - set(dir(BaseException))))


def required(file: Source) -> frozenset[str]:
    """What a module imports whatever happens, as dotted names: it cannot run without."""
    names = file.once(Names)
    return frozenset(b.dotted.rstrip("*") for b in names.module.all_bindings if b.kind == "import" and not b.guard)
