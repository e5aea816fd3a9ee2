"""What a codemod is told and what it answers between the files: all in the parent, once a round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from .remember import Once
from .values import Skip

OBSERVED = ":observed"  # the report of what `codemod observe` saw last in this work tree; empty where it never ran


@dataclass(frozen=True, kw_only=True)
class Project(Once):
    """What is known of the project beside what scanning gives.

    `paths` are all Python files and stubs of the base, whatever paths the user named, and `others` what lies beside
    them: data, templates, links; `texts` holds the
    configuration files by path (pyproject.toml, setup.cfg, setup.py, pytest.ini, tox.ini, …);
    `unreadable` says which scanned files gave no facts, at which line, and why. `once` keeps what paths, texts and
    roots decide.
    """

    paths: tuple[str, ...]
    others: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    unreadable: Mapping[str, Skip] = field(default_factory=dict)
    source_roots: tuple[str, ...] = ()
    _made: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False, compare=False)

    def below(self, folder: str) -> list[str]:
        """All files in a folder and the folders in it: what moves where a package does."""
        return sorted(p for p in (*self.paths, *self.others) if p.startswith(f"{folder}/"))


@dataclass(frozen=True, kw_only=True)
class Known(Once):
    """All that is known in one round: what `scan` gave by path, the project, the texts of reports, and the files that
    `find` shall look into, of which alone something must be decided; None where nobody said.

    `once` keeps what is derived from it, so that a suite or a table of exports is built once a round,
    whoever asks for it.
    """

    project: Project
    facts: Mapping[str, Any] = field(default_factory=dict)
    reports: Mapping[str, str] = field(default_factory=dict)
    targets: frozenset[str] | None = None
    _made: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Wants:
    """What must be read before a codemod can decide: files, every file that holds one of some words, every file with a
    class that may inherit from one of some names (but those that the codemod knows to be `beside` the point), and reports
    (files that the user named on the command line; one that cannot be read ends the run; or `OBSERVED`). `again` where the
    codemod is to be asked once more even if nothing of it is new: what it wants so far was a guess."""

    paths: Iterable[str] = ()
    words: Iterable[str] = ()
    bases: Iterable[str] = ()
    beside: Callable[[str], bool] = lambda path: False
    reports: Iterable[str] = ()
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """What each file shall get, and what is said without looking into one again.

    `by_path` holds what `find` is told for a file: it is sent to a worker and part of the cache key, so keep it
    small and plain (dataclasses, dicts, tuples, sets, strings, numbers). A file without an entry is not searched.
    `skips` come from the facts alone; one with a group blocks that group. `groups` names those with an edit in
    a file: what is lost when the file cannot be searched.
    """

    by_path: Mapping[str, Any] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()
    groups: Mapping[str, Iterable[str]] = field(default_factory=dict)

    @classmethod
    def sorted_out(cls, found: Mapping[str, Iterable[Any]], skips: Iterable[Skip] = (), **more: Any) -> Self:
        """From what was found for each file, some of it a reason to leave something alone."""
        lists = {path: list(items) for path, items in found.items()}
        todo = {path: tuple(i for i in items if not isinstance(i, Skip)) for path, items in lists.items()}
        said = [i for items in lists.values() for i in items if isinstance(i, Skip)]
        return cls(by_path={p: items for p, items in todo.items() if items}, skips=(*said, *skips), **more)


def upward(folder: str) -> Iterator[str]:
    """A folder and those above it, the nearest first; the last is the top, ""."""
    yield folder
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder
