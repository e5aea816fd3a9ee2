"""Types that a file hands around as values, and annotations that must go on being equal to them (T13).

`List[int] == list[int]` is false: a test that compares a field's type with `List[int]`, an injector that
is asked for `List[str]`, a message that is expected to say "typing.Union[int, str]".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..engine.source import Source, is_docstring
from .actions import Region
from .chains import sides_of
from .names import WORDS
from .operands import Operands
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
        name: {n.id for n in ast.walk(region.node) if isinstance(n, ast.Name)}
        for region in regions
        if region.when != "never"
        for name in region.names
    }
    found: set[str] = set()
    more = aliases.keys() & set(names)
    while more:
        found |= more
        more = aliases.keys() & {part for name in more for part in aliases[name]} - found
    return frozenset(found)


def barred(
    names: Operands, regions: Iterable[Region], stays: Callable[[ast.expr], bool]
) -> dict[str, tuple[str, str]]:
    """The aliases that stand in a bar beside something that takes no bar itself (code and reason): a form of typing
    takes anything there. `stays` says of a string whether it keeps its quotes."""
    file = names.file
    aliases = {name for r in regions if r.when != "never" for name in r.names}
    lines = file.word_lines(aliases) if aliases and "|" in file.text else []
    found: dict[str, tuple[str, str]] = {}
    for node in _bars(file, lines) if lines else ():
        operands = [*sides_of(node)]
        mine = [o.id for o in operands if isinstance(o, ast.Name) and o.id in aliases]
        problems = (names.problem(o, names.module) for o in operands if mine and not is_string(o))
        if mine and any(is_string(o) and stays(o) for o in operands):
            found |= dict.fromkeys(mine, ("T01-string", f"a string stands beside it in line {node.lineno}"))
        elif problem := next((p for p in problems if p and p.sure), None):
            why = f"beside it in line {node.lineno}, {problem.reason}"
            found |= dict.fromkeys(mine, ("T07-function", why))
    return found


def _bars(file: Source, lines: Sequence[int]) -> Iterator[ast.BinOp]:
    """The bars in the statements that hold some lines, those in strings included."""
    for node in file.walk(file.tree, lines):
        inner: Iterable[ast.AST] = [node]
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
            inner = ast.walk(inner_expression(file, node) or node)
        yield from (n for n in inner if isinstance(n, ast.BinOp) and isinstance(n.op, ast.BitOr))


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
