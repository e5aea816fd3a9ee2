"""What is to be done with one type expression, as plain data.

All offsets are characters in the file; an expression inside a string literal has its own place in the
file too.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Literal

from ..engine.scopes import Scope
from ..engine.source import Source
from ..engine.values import Import
from .facts import Choices
from .names import Version
from .operands import Operands

Span = tuple[int, int]
Reason = tuple[str, str]  # a skip's code and text
Role = Literal["annotation", "alias", "base", "cast", "argument", "isinstance", "called", "value", "comment"]


@dataclass(frozen=True)
class Context:
    """One file with its names, and what is asked of it."""

    file: Source
    names: Operands
    choices: Choices
    target: Version
    stub: bool
    future: bool  # its annotations are not evaluated with it


@dataclass(frozen=True, slots=True)
class Region:
    """One outermost type expression."""

    node: ast.expr
    scope: Scope
    when: str  # "eager": evaluated when the module runs; "lazy": only on request; "never"
    role: Role
    statement: ast.stmt
    may_quote: bool = False

    @property
    def names(self) -> list[str]:
        """What an alias is called."""
        if self.role != "alias":
            return []
        targets = getattr(self.statement, "targets", [getattr(self.statement, "target", None)])
        return [t.id for t in targets if isinstance(t, ast.Name)]


@dataclass(frozen=True, slots=True)
class Action:
    """One rewrite inside a region. `kind` says which fields count.

    rename: the span becomes `text`. union: `Optional[…]` and `Union[…]` become operands with `|`
    (`none` appends `| None`). chain: the span becomes `text`, whose operands occur once, whatever else is done in it.
    unquote: a string literal becomes its content, `text`.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    operands: tuple[Span, ...] = ()
    none: bool = False

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass
class TypeReading:
    """What was found in a region."""

    region: Region
    actions: list[Action] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)  # the --only words that the actions belong to
    requires: set[Import] = field(default_factory=set)
    frees: set[Import] = field(default_factory=set)
    instead: set[tuple[Import, Import]] = field(default_factory=set)  # new for old ones that only type checkers see
    skips: list[tuple[int, str, str]] = field(default_factory=list)  # line, code, reason
    moved: set[str] = field(default_factory=set)  # local names of moved typing names seen here
    stuck: dict[str, tuple[str, str]] = field(
        default_factory=dict
    )  # local name that must stay typing's → code, reason
    needs_move: set[str] = field(default_factory=set)  # local names whose move this region's edit belongs to
    needs_quotes: bool = False  # evaluated as it stands, the new text would raise or leave a bare string
    quote: Span | None = None  # what is put into quotes as a whole
    values: list[ast.expr] = field(default_factory=list)  # expressions inside that are no types (Annotated metadata)
    opaque: bool = False  # a string in it cannot be opened
    unsafe: str = ""
    text: str | None = None  # what the region becomes
