"""Scan the files of a project: in rounds, until nothing more is asked for.

A name of a library may come to a file through other modules of the project. What it means is known
only when those are read: such a file is scanned again, with the answer (`Source.origins`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .codemod import ALL, Codemod, Libraries, Needles
from .registry import Spec
from .tables import Table
from .world import Outcome, Task, World, matches_glob


@dataclass(frozen=True)
class Reading:
    """What scanning gave: contents and facts by path, and why some files gave none."""

    contents: dict[str, bytes] = field(default_factory=dict)
    scanned: dict[str, Any] = field(default_factory=dict)
    unreadable: dict[str, Outcome] = field(default_factory=dict)
    sought: set[str] = field(default_factory=set)  # words that facts asked for
    tables: dict[str, Table] = field(default_factory=dict)
    origins: dict[str, Mapping[str, str]] = field(default_factory=dict)  # of the files that have any

    def but(self, changed: Iterable[str]) -> Reading:
        """A copy for another state of the project, without what is known of some files and without contents."""
        gone = frozenset(changed)
        return Reading(
            {},
            {p: v for p, v in self.scanned.items() if p not in gone},
            {p: v for p, v in self.unreadable.items() if p not in gone},
            {*self.sought},
            {p: v for p, v in self.tables.items() if p not in gone},
            {p: v for p, v in self.origins.items() if p not in gone},
        )


@dataclass
class Reader:
    """Scans files in the world's workers for one codemod; `reading` grows."""

    spec: Spec
    codemod: Codemod
    world: World
    reading: Reading
    before: frozenset[str] = frozenset()  # files that were scanned in an earlier state of the project
    aliases: set[str] = field(default_factory=set)  # other names of what the needles name

    def read(self, needles: Needles, targets: set[str], changed: Mapping[str, bytes | None] | None) -> set[str]:
        """Scan the targets and all that the codemod asks for; those that are told of `changed` files of an earlier
        state are left. Returns further targets: files to which names of the libraries come through others."""
        reading = self.reading
        needs_scan = needles.scan and type(self.codemod).scan is not Codemod.scan
        fresh = set(targets)
        if needs_scan and changed is None:
            if needles.fact:
                fresh |= self.world.search(needles.fact, ("*.py",))
            if needles.fact_files:
                fresh |= self.world.search(ALL, needles.fact_files)
        elif needs_scan and changed is not None:
            fresh |= {p for p, data in changed.items() if data is not None and p in self.before}
        known = set(self.world.project().paths) if needs_scan else set()
        while fresh:
            new = self.world.read(sorted(fresh))
            reading.contents.update(new)
            if needs_scan:
                self.scan(new)
            wanted = {p for p in self.codemod.follow(reading.scanned, self.world.project()) if p in known}
            words = {*self.codemod.seek(reading.scanned, self.world.project()), *self.aliases} - reading.sought
            if words:
                reading.sought.update(words)
                wanted |= self.world.search(tuple(sorted(words)), ("*.py",))
            fresh = wanted - reading.contents.keys() - reading.scanned.keys() - reading.unreadable.keys()
        return {p for p in reading.origins.keys() & reading.contents.keys() if matches_glob(p, needles.files)}

    def scan(self, files: Mapping[str, bytes]) -> None:
        """Scan some files; those again whose names come through others."""
        self._run(Task("scan", self.spec, p, files[p]) for p in sorted(files))
        if self.codemod.libraries:
            changed = self._origins(files, self.codemod.libraries)
            self._run(Task("scan", self.spec, p, files[p], origins=self.reading.origins[p]) for p in changed)

    def _run(self, tasks: Iterable[Task]) -> None:
        for task, outcome in self.world.run([*tasks]):
            if outcome.code:
                self.reading.unreadable[task.path] = outcome
                continue
            value = outcome.value
            if self.codemod.libraries:
                value, self.reading.tables[task.path] = value
            if value is not None:
                self.reading.scanned[task.path] = value

    @cached_property
    def _lenders(self) -> set[str]:
        """The files that may pass on names of the libraries: those that speak of one, or have a star import, and more."""
        if not self.codemod.libraries:
            return set()
        found = self.world.search((*self.codemod.libraries.names, "import *"), ("*.py",))
        return found.union(self.codemod.libraries.beside(self.world.project()))

    def _origins(self, files: Mapping[str, bytes], libraries: Libraries) -> list[str]:
        """Find out what comes to some files through others; those to which something does."""
        tables = self.reading.tables
        while True:
            origins = libraries.origins(tables, self.world.project(), self._lenders)
            found = {p: origins.of(p, files[p]) for p in sorted(files) if p in tables}
            missing = self.world.read(sorted(origins.missing))
            if not missing:
                break
            tables |= dict.fromkeys(missing, Table())
            wanted = {p: d for p, d in missing.items() if libraries.may_lend(d, origins.missing[p])}
            for task, outcome in self.world.run([Task("table", self.spec, p, d) for p, d in wanted.items()]):
                if not outcome.code:
                    tables[task.path] = outcome.value
        self.reading.origins.update((p, o) for p, o in found.items() if o)
        self.aliases |= origins.lent(found, self.codemod.needles().edit)
        return [p for p, o in found.items() if o]
