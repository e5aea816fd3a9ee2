"""What names mean across the files that `scan.py` scanned: re-exports, marks under a name, bases of classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import dirname, join

from ...engine.conditions import When, both
from ...engine.python import Pythons, pythons
from ...engine.remember import remembered
from ...engine.tables import Table
from ..exports import Exports, Found, mro
from ..modules import Modules
from .decide import Decider
from .tests import Mark, Test, TestClass, TestFile

Chain = tuple[list[tuple[str, TestClass]], list[str]]


@dataclass(frozen=True)
class TestNames:
    """The names of the scanned files."""

    scanned: Mapping[str, TestFile]
    modules: Modules
    _decided: dict[str, tuple[TestFile, TestFile]] = field(default_factory=dict, compare=False, kw_only=True)

    @cached_property
    def files(self) -> Mapping[str, TestFile]:
        """The scanned files, as they are on the Pythons of the project; what another file's decorator makes a fixture
        is one."""
        words = {name for file in self._alone.values() for name in file.makers}
        return {path: self._with_made(file, words) for path, file in self._alone.items()} if words else self._alone

    @cached_property
    def _alone(self) -> dict[str, TestFile]:
        """The same, each by itself: what was worked out for an earlier suite of the project is kept."""
        known = self._decided
        for path, file in self.scanned.items():
            if path not in known or known[path][0] is not file:
                known[path] = file, Decider(self.pythons(path)).file(file)
        return {path: known[path][1] for path in self.scanned}

    def _with_made(self, file: TestFile, words: set[str]) -> TestFile:
        made: dict[int, Test] = {}
        for test in file.tests:
            for dotted in test.decorators if test.fixture is None else ():
                where, name = self.resolve(dotted, file.path) if dotted.rpartition(".")[2] in words else ("", "")
                if (maker := self._alone[where].makers.get(name) if where in self._alone else None) is not None:
                    name = maker.name or test.name
                    made[test.line] = replace(test, fixture=replace(maker, name=name))
        return replace(file, tests=tuple(made.get(t.line, t) for t in file.tests)) if made else file

    def pythons(self, path: str) -> Pythons:
        """The Pythons that a file may run on."""
        return self.modules.project.once(pythons, join(dirname(path), "any.py"))  # a folder's files are alike

    def module(self, dotted: str, importer: str) -> str:
        """The file of a module as seen from a file; "" when it is not one of the project's."""
        return self.modules.path(dotted, importer) or ""

    @cached_property
    def exports(self) -> Exports:
        return Exports({path: _table(file) for path, file in self._alone.items()}, self.modules)

    def resolve(self, dotted: str, importer: str) -> tuple[str, str]:
        """(file, name in it) of a dotted or ":local" name, through re-exports; ("", "") when unknown."""
        if dotted.startswith(":"):
            return importer, dotted[1:]
        return _place(self.exports.find(dotted, importer)) or self.modules.split(dotted, importer) or ("", "")

    def reexported(self, path: str, name: str) -> tuple[str, str]:
        """The same for a name that a file has."""
        return _place(self.exports.gives(path, name)) or (path, name)

    def star_names(self, path: str) -> Iterator[str]:
        """What `from module import *` takes from a file, through further stars."""
        return self.exports.exported(path)

    # ---- marks -------------------------------------------------------------------------------

    def expand(
        self,
        path: str,
        marks: Iterable[Mark],
        decorators: Iterable[str] = (),
        below: tuple[tuple[str, str], ...] = (),
    ) -> Iterator[Mark]:
        """Marks with those that stand under a name looked up: of another file, of a class, or what a function gives."""
        named: list[tuple[str, int, When]] = [(d, 0, None) for d in decorators]
        for mark in marks:
            if mark.name[0] == "@":
                named.append((mark.name[1:], mark.line, mark.when))
            else:
                yield mark
        for dotted, line, when in named:
            place = where, name = self.resolve(dotted, path)
            if (file := self.files.get(where)) is not None and place not in below:
                found = self.expand(where, file.held.get(name, ()), below=(*below, place))
                yield from (replace(m, line=line, when=both(m.when, when)) for m in found)

    # ---- classes -----------------------------------------------------------------------------

    def cls(self, path: str, qualname: str) -> TestClass | None:
        return next(iter(self.called(path, qualname)), None)

    def called(self, path: str, qualname: str) -> list[TestClass]:
        """The classes of that name which may be the one, the likeliest first: the last that is surely defined, and
        those after it that stand under a condition."""
        found: list[TestClass] = []
        for cls in reversed(self.files[path].classes if path in self.files else ()):
            if cls.qualname == qualname:
                found.append(cls)
                if cls.when is None:
                    break
        return found

    @remembered
    def mro(self, path: str, cls: TestClass) -> Chain:
        """The class and its bases in the project, in the order of attribute lookup, and the dotted names of the others."""
        outside: list[str] = []

        def bases(of: tuple[str, TestClass]) -> Iterator[tuple[str, TestClass]]:
            for base in of[1].bases:
                target, name = self.resolve(base, of[0]) if base else ("", "")
                found = self.called(target, name)
                outside.extend(() if found else (base,))
                yield from ((target, variant) for variant in found)

        return mro((path, cls), bases), outside


def _place(found: Sequence[Found]) -> tuple[str, str] | None:
    """Where the first of several things is; where the first file that was not read would be read on."""
    if not found:
        return None
    first = next((f for f in found if f.kind == "unread"), found[0])
    return (first.path, first.name) if first.kind not in ("outside", "unknown") else ("", "")


def _table(file: TestFile) -> Table:
    """What a file binds on the Pythons of the project."""
    names = {name: (dotted,) for name, dotted in file.imports.items()} | {name: (f":{name}",) for name in file.bound}
    return Table(names=names, stars=tuple(f"*{star}" for star in file.stars), exported=file.exports)
