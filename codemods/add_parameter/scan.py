"""Read what one file says about some functions: how they are defined, and what is done with their names."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from ..engine.names import Names
from ..engine.scopes import Scope
from ..engine.source import Function, Source, is_function
from ..engine.tokens import Tokens
from ..facts.references.homes import home_of
from ..facts.references.scan import attribute_start
from ..facts.references.scan import read as read_sites
from .asked import INIT
from .values import Facts, Signature, Use
from .wrappers import wrappers

_PARTIAL = ("functools.partial", "functools.partialmethod")
_ASKING = ("isinstance", "issubclass", "cast", "TypeVar", "NewType", "super")
_ASSERTED = re.compile(
    r"\.(?:assert_(?:called|awaited|any|has|not)\w*|call_args\w*|await_args\w*|mock_calls|method_calls)\b"
)


def read(file: Source, words: Collection[str], parameter: str) -> Facts:
    """The facts of a file; a function that it imports by another name is looked for by that one, too."""
    if not file.is_python:
        return Facts(read_sites(file, dict.fromkeys(words, ())))
    words = frozenset((*words, *aliases(file, words)))
    sites = read_sites(file, dict.fromkeys(words, ()))
    if not sites.sites:
        return Facts(sites, wrappers=frozenset(wrappers(file, parameter)))
    names = file.once(Names)
    return Facts(
        sites=sites,
        signatures=tuple(_signatures(file, names, words, parameter)),
        uses=tuple(_use(file, names, start, node, parameter) for start, node in places(file, words).items()),
        examples=tuple(_examples(file, words)),
        makes=tuple(_makes(file, names, words)) if INIT in words else (),
        wrappers=frozenset(wrappers(file, parameter)),
        asserted=tuple(_asserted(file)),
    )


def aliases(file: Source, words: Collection[str]) -> Iterator[str]:
    """The names by which a file imports some others."""
    for node in file.walk(file.tree, file.word_lines(words)):
        if isinstance(node, ast.ImportFrom):
            yield from (a.asname for a in node.names if a.name in words and a.asname and a.asname != a.name)


def places(file: Source, words: Collection[str]) -> dict[int, ast.expr]:
    """The names and attributes that are one of some words, by where the word stands; of an f-string in another one none."""
    tokens = Tokens(file.once(Names), words)
    found: list[tuple[int, ast.expr]] = [(t.start, t.node) for t in tokens.tokens if isinstance(t.node, ast.Name)]
    found += [(attribute_start(file, node), node) for node in tokens.attributes]
    return {start: node for start, node in found if start >= 0 and not _is_nested(file, node)}


def _is_nested(file: Source, node: ast.expr) -> bool:
    above = [node, *file.ancestors(node)]
    fields = [(above[n], parent) for n, parent in enumerate(above[1:]) if isinstance(parent, ast.FormattedValue)]
    return sum(child is parent.value for child, parent in fields) > 1


# ---- definitions -------------------------------------------------------------------------------


def _signatures(file: Source, names: Names, words: Collection[str], parameter: str) -> Iterator[Signature]:
    for node in file.walk(file.tree, file.word_lines(words)):
        if is_function(node) and node.name in words:
            outer = names.scope(node)
            if not outer.is_function:
                yield _signature(file, names, node, outer, parameter)


def _signature(file: Source, names: Names, node: Function, outer: Scope, parameter: str) -> Signature:
    home = home_of(file, outer)
    taken = node.args
    decorators = tuple(_decorator(names, d) for d in node.decorator_list)
    positional = [a.arg for a in (*taken.posonlyargs, *taken.args)]
    if outer.is_class and "builtins.staticmethod" not in decorators:
        positional = positional[1:]
    own = {a.arg for a in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)}
    return Signature(
        name=f"{home}.{node.name}" if home else node.name,
        line=node.lineno,
        start=file.start(node),
        positional=tuple(positional),
        defaults=len(taken.defaults),
        only_keywords=bool(taken.vararg or taken.kwonlyargs),
        rest=taken.kwarg.arg if taken.kwarg is not None else "",
        taken=() if parameter in own else tuple(dict.fromkeys(_taken(file, names, node, parameter))),
        decorators=decorators,
        called=tuple(isinstance(d, ast.Call) for d in node.decorator_list),
        has=parameter in own,
        commented=_commented(file, node),
    )


def _decorator(names: Names, node: ast.expr) -> str:
    callee = node.func if isinstance(node, ast.Call) else node
    return names.meaning(callee) or ast.unparse(callee)


def _commented(file: Source, node: Function) -> bool:
    last = file.first_line(node.body[0])
    return any(
        re.match(r"#\s*type:(?!\s*ignore)", text)
        for line, text in file.comments.items()
        if node.lineno <= line <= last
    )


def _taken(file: Source, names: Names, node: Function, parameter: str) -> Iterator[tuple[int, str]]:
    """Why a name cannot be a parameter: the body binds it, or takes it from farther outside."""
    scope = names.of(node)
    for binding in scope.all_bindings:
        if binding.name == parameter:
            what = "a parameter" if binding.kind == "parameter" else "a name of the body"
            yield binding.line, f"{parameter} is {what} already"
    first, last = file.span(node)
    for token in Tokens(names, (parameter,)).tokens:
        inside = scope in token.scope.ancestors()
        if not inside or not first <= file.start(token.node) < last:
            continue
        if token.kind == "declare":
            yield token.line, f"{parameter} is declared in the body"
        elif token.kind == "read" and (token.target is None or scope not in token.target.ancestors()):
            what = "the builtin " if token.target is None else ""
            yield token.line, f"the body uses {what}{parameter}, which the parameter would hide"


# ---- uses --------------------------------------------------------------------------------------


def _use(file: Source, names: Names, start: int, node: ast.expr, parameter: str) -> Use:
    above = file.ancestors(node)
    parent = next(above, None)
    inside = tuple(_inside(file, names, node, parameter))

    def use(how: str, call: ast.Call | None = None, taker: str = "") -> Use:
        given = call.keywords if call is not None else []
        written = {k for each in given if each.arg is None for k in _keys(each.value) or ()}
        return Use(
            start=start, line=file.line_of(start), how=how, taker=taker, inside=inside,  # type: ignore[arg-type]
            keywords=frozenset(k.arg for k in given if k.arg) | written, spreads=tuple(k.value.id if isinstance(k.value, ast.Name) else "?" for k in given if k.arg is None and _keys(k.value) is None),
        )  # fmt: skip

    if not isinstance(getattr(node, "ctx", None), ast.Load):
        return use("stored")
    match parent:
        case ast.Call(func=func) if func is node:
            return use("call", parent)
        case ast.Call(args=[first, *_]) if first is node and names.meaning(parent.func) in _PARTIAL:
            return use("partial", parent)
        case ast.Call(func=ast.Name(id=name)) if name in _ASKING:
            return use("type")
        case ast.Call():
            return use("value", taker=_decorator(names, parent))
        case ast.keyword():
            call = next(above, None)
            return use("value", taker=_decorator(names, call) if isinstance(call, ast.Call) else "")
        case ast.Attribute():
            return use("attribute", taker=parent.attr)
    return use("type" if _is_type(file, node) else "value")


def _keys(mapping: ast.expr) -> set[str] | None:
    """The keys of a mapping that is written out; None for any other."""
    keys = mapping.keys if isinstance(mapping, ast.Dict) else [None]
    found = {k.value for k in keys if isinstance(k, ast.Constant) and isinstance(k.value, str)}
    return found if len(found) == len(keys) else None


def _examples(file: Source, words: Collection[str]) -> Iterator[int]:
    """The lines of examples in docstrings on which one of some words is called."""
    pattern = re.compile(rf"[ \t]*(?:>>>|\.\.\.) .*(?<!\w)(?:{'|'.join(map(re.escape, sorted(words)))})\(")
    yield from (line for line in file.word_lines(words) if pattern.match(file.line(line)))


def _is_type(file: Source, node: ast.expr) -> bool:
    """Whether a name stands where a class does that nobody calls."""
    child: ast.AST = node
    for parent in file.ancestors(node):
        match parent:
            case ast.arg() | ast.ClassDef() | ast.ExceptHandler() | ast.MatchClass():
                return not (isinstance(parent, ast.ClassDef) and child in parent.decorator_list)
            case (
                ast.AnnAssign(annotation=found) | ast.FunctionDef(returns=found) | ast.AsyncFunctionDef(returns=found)
            ):
                return found is child
            case ast.Call(func=ast.Name(id=name)):
                return name in _ASKING
            case ast.Subscript() | ast.BinOp(op=ast.BitOr()) | ast.Tuple() | ast.List():
                child = parent
            case _:
                return False
    return False


def _makes(file: Source, names: Names, words: Collection[str]) -> Iterator[tuple[int, str]]:
    """Where a class that is one of some words makes what it is itself."""
    for node in file.walk(file.tree, file.word_lines(words)):
        if isinstance(node, ast.ClassDef) and node.name in words:
            home = home_of(file, names.of(node))
            for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
                if ast.unparse(call.func) in ("cls", "type(self)", "self.__class__", "super().__new__"):
                    yield call.lineno, home


def _inside(file: Source, names: Names, node: ast.expr, parameter: str) -> Iterator[str]:
    """The functions around a node whose parameter of a name is what the name means there."""
    for scope in names.scope(node).ancestors():
        if is_function(scope.node):
            outer = names.scope(scope.node)
            home = home_of(file, outer)
            if not outer.is_function:
                yield f"{home}.{scope.node.name}" if home else scope.node.name
        if parameter in scope.names and not scope.is_class:
            return


def _asserted(file: Source) -> Iterator[tuple[int, int, int]]:
    """The lines on which a mock is asked how it was called, with the first and last line of the function around."""
    for match in _ASSERTED.finditer(file.text):
        line = file.line_of(match.start())
        around = next((n for n in file.above(line) if is_function(n)), None)
        if around is not None:
            yield line, file.first_line(around), around.end_lineno or line
