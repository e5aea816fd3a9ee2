"""What one file says about exceptions, as plain data; type paths as in `types/paths.py`.

A *flow* is what the body of a function, or of a `try`, does that may raise: terms in the order of the text. Nothing in
here knows other files: `flow.py` says over the whole project what a term raises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..types.data import ModuleFacts
from .categories.looks import Category
from .evidence import Identity
from .injections import Injection

Operator = Literal[
    "getitem", "setitem", "delitem", "attribute", "setattribute", "iter", "unpack", "divide", "binary", "negative", "compare",
    "equal", "contains", "hash", "index", "modulo", "shift", "power", "bool", "format", "await", "aiter", "import", "assert",
    "decorate", "subclass", "match", "matchitems",
]  # fmt: skip


class Call(NamedTuple):
    """A call. `path` is the type path of what is called, "?.name" for a method of what is not known and "" for what has
    no name at all; `text` is how it is written."""

    line: int
    path: str
    text: str
    awaited: bool = False
    positional: int = 0
    keywords: tuple[str, ...] = ()
    given: tuple[tuple[str, str], ...] = ()  # arguments whose type path is known: ("0", path), ("key", path)


class Raise(NamedTuple):
    """`raise X from Y`: the type path of the class, "" for one that is not known. What is a class is called first."""

    line: int
    path: str
    text: str
    cause: str = ""


class Again(NamedTuple):
    """`raise` alone, or `raise e` of what the handler caught: all that the handlers so many levels out take."""

    line: int
    level: int = 0


class Op(NamedTuple):
    """What an operator does with a value of a type path ("" where it is not known); `right` is the other operand."""

    line: int
    operator: Operator
    path: str
    text: str
    right: str = ""


class Handler(NamedTuple):
    """One `except`: type paths of what it takes; "" for what is not known, None in place of a tuple for a bare one."""

    line: int
    takes: tuple[str, ...] | None
    body: Flow


class Try(NamedTuple):
    line: int
    body: Flow
    handlers: tuple[Handler, ...]
    orelse: Flow
    final: Flow
    swallows: bool = False  # the `finally` returns, breaks or continues: nothing leaves


class With(NamedTuple):
    """`with`: the type path of the manager, as it is written before it is entered."""

    line: int
    path: str
    text: str
    is_async: bool
    body: Flow
    given: tuple[str, ...] = ()  # type paths of the arguments, where the manager is made by a call: suppress(X)


class Yield(NamedTuple):
    """`yield`: in a context manager, what the body of the `with` raises arrives here."""

    line: int


Term = Call | Raise | Again | Op | Try | With | Yield
Flow = tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that takes every exception: `except Exception`, `except BaseException`, `except:`, one of them in a tuple, or
    `contextlib.suppress(Exception)`."""

    line: int
    kind: Literal["Exception", "BaseException", "bare"]
    begin: int  # the first line of the statement that it belongs to
    end: int  # the last line of the handler
    function: str = ""  # qualified name in `FlowFacts.flows`, "" for the module
    body: Flow = ()  # what it guards, and what `else` does not
    earlier: tuple[str, ...] = ()  # type paths of what handlers above it take
    beside: tuple[str, ...] = ()  # type paths of what else it names
    alias: str = ""  # the name that stands for all that it takes
    group: bool = False  # `except*`
    reads: tuple[str, ...] = ()  # attributes of the exception that the handler reads
    again: bool = False  # the handler raises it again, whatever happens
    category: Category | None = None
    identity: Identity | None = None  # by which evidence names it


@dataclass(frozen=True, slots=True)
class Rebinding:
    """What a file binds anew: type paths of attributes that it sets on what is defined elsewhere, the attributes that a function
    sets on what it is given ("*" for computed names), the decorators of classes, and their metaclasses."""

    stored: tuple[str, ...] = ()
    changing: dict[str, frozenset[str]] = field(default_factory=dict)
    dressed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    metaclasses: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """One file: the types of its callables, and what their bodies do. A flow is packed: few of them are ever asked for."""

    types: ModuleFacts
    flows: dict[str, tuple[bytes, ...]] = field(default_factory=dict)  # by qualified name; several where conditional
    returned: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # a decorator → the functions inside that it returns
    factories: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # a class → what makes the values of its fields
    unseen: frozenset[str] = (
        frozenset()
    )  # variables, and attributes of classes, that get a value of unknown type somewhere
    defaults: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # a function → parameters, and what is called by default
    rebinding: Rebinding = field(default_factory=Rebinding)
    swallowing: frozenset[str] = frozenset()  # methods `__exit__` that give True, whatever happened
    required: frozenset[str] = frozenset()  # dotted names that the module imports whatever happens
    clauses: tuple[Clause, ...] = ()
    injections: tuple[Injection, ...] = ()  # of a test file


@dataclass(frozen=True, slots=True)
class Entry:
    """What a library's callable can raise. `raises` maps the dotted name of a class, where it is defined, to its evidence: words
    like "o897" (seen so often), "r" (a `raise` in its source), "f" (the flow over its source), "x" (so says a static source that is exact), "s" (stub), "d"
    (documentation), "b" (what that says of all exceptions of the library), "w" (weak: another tool's data), "u" (the user says so); more letters say which of several sources. `total` where the list is complete."""

    raises: dict[str, str]
    total: bool = False
