"""Scan the files of a project: in rounds, until nothing more is asked for.

A name of a library may come to a file through other modules of the project. What it means is known
only when those are read: such a file is scanned again, with the answer (`Source.origins`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .codemod import ALL, Codemod, Needles
from .known import Known
from .registry import Spec
from .remember import remembered
from .tables import Table
from .values import Skip
from .world import Outcome, Task, World, matches_glob

# what stands in the brackets of a class statement; and a class that goes by another name
_BASES = re.compile(
    rb"^[ \t]*class\s+\w+\s*(?:\[[^\n]*\])?\s*\(((?:[^:#]|#.*)*)|\b(\w+)\s+as\b|^[ \t]*\w+\s*=\s*([\w.]+)\s*(?:#.*)?$",
    re.M,
)
_WORD = re.compile(rb"\w+")


def _bases(data: bytes) -> Iterator[bytes]:
    """The words that may name a base of a class in a file."""
    if b"class" in data or b"type(" in data:
        for match in _BASES.finditer(data):
            yield from _WORD.findall(match[match.lastindex or 0])


@dataclass(frozen=True)
class Reading:
    """What scanning gave: contents and facts by path, and why some files gave none."""

    contents: dict[str, bytes] = field(default_factory=dict)
    scanned: dict[str, Any] = field(default_factory=dict)
    unreadable: dict[str, Outcome] = field(default_factory=dict)
    sought: set[str] = field(default_factory=set)  # words that were asked for
    inherited: set[str] = field(default_factory=set)  # classes of which the subclasses were asked for
    reports: dict[str, str] = field(
        default_factory=dict
    )  # texts by name: what a pipe gave is not there a second time
    tables: dict[str, Table] = field(default_factory=dict)
    origins: dict[str, Mapping[str, str]] = field(default_factory=dict)  # of the files that have any

    def but(self, changed: Iterable[str]) -> Reading:
        """A copy for another state of the project, without what is known of some files and without contents."""
        gone = frozenset(changed)
        kept = {
            name: {p: v for p, v in getattr(self, name).items() if p not in gone}
            for name in ("scanned", "unreadable", "tables", "origins")
        }
        return replace(self, contents={}, sought={*self.sought}, inherited={*self.inherited}, **kept)


@dataclass
class Reader:
    """Scans files in the world's workers for one codemod; `reading` grows."""

    spec: Spec
    codemod: Codemod
    world: World
    reading: Reading
    before: frozenset[str] = frozenset()  # files that were scanned in an earlier state of the project
    aliases: set[str] = field(default_factory=set)  # other names of what the needles name

    def read(
        self, needles: Needles, targets: set[str], changed: Mapping[str, bytes | None] | None
    ) -> tuple[Known, set[str]]:
        """Scan the targets and all that the codemod asks for; those that are told of `changed` files of an earlier
        state are left. Returns what is known then, and further targets: files to which names of the libraries come
        through others."""
        reading, world = self.reading, self.world
        scans = type(self.codemod).scan is not Codemod.scan
        needs_scan = needles.scan and scans
        fresh = set(targets)
        if needs_scan and changed is None:
            if needles.fact:
                fresh |= world.search(needles.fact, ("*.py",))
            if needles.fact_files:
                fresh |= world.search(ALL, needles.fact_files)
        elif needs_scan and changed is not None:
            fresh |= {p for p, data in changed.items() if data is not None and p in self.before}
        scanned = fresh if needs_scan else set()
        looked: set[str] = set()
        while True:
            new = world.read(sorted(fresh - reading.contents.keys()))
            reading.contents.update(new)
            if scans:
                self.scan({p: reading.contents[p] for p in scanned if p in reading.contents})
            looked |= scanned
            known = self._known(targets)
            wants = self.codemod.wants(known)
            reports = [r for r in wants.reports if r not in reading.reports]
            reading.reports.update((r, world.services.read_report(r)) for r in reports)
            wanted = set(wants.paths).intersection(world.project().paths)
            words = {*wants.words, *self.aliases} - reading.sought
            if words:
                reading.sought.update(words)
                wanted |= world.search(tuple(sorted(words)), ("*.py",))
            wanted |= self._heirs({*wants.bases} - reading.inherited, wants.beside)
            fresh = scanned = wanted - reading.scanned.keys() - reading.unreadable.keys() - looked
            if not (fresh or reports or wants.again):
                break
        return known, {p for p in reading.origins.keys() & reading.contents.keys() if matches_glob(p, needles.files)}

    def _known(self, targets: set[str]) -> Known:
        reading = self.reading
        unreadable = {p: Skip(p, o.line, o.code, o.reason) for p, o in reading.unreadable.items()}
        project = replace(self.world.project(), unreadable=unreadable)
        facts = {p: reading.scanned[p] for p in sorted(reading.scanned)}
        return Known(project=project, facts=facts, reports=dict(reading.reports), targets=frozenset(targets))

    def _heirs(self, bases: set[str], beside: Callable[[str], bool]) -> set[str]:
        """The files with a class statement that names one of some classes."""
        if not bases:
            return set()
        self.reading.inherited.update(bases)
        held = self.world.search(tuple(sorted(bases)), ("*.py",))
        read = self.world.read(sorted(p for p in held - self.reading.scanned.keys() if not beside(p)))
        names = {name.encode() for name in bases}
        return {path for path, data in read.items() if not names.isdisjoint(_bases(data))}

    @remembered
    def holding(self, *words: str) -> set[str]:
        """The files that hold one of some words."""
        return self.world.search(words, ("*.py",))

    def scan(self, files: Mapping[str, bytes]) -> None:
        """Scan some files; those again whose names come through others."""
        self.run(Task("scan", self.spec, p, files[p]) for p in sorted(files))
        if self.codemod.libraries:
            found = self.codemod.libraries.origins(self, files)
            self.reading.origins.update(found)
            self.run(Task("scan", self.spec, p, files[p], origins=origins) for p, origins in found.items())

    def run(self, tasks: Iterable[Task]) -> None:
        """Keep what tasks of the kinds scan and table give."""
        for task, outcome in self.world.run([*tasks]):
            if not outcome.code:
                value, table = outcome.value
                if table is not None:
                    self.reading.tables[task.path] = table
                if value is not None:
                    self.reading.scanned[task.path] = value
            elif task.kind == "scan":
                self.reading.unreadable[task.path] = outcome
