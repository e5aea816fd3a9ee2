"""What names mean across the files that `scan.py` scanned: re-exports, marks under a name, bases of classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import dirname

from ...engine.conditions import When, both
from ...engine.python import Pythons, pythons
from ..modules import Modules
from .decide import decided
from .tests import Mark, Test, TestClass, TestFile

Chain = tuple[list[tuple[str, TestClass]], list[str]]


@dataclass(frozen=True)
class TestNames:
    """The names of the scanned files."""

    scanned: Mapping[str, TestFile]
    modules: Modules
    _chains: dict[tuple[str, TestClass], Chain] = field(default_factory=dict, compare=False, kw_only=True)
    _pythons: dict[str, Pythons] = field(default_factory=dict, compare=False, kw_only=True)

    @cached_property
    def files(self) -> Mapping[str, TestFile]:
        """The scanned files, as they are on the Pythons of the project; what another file's decorator makes a fixture
        is one."""
        words = {name for file in self._alone.values() for name in file.makers}
        return {path: self._with_made(file, words) for path, file in self._alone.items()} if words else self._alone

    @cached_property
    def _alone(self) -> dict[str, TestFile]:
        """The same, each by itself."""
        return {path: decided(file, self.pythons(path)) for path, file in self.scanned.items()}

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
        folder = dirname(path)
        if folder not in self._pythons:
            self._pythons[folder] = pythons(self.modules.project, path)
        return self._pythons[folder]

    def module(self, dotted: str, importer: str) -> str:
        """The file of a module as seen from a file; "" when it is not one of the project's."""
        return self.modules.path(dotted, importer) or ""

    def resolve(self, dotted: str, importer: str, depth: int = 0) -> tuple[str, str]:
        """(file, name in it) of a dotted or ":local" name, through re-exports; ("", "") when unknown."""
        if dotted.startswith(":"):
            return importer, dotted[1:]
        path, rest = self.modules.split(dotted, importer) or ("", "")
        return self.reexported(path, rest, depth) if rest else (path, "")

    def reexported(self, path: str, name: str, depth: int = 0) -> tuple[str, str]:
        """The same for a name that a file has."""
        file = self._alone.get(path)
        head, _, tail = name.partition(".")
        if file is None or depth > 8 or head in file.bound:
            return path, name
        if head in file.imports:
            target = file.imports[head] + (f".{tail}" if tail else "")
            return self.resolve(target, path, depth + 1)
        for star in file.stars:
            module = self.module(star, path)
            if module and self._is_exported(module, head) and (found := self.reexported(module, name, depth + 1))[0]:
                inner = self._alone.get(found[0])
                if inner is None or found[1].partition(".")[0] in inner.bound:
                    return found
        return path, name

    def _is_exported(self, path: str, name: str) -> bool:
        """Whether `from module import *` takes a name, if the module has it."""
        exports = self._alone[path].exports if path in self._alone else None
        return not name.startswith("_") if exports is None else name in exports

    def star_names(self, path: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """What `from module import *` takes from a scanned file, through further stars."""
        file = self.files.get(path)
        if file is None or path in seen:
            return
        if file.exports is not None:
            yield from file.exports
            return
        yield from (name for name in (*file.bound, *file.imports) if not name.startswith("_"))
        for star in file.stars:
            yield from self.star_names(self.module(star, path), seen | {path})

    # ---- marks -------------------------------------------------------------------------------

    def expand(
        self, path: str, marks: Iterable[Mark], decorators: Iterable[str] = (), depth: int = 0
    ) -> Iterator[Mark]:
        """Marks with those that stand under a name looked up: of another file, of a class, or what a function gives."""
        named: list[tuple[str, int, When]] = [(d, 0, None) for d in decorators]
        for mark in marks:
            if mark.name[0] == "@":
                named.append((mark.name[1:], mark.line, mark.when))
            else:
                yield mark
        for dotted, line, when in named if depth < 6 else ():
            where, name = self.resolve(dotted, path)
            if (file := self.files.get(where)) is not None:
                found = self.expand(where, file.marks_called(name), depth=depth + 1)
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

    def mro(self, path: str, cls: TestClass) -> Chain:
        """The class and its bases in the project, in the order of attribute lookup, and the dotted names of the others."""
        if (path, cls) not in self._chains:
            outside: list[str] = []
            self._chains[path, cls] = self._linear((path, cls), outside, ()), outside
        return self._chains[path, cls]

    def _linear(
        self, cls: tuple[str, TestClass], outside: list[str], below: tuple[tuple[str, TestClass], ...]
    ) -> list[tuple[str, TestClass]]:
        """Python's own order (C3); bases that no order fits stand one after the other."""
        where, each = cls
        lines = []
        for base in each.bases:
            target, name = self.resolve(base, where) if base else ("", "")
            found = self.called(target, name)
            if not found:
                outside.append(base)
            for variant in found if len(below) < 20 else ():
                if (target, variant) not in (cls, *below):
                    lines.append(self._linear((target, variant), outside, (cls, *below)))
        merged = [cls]
        lines.append([line[0] for line in lines])
        while lines := [line for line in lines if line]:
            free = (line[0] for line in lines if not any(line[0] in other[1:] for other in lines))
            first = next(free, lines[0][0])
            merged.append(first)
            lines = [[c for c in line if c != first] for line in lines]
        return merged
