"""What is remembered of a batch: why items failed, and how often. A cache of no truth: deleted, nothing is lost.

SQLite, one row for each item, in the folder that codemod keeps for the repository.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..disk import alone, own_folder
from ..errors import RunFailed, os_reason

_TABLE = """create table if not exists item (
    batch text not null, repository text not null, key text not null, state text not null, number integer not null,
    url text not null, why text not null, tries integer not null, at real not null,
    primary key (batch, repository, key)
)"""
_BEGUN = "create table if not exists begun (batch text, repository text, at real, primary key (batch, repository))"
FAILED = "failed"
_PUT = f"""insert into item values (?, ?, ?, ?, ?, ?, ?, 1, ?) on conflict do update set
    tries = case when state = '{FAILED}' and excluded.state = '{FAILED}' then tries + 1 else 1 end,
    state = excluded.state, number = excluded.number, url = excluded.url, why = excluded.why, at = excluded.at
"""
_DAY = 86_400.0  # seconds: clocks differ


@dataclass(frozen=True)
class Row:
    """What became of an item when it was last worked on."""

    key: str
    state: str
    number: int = 0  # of its pull request; 0: there is none
    url: str = ""
    why: str = ""
    tries: int = 1  # runs in a row that failed
    at: float = 0.0  # seconds since 1970
    repository: str = ""  # of several: `owner/name`


class State:
    """The rows of one batch."""

    def __init__(self, path: Path, batch: str) -> None:
        self.batch = batch
        self._path = path
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        """A file that is damaged, or of another hand, is begun anew."""
        if self._path.is_symlink():  # it leads to a file of others
            self._path.unlink()
        for last in (False, True):
            connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            try:
                connection.execute(_TABLE)
                connection.execute(_BEGUN)
                connection.execute("select batch, repository, at from begun limit 1")
                connection.execute(
                    "select batch, repository, key, state, number, url, why, tries, at from item limit 1"
                )
                return connection
            except sqlite3.DatabaseError as error:
                connection.close()
                if last:
                    raise RunFailed(f"{self._path}: {error}") from None
                self._path.unlink(missing_ok=True)
        raise AssertionError

    def rows(self, repository: str = "") -> dict[str, Row]:
        """By key, those of one repository."""
        found = self._connection.execute(
            "select key, state, number, url, why, tries, at, repository from item where batch = ? and repository = ?",
            (self.batch, repository),
        )
        return {row[0]: Row(*row) for row in found}

    def put(self, rows: Iterable[Row]) -> None:
        """Remember what became of items; a failure after a failure counts on."""
        for row in rows:
            values = (self.batch, row.repository, row.key, row.state, row.number, row.url, row.why, time.time())
            self._connection.execute(_PUT, values)

    def keep(self, keys: Collection[str]) -> None:
        """Forget all others: what failed for an item that is no more is no failure any more."""
        gone = [(self.batch, key) for key in self.rows() if key not in keys]
        self._connection.executemany("delete from item where batch = ? and repository = '' and key = ?", gone)

    def begun(self, repository: str = "") -> float:
        """When the first pull request can have been opened, in seconds since 1970; 0 where that is not known."""
        asked = "select at from begun where batch = ? and repository = ?"
        found = self._connection.execute(asked, (self.batch, repository)).fetchone()
        return float(found[0]) if found else 0.0

    def begin(self, at: float, repository: str = "") -> None:
        """It was then, or before, by a clock that may be wrong by a day."""
        insert = "insert into begun values (?, ?, ?) on conflict do update set at = min(at, excluded.at)"
        self._connection.execute(insert, (self.batch, repository, at - _DAY))

    def batches(self) -> frozenset[str]:
        """The names of all batches of this repository."""
        asked = "select batch from begun where repository = '' union select batch from item where repository = ''"
        return frozenset(name for (name,) in self._connection.execute(asked))

    def close(self) -> None:
        self._connection.close()


@contextlib.contextmanager
def working(folder: Path, batch: str) -> Iterator[State]:
    """Hold a batch, so that two runs do not open the same pull requests. Raises UsageError, RunFailed."""
    try:
        own = own_folder(folder, "batch")
    except OSError as error:
        raise RunFailed(f"cannot keep the state of the batch in {folder}: {os_reason(error)}") from None
    with alone(own, "another run of a batch is at work here; wait for its end"):
        state = State(own / "state.db", batch)
        try:
            yield state
        finally:
            state.close()


def known(folder: Path) -> frozenset[str]:
    """The batches that something is remembered of."""
    path = folder / "batch" / "state.db"
    if not path.is_file() or path.is_symlink():
        return frozenset()
    with contextlib.closing(State(path, "")) as state:
        return state.batches()
