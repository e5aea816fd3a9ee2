"""What the steps of a split hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..engine.values import Import
from ..facts.moving.units import Unit
from .layout import Layout
from .named import Single
from .watched import Watched


@dataclass(frozen=True, kw_only=True)
class Job:
    """What `find` is told of the module."""

    name: str  # dotted
    layout: Layout | None
    facade: str
    module_name: str
    private_prefix: str
    max_lines: int
    commits: str
    length: int  # of a line
    beside: frozenset[str]  # names of the modules that are in the folder of the package already
    header: bool  # whether parts have the comments above the docstring, too
    neighbours: frozenset[str]  # names of the modules that lie beside it
    stub: bool  # whether a stub says what the module has
    single: tuple[Single, ...]  # where builds list the module as a file of its own
    deprecated: tuple[tuple[str, str], ...]  # names, each with the version that lacks it
    single_file: bool  # whether it is split all the same
    watched: tuple[Watched, ...]  # what other files ask of the module that a package answers otherwise


@dataclass(frozen=True, kw_only=True, eq=False)
class Piece:
    """One module of the package: the statements that go there, in their order, and what these need."""

    name: str  # without folder and ending
    doc: str
    units: tuple[Unit, ...]
    requires: frozenset[Import] = frozenset()  # from outside of the package
    siblings: frozenset[Import] = frozenset()  # from other pieces
    checked: frozenset[Import] = frozenset()  # for type checkers alone
    edits: dict[int, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Doubt:
    """Why a split may be noticed: a line of the module, a reason."""

    line: int
    reason: str


@dataclass(frozen=True, order=True)
class Obstacle:
    """Why the module cannot be split: a line of it, a code, a reason."""

    line: int
    code: str
    reason: str
