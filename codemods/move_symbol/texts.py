"""The texts of both modules: what is taken out of the one, what is put into the other, and where."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..engine.values import Import
from ..facts.moving.late import place
from ..facts.moving.lists import in_all, quote_of, with_, without
from ..facts.moving.needs import Needs
from ..facts.moving.texts import gap, pieces, taken_out
from ..facts.moving.units import Outline, Unit, is_definition
from ..facts.moving.values import Target, Text
from .move import Move
from .values import New


class Writer:
    """Prepares the texts of a move."""

    def __init__(
        self, source: Outline, dest: Outline | None, target: Target, units: Sequence[Unit], needs: Needs, move: Move
    ) -> None:
        self.source, self.dest, self.target, self.units, self.needs, self.move = (
            source,
            dest,
            target,
            units,
            needs,
            move,
        )
        self.edits = dict(needs.edits)
        late = {n for p, n in move.late if p == target.dest}
        self.late = late
        self.checked = set(needs.checked)
        for name in sorted(late):
            self._imports_late(name)

    def _imports_late(self, name: str) -> None:
        """Import a name of the old module in the functions that move and use it."""
        file = self.source.file
        for unit in self.units:
            for read in self.source.reads(unit):
                if read.name == name and (read.node is None or read.scope.function is None):
                    self.checked.add(Import(self.move.forth, name))  # an annotation that nobody evaluates
                elif read.name == name and read.node is not None:
                    found = place(file, read.scope)
                    assert found is not None, "circles.py lets nothing wait that has no place"
                    at, indent = found
                    line = f"{indent}from {self.move.forth} import {name}\n"
                    known = self.edits.get(at, (at, ""))
                    if line not in known[1]:
                        self.edits[at] = (known[0], known[1] + line)

    # ---- what is put into the new module -------------------------------------------------------

    def requires(self) -> tuple[Import, ...]:
        found = set(self.needs.requires)
        found |= {Import(self.move.forth, name) for name in self.needs.stays if name not in self.late}
        found |= {Import("__future__", name) for name in self._futures()}
        if self.checked and not self._checking():
            found.add(Import("typing", "TYPE_CHECKING"))
        return tuple(sorted(found))

    def _futures(self) -> Iterator[str]:
        names = self.source.names.futures
        if self.dest is None:
            yield from names
        elif "annotations" in names - self.dest.names.futures and any(map(_is_annotated, self.units)):
            yield "annotations"

    def _checking(self) -> ast.If | None:
        """The block of the new module that only type checkers see."""
        from ..engine.bindings import checking_branch, checking_names

        if self.dest is None:
            return None
        names = checking_names(self.dest.file)
        nodes = (n for n in self.dest.file.tree.body if isinstance(n, ast.If))
        return next((n for n in nodes if checking_branch(n, names) == "body"), None)

    def _checked(self) -> Iterator[Text]:
        """Imports for type checkers alone."""
        if not self.checked:
            return
        lines = [str(item) for item in sorted(self.checked)]
        block = self._checking()
        if self.dest is None:
            step = self.source.file.indent
            yield Text(0, 0, "if TYPE_CHECKING:\n" + "".join(f"{step}{line}\n" for line in lines) + "\n\n")
            return
        file = self.dest.file
        if block is not None:
            last = block.body[-1]
            indent = file.text[file.line_starts[last.lineno - 1] : file.start(last)]
            there = {str(i) for s in block.body for i in _items(s)}
            start = file.line_starts[last.lineno - 1] if isinstance(last, ast.Pass) and len(block.body) == 1 else None
            end = file.line_end(last.end_lineno or last.lineno)
            more = "".join(f"{indent}{line}\n" for line in lines if line not in there)
            yield from [Text(end if start is None else start, end, more)] if more else []
            return
        imports = [u for u in self.dest.units if u.is_import]
        end = imports[-1].end if imports else 0
        step = file.indent
        text = "if TYPE_CHECKING:\n" + "".join(f"{step}{line}\n" for line in lines)
        yield Text(end, end, f"\n{text}" if end else f"{text}\n")

    def _body(self, at: int) -> Iterator[Text]:
        before: Unit | None = None
        for unit, text in self.needs.copies.items():
            yield Text(at, at, text.lstrip("\n") + ("\n" if not text.endswith("\n") else ""))
            before = unit
        for unit in self.units:
            if before is not None:
                yield from [Text(at, at, "\n" * lines)] if (lines := self._gap(before, unit)) else []
            yield from pieces(self.source, unit, self.edits, at)
            before = unit

    def _gap(self, before: Unit, unit: Unit) -> int:
        """How many blank lines part two statements; what is copied stood elsewhere."""
        if before in self.needs.copies:
            return 2 if is_definition(before) or is_definition(unit) else 1
        return gap(self.source, before, unit)

    def _ahead(self) -> Unit | None:
        """The statement of the new module above which the text goes: that is asked for, or needs it when it is executed, or
        runs the module as a program."""
        assert self.dest is not None
        landing = self.move.landing()
        return self.dest.at(landing) if landing is not None else None

    def arriving(self) -> tuple[Text, ...]:
        """What the new module gets, if it is there already."""
        assert self.dest is not None
        file = self.dest.file
        ahead = self._ahead()
        first = next(iter(self.needs.copies), self.units[0])
        if (beside := self.move.beside) is not None:
            return (*self._checked(), *self._listed(self.dest), *self._beside(beside, ahead))
        at = ahead.start if ahead is not None else len(file.text)
        above = [u for u in self.dest.units if u.end <= at]
        texts = [*self._checked(), *self._listed(self.dest)]
        spaced = 2 if is_definition(first) or (above and is_definition(above[-1])) else 1
        text = file.text[:at]
        if text.strip():
            if not text.endswith(("\n", "\r")):
                texts.append(Text(at, at, "\n"))
                text += "\n"
            lines = text.splitlines()
            blank = len(lines) - len("\n".join(lines).rstrip().splitlines())
            texts += [Text(at, at, "\n" * (spaced - blank))] if blank < spaced else []
        texts += self._body(at)
        if ahead is not None:
            below = 2 if is_definition(self.units[-1]) or is_definition(ahead) or ahead is self.dest.main else 1
            texts.append(Text(at, at, "\n" * below))
        return tuple(texts)

    def _beside(self, beside: Unit, ahead: Unit | None) -> Iterator[Text]:
        """The text below or above a statement: the blank lines that are there stay on its other side."""
        assert self.dest is not None
        file, last = self.dest.file, self.units[-1]
        first = next(iter(self.needs.copies), self.units[0])
        if self.move.options.before:
            yield from self._body(beside.start)
            yield Text(beside.start, beside.start, "\n" * self._apart(last, beside, beside))
            return
        at = beside.end
        there = file.text[at : ahead.start if ahead is not None else at]
        blank = len(there) - len(there.lstrip("\r\n")) if "\r\n" not in there else there.count("\r\n")
        start = "" if file.text[:at].endswith(("\n", "\r")) else "\n"
        yield Text(at, at, start + "\n" * self._apart(beside, first, ahead or beside, blank))
        yield from self._body(at)
        if ahead is not None and there.strip() == "" and blank < (below := self._apart(last, ahead, ahead)):
            yield Text(at, at, "\n" * (below - blank))

    @staticmethod
    def _apart(above: Unit, below: Unit, near: Unit, blank: int = 2) -> int:
        """How many blank lines part two statements: two around definitions, none between constants of one block."""
        if is_definition(above) or is_definition(below):
            return 2
        plain = below.lines[0] == below.lines[1] and above.lines[0] == above.lines[1] and not is_definition(near)
        return 0 if plain else min(blank, 1)

    def new(self) -> New:
        """The new module, if it comes to be."""
        listed = [*dict.fromkeys(n for u in self.units for n in self.move.exported(u))]
        head = ""
        if listed:
            given = next(iter(in_all(self.source)), None)
            quote = quote_of(self.source.file, given) if given is not None else '"'  # as the old module writes it
            inside = ", ".join(f"{quote}{n}{quote}" for n in listed)
            if isinstance(given, ast.Tuple):
                head = f"__all__ = ({inside}{',' if len(listed) == 1 else ''})\n\n"
            else:
                head = f"__all__ = [{inside}]\n\n"
            head += "\n" if is_definition(self.units[0]) else ""
        return New(
            path=self.target.dest, head=head, requires=self.requires(), texts=(*self._checked(), *self._body(0))
        )

    def _listed(self, outline: Outline) -> Iterator[Text]:
        """The entries of `__all__` that come along; from a module without one where the new module lists all that is public."""
        lists = in_all(outline, always=True)
        table = self.move.facts[self.target.source].sites.table.exported
        if not lists or (table is None and not _lists_all(outline)):
            return
        names = dict.fromkeys(n for u in self.units for n in sorted(u.names))
        listed = [n for n in names if (n in table if table is not None else n[:1] != "_")]
        yield from with_(outline.file, lists[-1], listed)

    # ---- what is taken out of the old one ------------------------------------------------------

    def leaving(self) -> tuple[Text, ...]:
        outline, file = self.source, self.source.file
        texts = taken_out(outline, self.units)
        gone = self.move.leaving
        for listed in in_all(outline):
            texts += without(file, listed, gone)
        return tuple(texts)


def _lists_all(outline: Outline) -> bool:
    """Whether `__all__` holds every function and class that a module defines and that is not private."""
    listed = {e.value for each in in_all(outline) for e in each.elts if isinstance(e, ast.Constant)}
    defined = {n for u in outline.units if is_definition(u) for n in u.names}
    return listed.issuperset(n for n in defined if n[:1] != "_")


def _is_annotated(unit: Unit) -> bool:
    return any(
        getattr(n, "annotation", None) is not None or getattr(n, "returns", None) is not None
        for n in ast.walk(unit.node)
    )


def _items(statement: ast.stmt) -> Iterator[Import]:
    from ..engine.bindings import imported

    if isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (item for _, _, item in imported(statement))
