"""Types that a file hands around as values, and annotations that must go on being equal to them (T13).

`List[int] == list[int]` is false: a test that compares a field's type with `List[int]`, an injector that
is asked for `List[str]`, a message that is expected to say "typing.Union[int, str]".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..engine.source import Source, is_docstring
from .actions import Region
from .chains import sides_of
from .names import WORDS
from .strings import inner_expression, is_string

_PREFIX = re.compile(rf"\b\w+\.(?=(?:{'|'.join(WORDS)})\b)")
_BRACKETS = r"\[(?:[^\[\]\"'\n]|\[(?:[^\[\]\"'\n]|\[[^\[\]\"'\n]*\])*\])*\]"  # with up to two more levels inside
_IN_TEXT = re.compile(rf"\btyping\.(?:{'|'.join(WORDS)}){_BRACKETS}")


def handed(file: Source, regions: Iterable[Region]) -> dict[str, int]:
    """Subscripted types used as values or spelled in messages, without module prefix → line."""
    regions = tuple(regions)
    found = {
        _spelled(r.node): r.node.lineno for r in regions if r.role == "value" and isinstance(r.node, ast.Subscript)
    }
    told = sorted({file.line_of(m.start()) for m in _IN_TEXT.finditer(file.text)}) if "typing." in file.text else []
    types = [file.span(r.node) for r in regions if r.role != "value"]
    for node in file.walk(file.tree, told) if told else ():
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        above = [*file.ancestors(node)]
        if is_docstring(above[1], above[0]) or any(isinstance(n, ast.Raise) for n in above):
            continue  # what an exception says is written here, and nothing is compared with it
        if not any(a <= file.start(node) < b for a, b in types):  # a type in quotes
            for match in _IN_TEXT.finditer(node.value):
                found.setdefault(_PREFIX.sub("", match[0].replace(" ", "").replace(",", ", ")), node.lineno)
    return found


def filled(regions: Iterable[Region], names: Iterable[str]) -> frozenset[str]:
    """The aliases among `names`, and those that they are made of."""
    aliases = {
        target.id: {n.id for n in ast.walk(region.node) if isinstance(n, ast.Name)}
        for region in regions
        if region.role == "alias" and region.when != "never"
        for target in targets(region.statement)
    }
    found: set[str] = set()
    more = aliases.keys() & set(names)
    while more:
        found |= more
        more = aliases.keys() & {part for name in more for part in aliases[name]} - found
    return frozenset(found)


def barred(
    file: Source, regions: Iterable[Region], stays: Callable[[ast.expr], bool], judge: Callable[[ast.expr], str]
) -> dict[str, tuple[str, str]]:
    """The aliases that stand in a bar beside something that takes no bar itself (code and reason): a form of typing
    takes anything there. `stays` says of a string whether it keeps its quotes, `judge` what speaks against others."""
    aliases = {t.id for r in regions if r.role == "alias" and r.when != "never" for t in targets(r.statement)}
    lines = file.word_lines(aliases) if aliases and "|" in file.text else []
    found: dict[str, tuple[str, str]] = {}
    for statement in file.tree.body if lines else ():
        if file.holds(statement, lines):
            for node in _with_quoted(file, statement):
                match node:
                    case ast.BinOp(op=ast.BitOr()):
                        operands = [*sides_of(node)]
                        names = [o.id for o in operands if isinstance(o, ast.Name) and o.id in aliases]
                        if names and any(is_string(o) and stays(o) for o in operands):
                            why = f"a string stands beside it in line {node.lineno}"
                            found |= dict.fromkeys(names, ("T01-string", why))
                        elif names and (
                            why := next((w for o in operands if not is_string(o) and (w := judge(o))), "")
                        ):
                            found |= dict.fromkeys(names, ("T07-function", f"beside it in line {node.lineno}, {why}"))
    return found


def _with_quoted(file: Source, root: ast.AST) -> Iterator[ast.AST]:
    """Every node, those of bars in strings included."""
    for node in ast.walk(root):
        yield node
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
            inner = inner_expression(file, node)
            yield from ast.walk(inner) if inner is not None else ()


def targets(statement: ast.stmt) -> Iterator[ast.Name]:
    """The names that an assignment binds."""
    found = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    yield from (t for t in found if isinstance(t, ast.Name))


def same_as(region: Region, values: Mapping[str, int]) -> int:
    """The line that hands a type of this region around; 0 where none does."""
    if not values or region.when == "never" or region.role in ("value", "cast", "comment"):
        return 0
    for node in ast.walk(region.node):
        if isinstance(node, ast.Subscript) and (line := values.get(_spelled(node))):
            return line
    return 0


def _spelled(node: ast.expr) -> str:
    return _PREFIX.sub("", ast.unparse(node))
