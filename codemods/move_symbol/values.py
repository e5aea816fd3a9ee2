"""What the steps of a move hand to each other."""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.values import Import
from ..facts.loading import Event
from ..facts.moving.values import Target, Text
from ..facts.references.data import FileSites


@dataclass(frozen=True, order=True)
class Site:
    """A place that names what moves, by the module that it moves out of."""

    form: str
    line: int
    start: int
    word: str
    asks: str = ""


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """One file: the places of words, what it does while it is imported; of the two modules also the bytes."""

    sites: FileSites
    events: tuple[Event, ...] = ()
    prose: tuple[Site, ...] = ()  # whole paths in docstrings and comments
    data: bytes | None = None


@dataclass(frozen=True)
class New:
    """A file that comes to be."""

    path: str
    head: str
    requires: tuple[Import, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Other:
    """What a file gets that does not say any of the names."""

    path: str
    texts: tuple[Text, ...]
    requires: tuple[Import, ...]


@dataclass(frozen=True)
class Job:
    """What the change does in one file."""

    group: str
    reason: str
    target: Target
    unsafe: bool = False
    line: int = 1
    texts: tuple[Text, ...] = ()
    sites: tuple[Site, ...] = ()
    late: frozenset[str] = frozenset()  # names that are imported by the functions that use them
    requires: tuple[Import, ...] = ()
    frees: tuple[Import, ...] = ()
    new: New | None = None
    others: tuple[Other, ...] = ()
    goes: bool = False  # the file is deleted
    gone: bool = False  # the old module is
