"""One move while it is planned: the two modules, what moves, who refers to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from ..engine.known import Known, Project
from ..engine.source import Source
from ..engine.values import Skip
from ..facts.moving.needs import Needs
from ..facts.moving.paths import relative
from ..facts.moving.units import Outline, Unit
from ..facts.moving.values import Target, Text
from ..facts.references.symbols import References
from .options import Options
from .values import MoveFacts, Site


def outline_of(project: Project, path: str, data: bytes, whole: bool) -> Outline:
    """A module as a row of statements: the same in each round."""
    del project
    return Outline(Source(path, data), whole)


class Move:
    """What the steps of the plan fill in and ask."""

    target: Target
    source: Outline
    dest: Outline | None  # None where the module comes to be
    names: frozenset[str]
    units: list[Unit]
    needs: Needs
    group: str

    def __init__(self, known: Known, references: References, options: Options) -> None:
        self.known, self.references, self.options = known, references, options
        self.facts: Mapping[str, MoveFacts] = known.facts
        self.modules = references.modules
        self.reset()

    def reset(self) -> None:
        """Forget what was found for the names that moved so far."""
        self.skips: list[Skip] = []
        self.doubts: set[str] = set()
        self.sites: dict[str, list[Site]] = {}  # places that name what moves by its module, by file
        self.starred: dict[str, set[str]] = {}  # names that a star import gave so far, by file
        self.staying: dict[str, int] = {}  # names that the old module still uses, with a line
        self.shadowed: dict[str, tuple[Text, ...]] = {}  # edits of the package that the new module comes to
        self.empties = False  # nothing is left of the old module
        self.late: set[tuple[str, str]] = set()  # file and name: imported in the functions that use it

    def outline(self, path: str, whole: bool = False) -> Outline:
        """A module of which the text was read."""
        data = self.facts[path].data
        assert data is not None
        return self.known.project.once(outline_of, path, data, whole)

    def block(self, path: str, line: int, code: str, reason: str) -> None:
        """Nothing moves, for a reason."""
        self.skips.append(Skip(path, line, code, reason, self.group))

    @property
    def is_blocked(self) -> bool:
        return any(skip.group for skip in self.skips)

    def moves(self, line: int) -> bool:
        """Whether a line of the old module moves."""
        return any(u.lines[0] <= line <= u.lines[1] for u in self.units)

    @property
    def is_package(self) -> bool:
        """Whether the old module is what a package offers: its users need not follow."""
        return self.target.source.endswith("/__init__.py")

    @property
    def stays_public(self) -> bool:
        """Whether the old module keeps the names for others: because it is asked for, or it is what a package offers."""
        return self.options.leave_alias or self.is_package

    @property
    def returning(self) -> tuple[str, ...]:
        """The names that the old module imports back."""
        return tuple(sorted({*self.staying, *(self.names if self.stays_public else ())}))

    @property
    def leaving(self) -> frozenset[str]:
        """The names that the old module has no more."""
        return self.names - {*self.returning}

    @property
    def back(self) -> str:
        """The new module as the old one writes it."""
        dots = self._has_dots(self.source) and self._is_one_package
        return relative(self.target.dest, self.target.source) if dots else self.target.dest_name

    @property
    def forth(self) -> str:
        """The old module as the new one writes it."""
        dots = self._has_dots(self.dest or self.source) and self._is_one_package
        return relative(self.target.source, self.target.dest) if dots else self.target.source_name

    @property
    def _is_one_package(self) -> bool:
        tops = {name.partition(".")[0] for name in (self.target.source_name, self.target.dest_name)}
        return len(tops) == 1 and "." in self.target.source_name

    @staticmethod
    def _has_dots(outline: Outline) -> bool:
        return any(isinstance(n, ast.ImportFrom) and n.level for n in outline.file.tree.body)

    def exported(self, unit: Unit) -> Iterator[str]:
        """The names of a unit that `__all__` of the old module lists."""
        listed = self.facts[self.target.source].sites.table.exported or ()
        yield from (n for n in sorted(unit.names) if n in listed)

    @property
    def beside(self) -> Unit | None:
        """The statement of the new module that the text is to stand beside, if one is asked for."""
        name = self.options.after or self.options.before
        found = self.dest.of(name) if self.dest is not None and name else []
        return (found[-1] if self.options.after else found[0]) if found else None

    def needed(self) -> int | None:
        """The line of the new module that needs the text to stand above it: that uses it at once, or is the program."""
        if self.dest is None:
            return None
        used = [e.line for e in self.facts[self.target.dest].events if e.kind == "use" and e.binds in self.names]
        units = [self.dest.at(line) for line in used] + [self.dest.main]
        return min((u.lines[0] for u in units if u is not None), default=None)

    def landing(self) -> int | None:
        """The line of the new module above which the text goes; None for its end."""
        if self.dest is None or (beside := self.beside) is None:
            return self.needed()
        if self.options.before:
            return beside.lines[0]
        return next((u.lines[0] for u in self.dest.units if u.start >= beside.end), None)
