"""Answers of earlier runs. A key holds all that an answer depends on, so nothing ever needs to be forgotten.

Facts depend on the file, its path, the codemod and its options, the code of this package and the
Python that parses; results also on the facts that `find` may read. A cache that cannot be read or
written is no error, only slower; an answer that this user did not make is as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import codemods
from codemods.engine.values import Part
from codemods.engine.world import Outcome, Task

from .disk import own_folder
from .seal import own_name, seal, unseal

LIMIT = 200_000  # answers kept; about 100 MB


class Cache:
    """A table of sealed outcomes below the state folder."""

    def __init__(self, state: Path | None) -> None:
        self._connection: sqlite3.Connection | None = None
        self._facts: dict[int, tuple[object, bytes]] = {}
        self._state = state

    def _open(self) -> sqlite3.Connection | None:
        """At the first question: a run that finds nothing asks none. A damaged file is begun anew.

        A database of another hand is never opened: a view of it may not end, a trigger may fill the disk, and a
        journal beside it makes SQLite delete files elsewhere. So its name is one that nobody else can know.
        """
        if self._connection is None and self._state is not None and (name := own_name(b"cache")):
            for _ in range(2):
                try:
                    folder = own_folder(self._state, "cache")
                    for planted in filter(Path.is_symlink, folder.iterdir()):
                        planted.unlink()  # SQLite would write where it leads, its journal too
                    self._connection = _connect(folder / f"{name}.sqlite")
                    break
                except sqlite3.DatabaseError:
                    with contextlib.suppress(OSError):
                        (folder / f"{name}.sqlite").unlink()
                except OSError:
                    break
        return self._connection

    def keys(self, tasks: Sequence[Task]) -> list[bytes]:
        """The key of each task's outcome; none where nothing is kept."""
        return [] if self._open() is None else [self._key(task) for task in tasks]

    def lookup(self, keys: Sequence[bytes]) -> dict[bytes, Any]:
        """What is known for some keys."""
        found: dict[bytes, Any] = {}
        connection = self._open()
        if connection is None:
            return found
        with contextlib.suppress(sqlite3.Error):
            for key in keys:
                row = connection.execute("select value from answer where key = ?", (key,)).fetchone()
                if row is not None:
                    with contextlib.suppress(Exception):  # of another hand or version: as if it were not there
                        found[key] = unseal(key, row[0])
        return found

    def store(self, values: Mapping[bytes, Any]) -> None:
        """Keep values, but for crashes, which may be the machine's fault. When there are too many, half
        of the old ones go."""
        connection = self._open()
        if connection is None or not values:
            return
        with contextlib.suppress(sqlite3.Error):
            connection.execute("begin")
            rows = ((key, seal(key, value)) for key, value in values.items() if not _crashed(value))
            connection.executemany("insert or replace into answer values (?, ?)", (row for row in rows if row[1]))
            connection.execute("commit")
            (count,) = connection.execute("select count(*) from answer").fetchone()
            if count > LIMIT:
                connection.execute(
                    "delete from answer where key in (select key from answer limit ?)",
                    (count // 2,),
                )

    def _key(self, task: Task) -> bytes:
        digest = hashlib.blake2b(digest_size=20)
        for value in (task.kind, task.path, task.spec.where, task.minimum, code_digest(task.spec.where)):
            digest.update(repr(value).encode("utf-8", "surrogateescape") + b"\0")
        digest.update(stable_digest(task.spec.options))
        digest.update(hashlib.blake2b(task.data).digest())
        digest.update(hashlib.blake2b(task.before).digest())
        digest.update(self._facts_digest(task.facts))
        digest.update(stable_digest(task.origins) if task.origins else b"")
        return digest.digest()

    def _facts_digest(self, facts: object) -> bytes:
        """Facts that many files share are digested once."""
        known = self._facts.get(id(facts))
        if known is None or known[0] is not facts:
            known = self._facts[id(facts)] = (facts, stable_digest(facts))
        return known[1]


def _crashed(value: Any) -> bool:
    return isinstance(value, Outcome) and value.crashed


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=2, isolation_level=None)
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma journal_mode = truncate")  # of new pages nothing is written twice
    connection.execute("pragma synchronous = off")
    connection.execute("create table if not exists answer (key blob primary key, value blob)")
    return connection


def stable_digest(value: object) -> bytes:
    """A digest of plain data that does not depend on the order of sets or of hashing."""
    digest = hashlib.blake2b(digest_size=20)
    _feed(digest, value)
    return digest.digest()


def _feed(digest: hashlib.blake2b, value: object) -> None:
    match value:
        case None | bool() | int() | float() | str() | bytes() | Enum():
            digest.update(repr(value).encode("utf-8", "surrogateescape") + b";")
        case Part():  # plain all through, without sets
            digest.update(repr(value).encode("utf-8", "surrogateescape"))
        case Mapping():
            digest.update(b"{")
            for key, item in sorted(value.items(), key=lambda i: repr(i[0])):
                _feed(digest, key)
                _feed(digest, item)
            digest.update(b"}")
        case set() | frozenset():
            digest.update(b"<" + b",".join(sorted(stable_digest(v) for v in value)) + b">")
        case list() | tuple():
            digest.update(b"[")
            for item in value:
                _feed(digest, item)
            digest.update(b"]")
        case _ if is_dataclass(value):
            digest.update(type(value).__qualname__.encode() + b"(")
            for field in fields(value):
                _feed(digest, getattr(value, field.name))
            digest.update(b")")
        case _:
            raise TypeError(f"facts must be plain data, not {type(value).__name__}")


@cache
def code_digest(where: str) -> str:
    """Changes with any code that can change an answer: this package, a local codemod, Python, the tools."""
    digest = hashlib.blake2b(f"{sys.version_info[:2]} {_versions()}".encode(), digest_size=20)
    digest.update(folder_digest(Path(str(codemods.__file__)).parent))
    digest.update(Path(where).read_bytes() if where.endswith(".py") else b"")
    return digest.hexdigest()


@cache
def code_content(where: str) -> str:
    """What `code_digest` tells, but for Python and the tools: the same on every machine that has the same code."""
    from codemods.engine.registry import is_built_in, load

    if not where or is_built_in(where):
        return _own_content()
    return content_digest(
        Path(str(codemods.__file__)).parent, Path(str(sys.modules[load(where).__module__].__file__))
    )


@cache
def _own_content() -> str:
    return content_digest(Path(str(codemods.__file__)).parent)


def content_digest(top: Path, *others: Path) -> str:
    """A digest of what stands in a package's files and in some others, wherever they lie."""
    digest = hashlib.sha256()
    for path in [*_deciding(top), *others]:
        name = path.relative_to(top).as_posix() if path not in others else path.name
        digest.update(hashlib.sha256(name.encode() + b"\0" + path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _versions() -> list[str]:
    """The installed LibCST, ruff and black, by the names of their metadata: reading those takes 40 ms."""
    found: set[str] = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):  # not there, no folder, or not for us: an import passes it over too
            found.update(name for name in os.listdir(folder) if name.endswith(".dist-info"))
    return sorted(name for name in found if name.startswith(("libcst-", "ruff-", "black-")))


@cache
def _deciding(folder: Path) -> list[Path]:
    """The files of a package that decide its answers: code, and what it knows of libraries, but no golden cases, which
    only a wheel has there."""
    found = (path for path in folder.rglob("*") if path.suffix in (".py", ".json", ".toml"))
    return sorted(path for path in found if path.relative_to(folder).parts[0] != "_golden")


def folder_digest(folder: Path) -> bytes:
    """A digest of all Python code in a folder and of the tables beside it, by what the filesystem knows of each file."""
    digest = hashlib.blake2b(digest_size=20)
    for path in _deciding(folder):
        known = path.stat()
        identity = (str(path), known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns)
        digest.update(repr(identity).encode("utf-8", "surrogateescape"))
    return digest.digest()
