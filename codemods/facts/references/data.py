"""What one file says about some words, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...engine.tables import Table
from ..suite.tests import TestFile
from ..types.data import ModuleFacts

Form = Literal[
    "definition",  # `def old`, `class old`, `old = …`, `for old in …`: what binds it in its scope
    "name",  # `old`, read or deleted, `global old`
    "import",  # the imported name of `from m import old`, a part of the module of `import a.old` and `from a.old import …`
    "alias",  # the local name of `from m import x as old`
    "attribute",  # `x.old`
    "keyword",  # `f(old=…)`
    "pattern",  # `case C(old=…)`
    "parameter",  # `def f(old)`
    "all",  # an entry of `__all__`
    "annotation",  # a name in an annotation in quotes, or in a text that is one for `cast`, `TypeVar`, `ForwardRef`
    "lookup",  # a text that a call looks up on an object: `getattr(x, "old")`, `patch.object(m, "old")`
    "path",  # a part of a dotted text: `"pkg.m.old"`
    "text",  # a word in any other text
    "comment",
]
Verdict = Literal["resolves", "may", "name"]  # it does; one of several things; only the spelling agrees


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """One place where a word stands.

    `home` is the scope that binds a name: "" the module, "Cls.Inner" a class, "@12" a function, lambda or comprehension
    that begins at an offset. `asks` is the dotted name that the place means, as the file writes it; `receivers` are type paths
    (facts/types/paths.py) of what an attribute is taken from, of what a keyword is given to: several where it is one of them.
    """

    word: str
    line: int
    start: int  # character offset; -1 where it cannot be told
    form: Form
    asks: str = ""
    home: str = ""
    binds: str = ""  # of an import: the local name
    aliased: bool = False  # an import with `as`
    receivers: tuple[str, ...] = ()
    context: str = ""  # of a text: the call that takes it, `unittest.mock.patch#0`; "docstring"
    unsure: bool = False  # several things may bind the name here
    shows: str = ""  # how the name is seen there: `f"{old=}"` prints it, `old.__name__` reads it
    loads: bool = True  # of an attribute: it is read, not set
    ends: bool = False  # a text ends with it


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a scope cannot call a word otherwise: at this line, in words."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileSites:
    """One file. `bindings` are, by scope and word, what binds the word there: dotted names of imports, "None", or else the
    kind of a binding (engine/bindings.py); `clashes` are, by scope, old and new word, why the new one is taken. `functions` and `decorated` are those that bind or define a word."""

    table: Table = field(default_factory=Table)
    types: ModuleFacts | None = None
    sites: tuple[Site, ...] = ()
    bindings: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    clashes: Mapping[tuple[str, str, str], tuple[Clash, ...]] = field(default_factory=dict)
    tests: TestFile | None = None  # what pytest sees in it, of a file of tests
    functions: Mapping[str, str] = field(default_factory=dict)  # scopes of functions with their qualified names
    decorated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # decorators by qualified name
    telling: tuple[
        tuple[str, int], ...
    ] = ()  # classes of which a method reads the name of its own class, with the line


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """One place that refers to a definition, or whose spelling only agrees with it."""

    path: str
    line: int
    start: int
    end: int
    form: Form
    verdict: Verdict
    reason: str = ""  # why it only may be one, or what is not safe about it
    home: str = ""  # see `Site`
    binds: str = ""  # of an import: the local name
    aliased: bool = False  # an import with `as`
    context: str = ""  # see `Site`
    follows: bool = True  # of an import: the name that it binds is one that refers to the definition
    shows: str = ""  # see `Site`
    ends: bool = False  # see `Site`
