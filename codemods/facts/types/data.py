"""What one file says about its callables, as plain data; type paths as in `paths.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ...engine.tables import Table

Kind = Literal["async", "asyncgen", "gen", "sync"]  # of a `def`
Way = Literal[
    "await", "bare", "with", "for", "give", "into", "handed", "result", "pass", "thread", "asked",
]  # fmt: skip
Awaitable = Literal["yes", "no", ""]  # "": cannot be told


class How(NamedTuple):
    """What is done with what a call gives, or with a function or value that is named; see `calls.py`."""

    way: Way
    to: str = ""


AWAIT, BARE, HANDED = How("await"), How("bare"), How("handed")


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """One `def`. `params` leaves self and cls out and writes those by keyword only as "*name"; `returns`
    is what an `await` or an iteration gives."""

    line: int
    kind: Kind
    decorators: tuple[str, ...] = ()
    returns: str = ""
    params: tuple[tuple[str, str], ...] = ()
    awaitable: Awaitable = ""  # whether a plain function's result is one
    wraps: tuple[str, str] = ("", "")  # as a decorator, bare and called: "async", "sync", "same" or ""
    dual: bool = False  # looks whether something is a coroutine function
    bound: bool = False  # a static or class method
    passes: tuple[tuple[str, str], ...] = ()  # a parameter and what it becomes: `~.Cls().x`, `f#0`
    awaits: tuple[str, ...] = ()  # parameters that it awaits
    gives: tuple[
        str, ...
    ] = ()  # where its `return` or `yield` statements give values of several type paths: these, if all are known
    hands: tuple[str, ...] = ()  # of a plain function that returns nothing but what calls give: what it calls


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """One class: methods (several where they are defined conditionally), attributes with their types."""

    line: int
    bases: tuple[str, ...] = ()
    methods: dict[str, tuple[FunctionFacts, ...]] = field(default_factory=dict)
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)  # annotated in the body, in order: a dataclass's parameters
    dual: bool = False


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """One file. `calls` are (how, type path of the callable, lines): awaited, bare, handed on, …"""

    path: str
    table: Table = field(default_factory=Table)
    classes: dict[str, ClassFacts] = field(default_factory=dict)
    functions: dict[str, tuple[FunctionFacts, ...]] = field(default_factory=dict)
    variables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calls: tuple[tuple[How, str, tuple[int, ...]], ...] = ()
    built: tuple[tuple[str, str], ...] = ()  # what classes are made of: `Cls#0` or `Cls#name`, a type path or ""
