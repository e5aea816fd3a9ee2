"""The values of the rename: what one file holds of the two names, and what one change does in each file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from ..engine.source import Source
from ..engine.values import Import
from ..facts.suite.nodes import NamePlace, Placed
from ..facts.suite.tests import TestFile
from .definitions import Definition

SiteKind = Literal["param", "text", "direct", "generated", "hook", "import", "free"]
# what only other modules tell: a constant that names meet, a constant whose text is renamed, a decorator that looks
# OLD up among the arguments of tests, a function that is asked for fixtures by its parameters
Elsewhere = Literal["constant", "held", "decorator", "lent"]
Edits = tuple[tuple[int, int, str], ...]
Note = tuple[int, str, str]  # line, code, reason
Notes = tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """One place where the name stands for a fixture, with the edits that rename it there.

    `owner` is "f12" (the test or fixture defined on line 12), "u8" (the usefixtures mark written on line 8),
    "cTestA" (another class mark), "m" (pytestmark), "ini", or "l" (anything else in the module). Hazards block
    the whole change, notes do not.
    """

    kind: SiteKind
    owner: str
    line: int
    edits: Edits
    hazards: Notes = ()
    notes: Notes = ()
    source: str = ""  # import: the module (or module and attribute) that it comes from


@dataclass(frozen=True, slots=True)
class Bound:
    """One binding of OLD in a module or class, with every token that means it."""

    line: int
    edits: Edits
    hazards: Notes = ()  # NEW is taken here, or OLD means something else as well
    notes: Notes = ()
    calls: tuple[int, ...] = ()  # lines of direct calls
    defined: tuple[int, ...] = ()  # lines of its definitions and imports
    read: bool = False  # by a function that does not request it


@dataclass(slots=True)
class File:
    """The facts of one file."""

    tests: TestFile | None = None  # None for what is not parsed, or no Python
    sites: list[Site] = field(default_factory=list)
    bounds: dict[str, Bound] = field(default_factory=dict)  # "" the module, a class, "@LINE" a `name=`
    loose: list[int] = field(default_factory=list)  # lines with the string in an unknown role
    computed: list[tuple[int, str]] = field(default_factory=list)  # getfixturevalue(f"…"): line, regex
    handed: list[int] = field(default_factory=list)  # lines where an indirect parametrize hands it to a fixture
    blocks: list[Note] = field(default_factory=list)  # fixtures made at run time, names compared in unknown ways
    told: frozenset[str] = frozenset()  # words under which other files may get names from this one
    asking: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # where OLD meets such words, perhaps
    elsewhere: list[tuple[Elsewhere, int, str]] = field(default_factory=list)  # with the line and the name
    takes: tuple[str, ...] = ()  # functions of code that is not parsed, with a parameter OLD
    holds: tuple[str, ...] = ()  # constants and classes of the module with the text OLD in them
    definitions: dict[int, Definition] = field(default_factory=dict)  # by line
    docs: Edits = ()


@dataclass(frozen=True)
class Options:
    """The codemod's options that matter beside those of `find`."""

    old: str
    new: str
    definition: str
    on_collision: str
    fix_dangling: bool
    rename_locals: bool
    keep_alias: bool
    docs: bool
    plugin_fixture: tuple[str, ...]
    fixture_decorator: tuple[str, ...]


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

    def take(self, path: str, facts: Site | Bound) -> None:
        """Add what a file says of one place, or of one binding."""
        self.edit(path, facts.edits)
        self.blocks += [(path, note) for note in facts.hazards]
        self.notes += [(path, note) for note in facts.notes]

    def edit(self, path: str, edits: Iterable[tuple[int, int, str]]) -> None:
        self.edits.setdefault(path, []).extend(edits)


def quotes(file: Source, text: str) -> bool:
    """Whether a file holds that very string."""
    return re.search(rf"(['\"]){re.escape(text)}\1", file.text) is not None


def is_text(node: ast.AST | None, text: str) -> bool:
    """Whether a node is that very string."""
    return isinstance(node, ast.Constant) and node.value == text


def says(node: ast.AST, text: str) -> bool:
    """Whether that very string stands somewhere in a node."""
    return any(is_text(n, text) for n in ast.walk(node))


def changed_ids(line: int, old: str, new: str) -> Note:
    return (
        line, "F18-testid",
        f"test ids that hold {old!r} will hold {new!r}: deselect lists and recorded durations need the same change",
    )  # fmt: skip
