"""Where a new import goes.

Aliases are edited by their `ast` positions, so comments, parentheses and layout of an import
statement stay. A name goes into a list by the order that the list already has; a new statement goes
where isort would put it among the first imports, and never into a `try` or under a condition.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest
from typing import Any

from ..bindings import ImportStatement, checking_branch, checking_names, imported
from ..grouping import grouped
from ..names import is_stdlib
from ..source import Definition, Source, is_docstring
from ..values import Edit, Import

# Comments that must stay above the imports, even where no blank line parts them from the code.
_HEADER = re.compile(r"#!|#.*?coding[:=]|#\s*(isort|mypy|pyright|pylint|flake8|ruff|type)\s*:")
_USUAL = 100  # columns: a formatter of the project knows better and comes later
# isort's three usual orders of names, the default (constants, classes, the rest) first
_ORDERS: tuple[Callable[[str], Any], ...] = (
    lambda n: (0 if n.isupper() and len(n) > 1 else 1 if n[:1].isupper() else 2, n.lower(), n),
    lambda n: (n.lower(), n),
    lambda n: n,
)


# ---- add ---------------------------------------------------------------------------------------


def add(file: Source, wanted: Iterable[Import]) -> list[Edit]:
    """Insertions that bind each wanted import at module level, none for what is bound already. New ones go
    above all definitions and type aliases, which may need them when they are executed."""
    bound = {*_items(file.tree.body)}
    loaded = [f"{b.module}." for b in bound if not (b.name or b.alias)]
    early = list(takewhile(lambda s: not isinstance(s, Definition) and not _is_alias(s), file.tree.body))
    edits: list[Edit] = []
    missing = sorted(set(wanted) - bound)
    modules = [
        i for i in missing if not i.name and (i.alias or not any(m.startswith(f"{i.module}.") for m in loaded))
    ]
    new = [_New(item.module, False, str(item)) for item in modules]
    for module, items in grouped((i.module, i) for i in missing if i.name).items():
        target = next((s for s in early if _gives_names_of(s, module)), None)
        if isinstance(target, ast.ImportFrom):
            edits += extend(file, target, items)
        else:
            items.sort(key=lambda i: _ORDERS[0](i.name))
            new.append(_New(module, True, _from(file, module, [_alias(i) for i in items])))
    return [*edits, *_insert(file, new)]


def _from(file: Source, module: str, names: Sequence[str]) -> str:
    """A new `from` statement, on one line where that is not too wide for the file."""
    line = f"from {module} import {', '.join(names)}"
    if len(names) == 1 or len(line) <= _widest(file):
        return line
    return file.newline.join([f"from {module} import (", *(f"    {n}," for n in names), ")"])


def _widest(file: Source) -> float:
    """How wide an import may get: no wider than one is already, or a usual line, in a file that wraps its imports."""
    statements = [s for s in file.tree.body if isinstance(s, ImportStatement)]
    if all(s.lineno == s.end_lineno for s in statements):
        return math.inf
    lines = (file.line(n) for s in statements for n in range(s.lineno, (s.end_lineno or s.lineno) + 1))
    return max(_USUAL, *(len(line.partition("#")[0].rstrip()) for line in lines))


def _is_alias(statement: ast.stmt) -> bool:
    """Whether a statement looks like `X = Optional[int]`, `X = A | B`, `x: X = …`."""
    match statement:
        case ast.AnnAssign() | ast.Assign(value=ast.Subscript() | ast.BinOp(op=ast.BitOr())):
            return True
    return False


def _alias(item: Import) -> str:
    return f"{item.name} as {item.alias}" if item.alias else item.name


def _gives_names_of(statement: ast.stmt, module: str) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.names[0].name != "*" and _module(statement) == module


def _module(statement: ImportStatement) -> str:
    if isinstance(statement, ast.Import):
        return statement.names[0].name
    return "." * statement.level + (statement.module or "")


def add_instead(file: Source, pairs: Collection[tuple[Import, Import]]) -> Iterator[Edit]:
    """Insertions that bind each new import wherever its old one stands under `if TYPE_CHECKING:`; none for what is
    bound there or at module level already."""
    names = checking_names(file) if pairs else ()
    branches = ((node, checking_branch(node, names)) for node in ast.walk(file.tree)) if names else ()
    for block in (getattr(node, branch) for node, branch in branches if branch):
        imports = [s for s in block if isinstance(s, ImportStatement)]
        there = {*_items(file.tree.body), *_items(imports)}
        grown: dict[tuple[ImportStatement, bool], list[Import]] = {}
        for statement in imports:
            old = {*_items([statement])}
            for new in sorted({new for new, before in pairs if before in old} - there):
                there.add(new)
                target = next((s for s in imports if new.name and _gives_names_of(s, new.module)), None)
                grown.setdefault((target or statement, target is not None), []).append(new)
        for (statement, has_module), items in grown.items():
            if has_module and isinstance(statement, ast.ImportFrom):
                yield from extend(file, statement, items)
            else:
                yield _ahead(file, statement, items)


def _ahead(file: Source, old: ImportStatement, items: Sequence[Import]) -> Edit:
    """New statements right before an old one."""
    start = file.start(old)
    indent = file.text[file.line_starts[old.lineno - 1] : start]
    glue = "; " if indent.strip() else file.newline + indent
    lines = [str(i) for i in items if not i.name]
    for module, named in grouped((i.module, i) for i in items if i.name).items():
        lines.append(f"from {module} import {', '.join(map(_alias, named))}")
    return file.replace((start, start), "".join(line + glue for line in lines))


def _items(block: Iterable[ast.stmt]) -> Iterator[Import]:
    for statement in block:
        if isinstance(statement, ImportStatement):
            yield from (item for _, _, item in imported(statement))


# ---- add a name to a statement -----------------------------------------------------------------


def extend(file: Source, statement: ast.ImportFrom, items: Iterable[Import]) -> Iterator[Edit]:
    """Put names into a `from` statement, sorted where the list is sorted, else at its end."""
    names = [a.name for a in statement.names]
    order = next((o for o in _ORDERS if names == sorted(names, key=o)), None)
    ordered = sorted(items, key=lambda i: (order or _ORDERS[0])(i.name))
    places = ((sum(order(n) <= order(i.name) for n in names) if order else len(names), _alias(i)) for i in ordered)
    for place, new in grouped(places).items():
        if place < len(names):
            yield _before_name(file, statement, place, new)
        else:
            yield from _after_names(file, statement, new)


def _before_name(file: Source, statement: ast.ImportFrom, place: int, new: Sequence[str]) -> Edit:
    """Names before another: where that one starts a line, on their own lines above its comments."""
    start = file.start(statement.names[place])
    indent = _own_line(file, statement, place)
    if indent is None:
        names = "".join(f"{n}, " for n in new)
        wrap = _break(file, statement, start, new)
        return file.replace((start, start), f"{names.rstrip()}{wrap}" if wrap else names)
    line = file.line_of(start)
    while file.line(line - 1).strip().startswith("#"):
        line -= 1
    start = file.line_starts[line - 1]
    return file.replace((start, start), "".join(f"{indent}{n},{file.newline}" for n in new))


def _after_names(file: Source, statement: ast.ImportFrom, new: Sequence[str]) -> list[Edit]:
    """Names after the last one: on their own lines where that one has a line to itself."""
    end = file.end(statement.names[-1])
    indent = _own_line(file, statement, len(statement.names) - 1)
    line_end = file.line_end(file.line_of(end))
    rest = file.text[end:line_end].partition("#")[0]
    if indent is None or ")" in rest:
        wrap = _break(file, statement, end, new)
        text = f",{wrap}{', '.join(new)}" if wrap else "".join(f", {n}" for n in new)
        return [file.replace((end, end), text)]
    comma = "," if rest.strip() else ""
    lines = f",{file.newline}".join(indent + n for n in new) + comma + file.newline
    edit = file.replace((line_end, line_end), lines)
    return [edit] if comma else [file.replace((end, end), ","), edit]


def _break(file: Source, statement: ast.ImportFrom, offset: int, new: Sequence[str]) -> str:
    """The line break and indent that keep a wrapped statement from growing wider; "" where it need not be."""
    start = file.line_starts[file.line_of(offset) - 1]
    line = file.text[start : file.line_end(file.line_of(offset))].rstrip()
    wrapped = file.line_of(offset) > statement.lineno and "(" in file.text[file.start(statement) : start]
    indent = line[: len(line) - len(line.lstrip())]
    return f"{file.newline}{indent}" if wrapped and len(line) + len(", ".join(new)) + 2 > _widest(file) else ""


def _own_line(file: Source, statement: ast.ImportFrom, place: int) -> str | None:
    """The indent of a name that starts a line inside of parentheses; None for any other."""
    start = file.start(statement.names[place])
    indent = file.text[file.line_starts[file.line_of(start) - 1] : start]
    return indent if "(" in file.text[file.start(statement) : start] and not indent.strip() else None


# ---- add a statement ---------------------------------------------------------------------------

_FUTURE, _STDLIB, _THIRD_PARTY, _FIRST_PARTY, _LOCAL = range(5)


@dataclass(frozen=True)
class _New:
    """A new import statement."""

    module: str
    is_from: bool
    text: str


class _Block:
    """A module's first imports: their sections and order, and the places between them."""

    def __init__(self, file: Source, statements: Sequence[ImportStatement]) -> None:
        self.file = file
        self.statements = statements
        self.sections = self._sections()
        ordered = [
            (n, isinstance(s, ast.ImportFrom), _module(s).lower())
            for n, s in zip(self.sections, statements, strict=True)
        ]
        mixed = [(section, module, is_from) for section, is_from, module in ordered]
        # whether `import x` and `from x import y` mix, sorted by module (isort's force_sort_within_sections)
        self.by_module = ordered != sorted(ordered) and mixed == sorted(mixed)
        self.keys: Sequence[tuple[object, ...]] = mixed if self.by_module else ordered
        # whether blank lines part the sections: nothing says that they do not
        pairs = zip(pairwise(statements), pairwise(self.sections), strict=True)
        self.spaced = not any(a.end_lineno == b.lineno - 1 and m != n for (a, b), (m, n) in pairs)
        # the run of imports that each statement belongs to: other statements part one from the next
        self.runs = [file.tree.body.index(s) - number for number, s in enumerate(statements)]

    def _sections(self) -> list[int]:
        """The section of each statement. Where blank lines part what is not of the standard library,
        the second group is the project's own."""
        found: list[int] = []
        for index, statement in enumerate(self.statements):
            section = self._by_name(_module(statement))
            if section == _THIRD_PARTY and found and found[-1] in (_THIRD_PARTY, _FIRST_PARTY):
                between = range((self.statements[index - 1].end_lineno or 0) + 1, statement.lineno)
                section = _FIRST_PARTY if any(map(self.file.is_blank, between)) else found[-1]
            found.append(section)
        return found

    def _by_name(self, module: str) -> int:
        if module == "__future__":
            return _FUTURE
        if module.startswith("."):
            return _LOCAL
        if is_stdlib(module):
            return _STDLIB
        own = module.partition(".")[0] in self.file.path.split("/")[:-1]
        return _FIRST_PARTY if own else _THIRD_PARTY

    def section(self, new: _New) -> int:
        tops = {_module(s).partition(".")[0]: n for s, n in zip(self.statements, self.sections, strict=True)}
        return tops.get(new.module.partition(".")[0]) or self._by_name(new.module)

    def key(self, new: _New) -> tuple[object, ...]:
        section, module = self.section(new), new.module.lower()
        return (section, module, new.is_from) if self.by_module else (section, new.is_from, module)

    def insert(self, new: Sequence[_New]) -> Iterator[Edit]:
        """New statements at their sorted places."""
        where = [*zip(self.sections, self.runs, strict=True)]
        places: dict[tuple[int, bool], list[_New]] = {}
        for item in sorted(new, key=self.key):
            section = self.section(item)
            # the first imports that have its section, not those that follow after other code
            run = next((r for s, r in where if s == section), None)
            mine = [i for i, r in enumerate(self.runs, 1) if run in (None, r)]
            place = max((i for i in mine if self.keys[i - 1] <= self.key(item)), default=mine[0] - 1 if mine else 0)
            # the first of a section that is there goes to it, not to the end of the one before
            begins = place == 0 or (
                place < len(where) and where[place][0] == section and where[place - 1] != (section, where[place][1])
            )
            places.setdefault((place, begins), []).append(item)
        for (place, is_before), items in places.items():
            yield self._beside(place if is_before else place - 1, is_before, items)

    def _beside(self, place: int, is_before: bool, items: Sequence[_New]) -> Edit:
        """New statements before or after one that is there."""
        section, statement = self.sections[place], self.statements[place]
        line = statement.lineno - 1 if is_before else statement.end_lineno or 0
        while is_before and place and self.file.line(line).lstrip().startswith("#"):
            line -= 1  # a comment stays with its import; above the first one it is the file's header
        text, last = self._text(self.section(items[0]) if is_before else section, items)
        apart = last != section and self.spaced and (is_before or not self.file.is_blank(line + 1))
        return _below(self.file, line, text + self.file.newline * apart)

    def _text(self, section: int, items: Sequence[_New]) -> tuple[str, int]:
        """The lines of new statements after one of `section`, and the section of the last."""
        text = ""
        for item in items:
            if self.section(item) != section and self.spaced:
                text += self.file.newline
            section = self.section(item)
            text += item.text + self.file.newline
        return text, section


def _insert(file: Source, new: Sequence[_New]) -> Iterator[Edit]:
    block = _Block(file, _first_imports(file))
    code = [s for s in file.tree.body if not is_docstring(file.tree, s)]
    begins = bool(block.statements) and block.statements[0] is code[0]
    # `from __future__` must be the first statement
    top = [n for n in new if not block.statements or (n.module == "__future__" and not begins)]
    if top:
        yield _at_top(file, _Block(file, ()), top)
    yield from block.insert([n for n in new if n not in top])


def _first_imports(file: Source) -> list[ImportStatement]:
    """The module's leading imports. Imports in a `try` or under a condition are passed over, and so is
    a lone simple statement between two imports (`pytest.importorskip("x")`); other code ends them."""
    found: list[ImportStatement] = []
    body = file.tree.body
    for statement, following in zip_longest(body, body[1:]):
        match statement:
            case ast.Import() | ast.ImportFrom():
                end = file.end(statement)
                if not file.text[end : file.line_end(file.line_of(end))].partition("#")[0].strip():  # else `; x = 1`
                    found.append(statement)
            case ast.If(body=inner) | ast.Try(body=inner):
                if not any(isinstance(s, ImportStatement) for s in inner):
                    break
            case ast.Assign(targets=[ast.Name(id=name)]) if name.startswith("__") and not found:
                pass  # __version__ = "1"
            case _:
                simple = isinstance(statement, ast.Assign | ast.Expr)
                lone = simple and isinstance(following, ImportStatement)
                if not (lone or is_docstring(file.tree, statement)):
                    break
    return found


def _at_top(file: Source, block: _Block, new: Sequence[_New]) -> Edit:
    """The first imports of a file: after shebang, cookie, header comments and docstring."""
    ordered = sorted(new, key=block.key)
    text, _ = block._text(block.section(ordered[0]), ordered)
    body, line, newline = file.tree.body, 0, file.newline
    if body and is_docstring(file.tree, body[0]):
        line, text, body = body[0].end_lineno or 0, newline + text, body[1:]
    else:
        number, comment = 1, ""
        while number <= len(file.line_starts) and file.line(number).strip()[:1] in ("", "#"):
            if _HEADER.match(file.line(number).strip()) or (comment and file.is_blank(number)):
                line = number
            comment = file.line(number).strip()
            number += 1
    line = min(line, len(file.line_starts))
    if body:  # two blank lines before a definition, one before anything else
        blank = list(takewhile(file.is_blank, range(line + 1, len(file.line_starts) + 1)))
        text += newline * (1 + isinstance(body[0], Definition) - len(blank))
    return _below(file, line, text)


def _below(file: Source, line: int, text: str) -> Edit:
    """Lines below one, or at the top; the last line of a file may have no end."""
    offset = file.line_end(line) if line else 0
    unended = offset == len(file.text) and file.text and not file.text.endswith(("\n", "\r"))
    return file.replace((offset, offset), (file.newline if unended else "") + text)
