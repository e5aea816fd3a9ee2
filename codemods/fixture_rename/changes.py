"""The values of the plan: what one change does in each file, while it is drafted and when it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..engine.values import Import, Skip
from ..facts.suite.nodes import NamePlace, Placed
from .texts import Edits, Note


@dataclass(frozen=True)
class Options:
    """The codemod's options that matter once the files are read."""

    old: str
    new: str
    definition: str = ""
    on_collision: str = "skip"
    fix_dangling: bool = False
    keep_alias: bool = False
    plugin_fixture: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """What one change does in one file: plain data for `find`."""

    group: str
    line: int
    reason: str
    edits: Edits
    unsafe: bool = False
    frees: tuple[Import, ...] = ()
    deletes: bool = False


@dataclass(frozen=True)
class Plan:
    """Everything that the rename does and leaves alone."""

    jobs: Mapping[str, tuple[Job, ...]] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()


@dataclass
class Draft:
    """One change in the making."""

    key: str
    path: str
    line: int
    known: list[Placed]
    bindings: list[NamePlace]
    blocks: list[tuple[str, Note]] = field(default_factory=list)  # path, (line, code, reason)
    notes: list[tuple[str, Note]] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    info: list[str] = field(default_factory=list)
    edits: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    frees: dict[str, tuple[Import, ...]] = field(default_factory=dict)
    hooks: list[tuple[str, int]] = field(default_factory=list)  # where the name is compared with those that tests use
    asked: bool = False  # something in the project requests it
    merged: bool = False  # its definitions are deleted: NEW exists already

    def block(self, path: str, line: int, code: str, reason: str) -> None:
        self.blocks.append((path, (line, code, reason)))

    def edit(self, path: str, edits: Iterable[tuple[int, int, str]]) -> None:
        self.edits.setdefault(path, []).extend(edits)
