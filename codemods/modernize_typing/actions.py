"""What is to be done with one type expression, as plain data.

All offsets are characters in the file; an expression inside a string literal has its own place in the
file too.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from ..engine.scopes import Lookup, Scope
from ..engine.values import Import

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands."""

    scope: Scope
    checking: bool = False  # under `if TYPE_CHECKING`

    def inside(self, scope: Scope) -> Place:
        return Place(scope, self.checking)

    def find(self, name: str) -> Lookup | None:
        """The innermost scope that binds a name; None for a builtin or an unknown name."""
        return self.scope.find(name)


@dataclass(frozen=True, slots=True)
class Region:
    """One outermost type expression."""

    node: ast.expr
    place: Place
    when: str  # "eager": evaluated when the module runs; "lazy": only on request; "never"
    role: str  # annotation, alias, base, cast, argument, isinstance, called, value, comment
    statement: ast.stmt
    may_quote: bool = False
    line: int = 0


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
