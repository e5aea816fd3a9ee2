"""What is asked for: a parameter as it is written, and expressions for its callers."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

from ..engine.codemod import OptionError
from ..engine.parsing import parse
from ..engine.values import Unreadable

_MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_MAKERS = {"list", "dict", "set", "bytearray", "defaultdict", "OrderedDict", "Counter", "deque", "ChainMap"}
_NEEDED = "a parameter as a function has it is needed: name, name=default, name: type = default, *, name=default"


@dataclass(frozen=True)
class Parameter:
    """One parameter. Its annotation and default are texts, "" where there is none."""

    name: str
    annotation: str = ""
    default: str = ""
    keyword_only: bool = False

    def text(self, annotation: str, default: str) -> str:
        """How it is written, with an annotation and a default that are given in place of its own."""
        typed = f"{self.name}: {annotation}" if annotation else self.name
        return f"{typed}{' = ' if annotation else '='}{default}" if default else typed


@cache
def parameter_of(text: str) -> Parameter:
    """Read a parameter. Raises OptionError."""
    header = f"def _({text}): pass"
    try:
        body = parse(header).body
    except Unreadable:
        raise OptionError("parameter", text, _NEEDED) from None
    function = body[0]
    if len(body) > 1 or not isinstance(function, ast.FunctionDef) or "#" in text or "\n" in text:
        raise OptionError("parameter", text, _NEEDED)
    taken = function.args
    found = [*taken.args, *taken.kwonlyargs]
    if len(found) != 1 or taken.vararg or taken.kwarg or taken.posonlyargs:
        raise OptionError("parameter", text, _NEEDED)
    if found[0].arg.startswith("__"):
        raise OptionError("parameter", text, "a name that classes and type checkers take for a keyword is needed")
    default = next((d for d in (*taken.defaults, *taken.kw_defaults) if d is not None), None)
    if default is not None and _is_mutable(default):
        raise OptionError(
            "parameter", text, "a default that all calls share and may change is not; None, and the body makes one"
        )
    annotation = found[0].annotation
    return Parameter(
        name=found[0].arg,
        annotation=_segment(header, annotation),
        default=_segment(header, default),
        keyword_only=bool(taken.kwonlyargs),
    )


def _segment(header: str, node: ast.expr | None) -> str:
    return (ast.get_source_segment(header, node) or "") if node is not None else ""


def _is_mutable(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).rpartition(".")[2] in _MAKERS
    return isinstance(node, _MUTABLE)


def check_value(option: str, text: str) -> None:
    """Raise OptionError for what cannot be an argument of any call."""
    try:
        tree = parse(f"_(_={text})").body
    except Unreadable:
        raise OptionError(option, text, "an expression is needed") from None
    match tree:
        case [ast.Expr(value=ast.Call(keywords=[ast.keyword(value=value)], args=[]))] if "#" not in text:
            if any(isinstance(n, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr) for n in ast.walk(value)):
                raise OptionError(option, text, "an expression that may stand in every function is needed")
        case _:
            raise OptionError(option, text, "an expression is needed")
