"""What `codemod undo` needs of a run with `--in-place`: a record of it, in the work tree's own state folder.

    undo/held            the lock of whoever writes: one run, or one undo
    undo/3/record.json   what run 3 wrote, written whole before it changed the first file
    undo/3/unfinished    there while its files are written or put back: who was killed leaves it behind
    undo/3/DIGEST, …     the contents before

A record may have come with the repository, or be damaged. So it is believed only for the work tree
that it names, for paths inside of it, and for originals that have the digests it gives.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from ..disk import alone, content, digest, leaving, own_folder, read_own, refuse_unwritable, write_atomically
from ..errors import RunFailed, UsageError, os_reason
from ..message import plural
from ..signals import delivered, held
from ..terminal import quoted
from .records import BRANCH, IN_PLACE, claim, numbers

SCHEMA = 1
KEPT = 50  # runs
LARGEST_RECORD = 100_000_000  # bytes
_UNFINISHED = "unfinished"
_WRITTEN, _ORIGINAL = "as the run left it", "as before the run"


@dataclass(frozen=True)
class FileRecord:
    """One file of a run: the digests of what it held before and after, None where it was not there."""

    path: str
    original: str | None
    written: str | None
    mode: int


@dataclass(frozen=True)
class Record:
    """One run: what it was, where, and each file that it wrote."""

    folder: Path
    top: str
    name: str
    files: tuple[FileRecord, ...]
    made: tuple[str, ...]  # folders, outermost first

    @property
    def run(self) -> str:
        return self.folder.name

    def original(self, file: FileRecord) -> bytes | None:
        """What a file held before. Raises UsageError when that was lost."""
        if file.original is None:
            return None
        path = self.folder / file.original
        try:
            data = read_own(path)
        except OSError as error:
            raise UsageError(f"the original of {quoted(file.path)} is lost: {path}: {os_reason(error)}") from None
        if digest(data) != file.original:
            raise UsageError(f"the original of {quoted(file.path)} is damaged: {path}")
        return data


@dataclass(frozen=True)
class Undone:
    """What one undo did."""

    run: str
    name: str
    restored: tuple[str, ...]
    left: Mapping[str, str] = field(default_factory=dict)  # by path what happened to it since
    interrupted: int = 0  # the signal that came meanwhile, 0 if none did

    def __str__(self) -> str:
        return f"{plural(len(self.restored), 'file')} restored, of run {self.run} ({self.name})"


def taken_back(count: int, run: str) -> str:
    """What a run wrote, and how to take it back."""
    return f"{plural(count, 'file')} written; take it back with: codemod undo {run}" if run else "0 files written"


@contextlib.contextmanager
def at_work(state: Path) -> Iterator[None]:
    """Hold the work tree's lock; what killed runs left half made is removed first.

    Raises UsageError when another process holds it, RunFailed when nothing can be kept there.
    """
    try:
        folder = own_folder(state, "undo")
    except OSError as error:
        raise RunFailed(f"cannot keep the originals for undo in {state}: {os_reason(error)}") from None
    with alone(folder, "another run with --in-place is at work here; wait for its end"):
        for number in set(numbers(folder)).difference(numbers(folder, (IN_PLACE, BRANCH))):
            shutil.rmtree(folder / str(number), ignore_errors=True)
        yield


def begin(state: Path) -> Path:
    """A folder for the record of a new run; the oldest records go. Raises OSError."""
    folder = state / "undo"
    for old in _runs(folder)[KEPT - 1 :]:
        shutil.rmtree(folder / str(old), ignore_errors=True)
    own = claim(folder)
    (own / _UNFINISHED).touch()
    return own


def finish(record: Record) -> None:
    """Note that the files are as a run, or an undo, was to leave them."""
    with contextlib.suppress(OSError):
        (record.folder / _UNFINISHED).unlink()


def settle(top: Path, state: Path) -> Record | None:
    """Settle the runs that were killed: what was not begun, or came to its end. Gives the one that is neither:
    some of its files are old and some new.

    Raises UsageError for a record that is not to be trusted.
    """
    folder = state / "undo"
    for number in _runs(folder):
        if (folder / str(number) / _UNFINISHED).exists():
            record = _read(folder / str(number), top)
            todo, left = _look(top, record)
            if not todo and not left:
                discard(record)
            elif len(todo) == len(record.files):
                finish(record)
            else:
                return record
    return None


def refuse_half_done(top: Path, state: Path) -> None:
    """A new run must not build on half of a change. Raises UsageError."""
    if record := settle(top, state):
        told = f"run {record.run} ({record.name}) was killed while it wrote, some of its files are old and some new"
        raise UsageError(f"{told}; take it back first: codemod undo {record.run}")


def keep(record: Record, before: Mapping[str, bytes]) -> None:
    """Write a record: the originals first, so that what it promises is there. Raises OSError."""
    for file in record.files:
        if file.original is not None:
            (record.folder / file.original).write_bytes(before[file.path])
    told = {"schema_version": SCHEMA, "top": record.top, "name": record.name, "made": record.made}
    told["files"] = [asdict(file) for file in record.files]
    write_atomically(record.folder / IN_PLACE, json.dumps(told).encode())


def discard(record: Record) -> None:
    """Forget a run that left nothing to take back; without its index first it is no record any more."""
    with contextlib.suppress(OSError):
        (record.folder / IN_PLACE).unlink()
    shutil.rmtree(record.folder, ignore_errors=True)


def runs(top: Path, state: Path) -> Iterator[str]:
    """One line for each run that can be taken back, the last first."""
    for number in _runs(state / "undo"):
        record = _read(state / "undo" / str(number), top)
        when = datetime.fromtimestamp((record.folder / IN_PLACE).stat().st_mtime)
        yield f"{record.run}  {when:%Y-%m-%d %H:%M}  {record.name}  in place, {_outlook(top, record)}"


def _outlook(top: Path, record: Record) -> str:
    """What an undo would do now."""
    states = [state for _, state in _states(top, record)]
    count, left = states.count(_WRITTEN), len(states) - states.count(_WRITTEN) - states.count(_ORIGINAL)
    others = f", {left:,} {'was' if left == 1 else 'were'} changed since" if left else ""
    if not count:
        return f"{plural(len(states), 'file')}: {'none is as the run left it' if left else 'as before it'}"
    return f"{plural(len(states), 'file')}: {count:,} would be restored{others}"


def undo(top: Path, state: Path, run: str = "") -> Undone:
    """Put the originals of a run back, of the last one unless told otherwise.

    A record is forgotten only when all that it is about is as it was. Raises UsageError when there is nothing to
    undo or the record is not to be trusted, RunFailed when a file cannot be written.
    """
    folder = state / "undo"
    if not run and (folder / "index.json").exists():
        raise UsageError(f"{folder / 'index.json'}: no record of this version of codemod; look at it, then delete it")
    if not _runs(folder):
        raise UsageError(f"nothing to undo in {top}: no run is on record here")
    with at_work(state):
        settle(top, state)
        known = [str(number) for number in _runs(folder)]
        if not known:
            raise UsageError(f"nothing to undo in {top}: all that was begun is as it was before")
        if (run or known[0]) not in known:
            raise UsageError(f"there is no run {run} to undo; on record: {', '.join(known)}")
        record = _read(folder / (run or known[0]), top)
        todo, left = _look(top, record)
        if not todo and not left:
            advice = f"; on record: {', '.join(known)}" if known[1:] else ""
            raise UsageError(f"the files of run {record.run} ({record.name}) are as they were before it{advice}")
        refuse_unwritable(top, todo)
        with held() as came:
            with contextlib.suppress(OSError):
                (record.folder / _UNFINISHED).touch()
            # what the run made goes when all that it took away is back
            for path, (data, mode) in sorted(todo.items(), key=lambda item: item[1][0] is None):
                try:
                    put_back(top / path, data, mode, record.folder)
                except OSError as error:
                    raise RunFailed(
                        f"{quoted(path)}: {os_reason(error)}; when that is mended: codemod undo {record.run}"
                    ) from None
            done = Undone(run=record.run, name=record.name, restored=tuple(todo), left=left)
            delivered(str(done))
            if left:
                finish(record)
            else:
                remove_folders(top, record.made)
                discard(record)
    return replace(done, interrupted=came[0] if came else 0)


def _look(top: Path, record: Record) -> tuple[dict[str, tuple[bytes | None, int]], dict[str, str]]:
    """What is to be put back, and what is not as the run left it, with what it is."""
    todo: dict[str, tuple[bytes | None, int]] = {}
    left = {}
    for file, state in _states(top, record):
        if state == _WRITTEN:
            todo[file.path] = record.original(file), file.mode
        elif state != _ORIGINAL:
            left[file.path] = state
    return todo, left


def _states(top: Path, record: Record) -> Iterator[tuple[FileRecord, str]]:
    """Each file with what it is now: as the run left it, as before it (a killed run did not get there, or an earlier
    undo did), or what happened to it since."""
    for file in record.files:
        try:
            now = digest(content(top / file.path))
        except OSError as error:
            yield file, os_reason(error)  # a folder now, or not for us to read
            continue
        if now == file.original:
            yield file, _ORIGINAL
        elif now == file.written:
            yield file, _WRITTEN
        else:
            yield file, "deleted since" if now is None else "changed since"


def put_back(target: Path, original: bytes | None, mode: int, shelf: Path) -> None:
    """Make a file what it was; its mode stays what it is now. Raises OSError."""
    if original is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    known = stat.S_IMODE(target.stat().st_mode) if target.exists() else mode
    write_atomically(target, original, known, shelf)


def remove_folders(top: Path, made: tuple[str, ...]) -> None:
    """Remove the folders that a run made, where nothing came into them."""
    for path in reversed(made):
        with contextlib.suppress(OSError):
            (top / path).rmdir()


def _runs(folder: Path) -> list[int]:
    """The runs that are on record whole, the last first."""
    return numbers(folder, (IN_PLACE,))


def _read(folder: Path, top: Path) -> Record:
    """A record, once looked over. Raises UsageError for one that is not about this work tree or leads out of it."""
    path = folder / IN_PLACE
    try:
        told = json.loads(read_own(path, LARGEST_RECORD))
        if told["schema_version"] != SCHEMA:
            raise UsageError(f"{path}: of another version of codemod ({told['schema_version']})")
        files = tuple(_file_record(file) for file in told["files"])
        texts: list[object] = [told["top"], told["name"], *told["made"]]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError("not of the right types")
        record = Record(folder=folder, top=told["top"], name=told["name"], files=files, made=tuple(told["made"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UsageError(f"{path}: not a record that codemod wrote; look at it, then delete it") from None
    if record.top != str(top.resolve()):
        raise UsageError(f"{path}: about {record.top!r}, not about {str(top.resolve())!r}; nothing was restored")
    for wrong in leaving(top, [*(file.path for file in files), *record.made]):
        raise UsageError(f"{path}: names {wrong!r}, which is no place for a file of {top}; nothing was restored")
    return record


def _file_record(told: Mapping[str, object]) -> FileRecord:
    """One file's entry. Raises ValueError for one that names more than digests and permissions."""
    match told:
        case {
            "path": str(path),
            "original": str() | None as original,
            "written": str() | None as written,
            "mode": int(mode),
        }:
            digests = [d for d in (original, written) if d is not None]
            if all(re.fullmatch("[0-9a-f]{64}", d) for d in digests) and 0 <= mode <= 0o777:
                return FileRecord(path=path, original=original, written=written, mode=mode)
    raise ValueError("not an entry of ours")
