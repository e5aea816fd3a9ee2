"""What the steps of a new parameter hand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..engine.values import Import
from ..facts.references.data import FileSites
from .wrappers import Wrapper

How = Literal[
    "call",  # `f(…)`
    "partial",  # `partial(f, …)`
    "value",  # it is handed on, kept, decorates
    "attribute",  # `f.cache_clear`
    "stored",  # `m.f = …`, `del m.f`
    "type",  # an annotation, a base, what `isinstance` or an `except` asks for
]


@dataclass(frozen=True, slots=True)
class Signature:
    """One `def`. `taken` says why the parameter cannot be one of it: (line, reason)."""

    name: str  # qualified, in the file
    line: int
    start: int  # of its keyword
    positional: tuple[str, ...]  # without self and cls
    defaults: int
    only_keywords: bool  # it has `*` or `*args`
    rest: str  # its `**rest`
    taken: tuple[tuple[int, str], ...] = ()
    decorators: tuple[str, ...] = ()
    called: tuple[bool, ...] = ()  # of each decorator: `@f()`
    has: bool = False  # it has the parameter
    commented: bool = False  # its types stand in a comment


@dataclass(frozen=True, slots=True)
class Use:
    """One place of a word that is no import and no definition."""

    start: int
    line: int
    how: How
    keywords: frozenset[str] = frozenset()  # that a call gives
    spreads: tuple[str, ...] = ()  # of `f(**mapping)` the name, "?" for what is none
    taker: str = ""  # of a value: what it is given to
    inside: tuple[str, ...] = ()  # functions around, the innermost first, whose parameters are seen from here


@dataclass(frozen=True, slots=True)
class Facts:
    """One file."""

    sites: FileSites
    signatures: tuple[Signature, ...] = ()
    uses: tuple[Use, ...] = ()
    examples: tuple[int, ...] = ()  # lines of docstrings that show a call
    makes: tuple[tuple[int, str], ...] = ()  # lines where a class makes what it is itself: `cls(…)`, `type(self)(…)`
    wrappers: frozenset[Wrapper] = frozenset()
    asserted: tuple[
        tuple[int, int, int], ...
    ] = ()  # lines where a mock is asked how it was called, their function's lines


@dataclass(frozen=True, order=True)
class Name:
    """A dotted name in an expression, at a place of its text. `dotted` is what it means; "" what the place must have itself.
    `local` is what the module of the place calls the first part of it."""

    start: int
    end: int
    dotted: str
    local: str = ""
    item: Import | None = None  # how it is imported where nothing gives it


@dataclass(frozen=True, order=True)
class Written:
    """An expression and its names."""

    text: str
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, order=True)
class Defined:
    """A `def` that gets the parameter."""

    start: int
    name: str
    annotation: Written
    default: Written
    keyword_only: bool
    doc: str
    stub: bool = False  # an overload, or in a stub file


@dataclass(frozen=True, order=True)
class Called:
    """A call that gives it; `start` is where the word stands."""

    start: int
    line: int
    value: Written


@dataclass(frozen=True, order=True)
class Job:
    """What one change does in one file."""

    group: str
    line: int
    reason: str
    name: str
    words: tuple[str, ...]
    defined: tuple[Defined, ...] = ()
    called: tuple[Called, ...] = ()
    unsafe: bool = False
