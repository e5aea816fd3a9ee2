"""One module as a row of statements with what belongs to each: decorators, comments above, blank lines; and what they read."""

from __future__ import annotations

import ast
import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...engine.bindings import Binding, ImportStatement
from ...engine.grouping import grouped
from ...engine.importing.texts import Strings
from ...engine.names import Names, last_name
from ...engine.remember import remembered
from ...engine.scopes import TYPES, Scope
from ...engine.source import TYPE_COMMENT, Definition, Source, is_docstring, statements
from ...engine.tokens import Tokens
from .effects import is_script

_BANNER = re.compile(r"#+[ \t]*[-=#*~_]{3,}|#.*[-=#*~_]{3,}[ \t]*$")
_PLACE = {"__file__", "__path__", "__spec__", "__package__"}  # what a module has that is of its place


@dataclass(frozen=True, eq=False)
class Unit:
    """A statement at the top of a module, from the comments above it to the end of its last line."""

    node: ast.stmt
    start: int
    end: int
    names: frozenset[str]  # that it binds
    lines: tuple[int, int]

    @property
    def is_import(self) -> bool:
        return isinstance(self.node, ImportStatement)


@dataclass(frozen=True, slots=True)
class Read:
    """A name of the module, or a builtin, that a unit reads; `start` is -1 where it stands in a text, which is `guessed` to name it
    where that is only handed on."""

    name: str
    start: int
    scope: Scope
    node: ast.expr | None = None
    above: ast.Attribute | None = None  # the attribute that is taken from it
    guessed: bool = False


class Outline:
    """The statements of one module. With `whole`, all comments above a statement belong to it, but for indented ones, which
    belong to the statement that they end."""

    def __init__(self, file: Source, whole: bool = False) -> None:
        self.file = file
        self.whole = whole
        self.names = file.once(Names)

    @cached_property
    def units(self) -> list[Unit]:
        found: list[Unit] = []
        for node in self.file.tree.body:
            if found and isinstance(node, ast.Expr) and self._documents(found[-1], node):
                last = found.pop()
                last_line = self._last_line(node)
                end = self.file.line_end(last_line)
                found.append(Unit(last.node, last.start, end, last.names, (last.lines[0], last_line)))
                continue
            first = self._first_line(node, found[-1].lines[1] if found else 0)
            last_line = self._last_line(node)
            start = self.file.line_starts[first - 1]
            names = frozenset(self._bound.get(node, ()))
            found.append(Unit(node, start, self.file.line_end(last_line), names, (first, last_line)))
        return found

    @cached_property
    def _bound(self) -> dict[ast.AST, list[str]]:
        """The names that each statement at the top binds, also with what stands in its blocks and expressions."""
        body = self.file.tree.body
        own = set(body)
        ends = [node.end_lineno or node.lineno for node in body]

        def top(binding: Binding) -> ast.AST:
            found = binding.statement
            return found if found in own else body[bisect.bisect_left(ends, binding.line)]

        return grouped((top(b), b.name) for b in self.names.module.all_bindings)

    def _documents(self, unit: Unit, node: ast.Expr) -> bool:
        """Whether a text says what the assignment above it is for."""
        text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return text and isinstance(unit.node, ast.Assign | ast.AnnAssign) and unit.lines[1] + 1 == node.lineno

    def _last_line(self, node: ast.stmt) -> int:
        """The line of the last comment that belongs to a statement."""
        last = line = node.end_lineno or node.lineno
        while self.whole and line < len(self.file.line_starts):
            line += 1
            text = self.file.line(line)
            if text[:1] in " \t" and text.lstrip()[:1] == "#":
                last = line
            elif text.strip():
                break
        return last

    def _first_line(self, node: ast.stmt, above: int) -> int:
        """The line of the first comment that belongs to a statement, below what ends on a line."""
        first = line = self.file.first_line(node)
        while line - 1 > above:
            text = self.file.line(line - 1).strip()
            if text.startswith("#") and (self.whole or not _BANNER.match(text)) and not self._is_header(line - 1):
                first = line - 1
            elif not (self.whole and not text):
                break
            line -= 1
        return first

    def _is_header(self, line: int) -> bool:
        text = self.file.line(line)
        return line <= 2 and (text.startswith("#!") or re.match(r"#.*coding[:=]", text) is not None)

    def of(self, name: str) -> list[Unit]:
        """The statements that bind a name."""
        return [u for u in self.units if name in u.names]

    def at(self, line: int) -> Unit | None:
        return next((u for u in self.units if u.lines[0] <= line <= u.lines[1]), None)

    def shares_line(self, unit: Unit) -> bool:
        """Whether other code stands on the lines of a statement."""
        file, node = self.file, unit.node
        before = file.text[file.line_starts[node.lineno - 1] : file.start(node)]
        rest = file.text[file.end(node) : file.line_end(node.end_lineno or node.lineno)]
        return bool(before.strip()) or bool(re.match(r"[ \t]*[^\s#]", rest))

    # ---- what a unit reads -----------------------------------------------------------------

    @remembered
    def reads(self, unit: Unit) -> tuple[Read, ...]:
        """The names of the module, and builtins, that a statement reads, in texts that are annotations too."""
        return tuple(self._read(unit))

    def _read(self, unit: Unit) -> Iterator[Read]:
        parents: dict[ast.AST, ast.AST] = {c: n for n in ast.walk(unit.node) for c in ast.iter_child_nodes(n)}
        for node in ast.walk(unit.node):
            if isinstance(node, ast.Name):
                scope = self.names.scope(node)
                home = scope.find(node.id)
                if home is None or home[0] is self.names.module or self.names.is_early(node, scope):
                    above = parents.get(node)
                    taken = above if isinstance(above, ast.Attribute) else None
                    start = self.file.start(node)
                    if self.file.text[start : start + len(node.id)] != node.id:
                        start = -1
                    yield Read(node.id, start, scope, node, taken)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from self._in_text(node)
        for line, comment in self.file.comments.items():
            if unit.lines[0] <= line <= unit.lines[1] and (match := TYPE_COMMENT.match(comment)):
                found = set(re.findall(r"[^\W\d]\w*", match[1])) & self.names.module.names.keys()
                yield from (Read(name, -1, self.names.module) for name in sorted(found))

    def _in_text(self, node: ast.Constant) -> Iterator[Read]:
        wanted = set(re.findall(r"[^\W\d]\w*", str(node.value))) & self.names.module.names.keys()
        if not wanted:
            return
        above = [*self.file.ancestors(node)]
        if len(above) > 1 and is_docstring(above[1], above[0]):
            return
        strings = self.file.once(Strings)
        if found := strings.names(node, above, wanted):
            guessed = strings.is_guess(node, above)
            yield from (Read(name, -1, self.names.module, guessed=guessed) for name in sorted(found))

    @cached_property
    def _aliases(self) -> dict[str, Unit]:
        """What may stand for a type: names that are assigned once."""
        units = [u for u in self.units if isinstance(u.node, ast.Assign | ast.AnnAssign) and u.node.value is not None]
        return {name: u for u in units for name in u.names if not _is_variable(u.node)}

    def through_aliases(self, unit: Unit) -> Iterator[Read]:
        """What stands in texts of the types that a definition names, as in `Alias = Optional["Base"]`: whoever asks a function for its
        hints looks it up where the function is."""
        queue = [r.name for r in self.reads(unit)] if isinstance(unit.node, Definition) else []
        seen: set[str] = set()
        while queue:
            name = queue.pop()
            alias = self._aliases.get(name)
            if name not in seen and alias is not None and alias is not unit:
                for read in self.reads(alias):
                    queue.append(read.name)
                    if read.node is None and not read.guessed:
                        yield read
            seen.add(name)

    def assigned_by(self, unit: Unit) -> set[str]:
        """The names of the module that functions in a statement bind by `global`."""
        found: set[str] = set()
        for node in statements([unit.node], inside=True):
            if isinstance(node, ast.Global):
                found.update(node.names)
        return found

    def of_its_place(self, unit: Unit) -> list[str]:
        """Names of the module's place that a statement reads: `__file__` and the like."""
        return sorted({r.name for r in self.reads(unit) if r.name in _PLACE})

    def unbound(self, name: str) -> list[int]:
        """The lines on which the module reads a name that nothing in it binds: a builtin."""
        tokens = Tokens(self.names, {name}, early=True).tokens
        return [t.line for t in tokens if t.kind == "read" and t.target is None]

    # ---- other things ----------------------------------------------------------------------

    @cached_property
    def main(self) -> Unit | None:
        """`if __name__ == "__main__":`"""
        return next((u for u in self.units if is_script(u.node)), None)

    def blank_after(self, unit: Unit) -> int:
        """The offset behind the blank lines below a statement."""
        line = unit.lines[1] + 1
        while line <= len(self.file.line_starts) and self.file.is_blank(line):
            if self.file.line_starts[line - 1] >= len(self.file.text):
                break
            line += 1
        return self.file.line_starts[line - 1] if line <= len(self.file.line_starts) else len(self.file.text)

    def blank_before(self, offset: int) -> int:
        """The offset of the first of the blank lines above an offset."""
        line = self.file.line_of(offset)
        while line > 1 and self.file.is_blank(line - 1):
            line -= 1
        return self.file.line_starts[line - 1]


def _is_variable(node: ast.stmt) -> bool:
    """Whether it makes a type variable, or a new type: their texts nobody looks up elsewhere."""
    call = getattr(node, "value", None)
    return isinstance(call, ast.Call) and last_name(call.func) in (*TYPES, "NewType")


def is_definition(unit: Unit) -> bool:
    return isinstance(unit.node, Definition)
