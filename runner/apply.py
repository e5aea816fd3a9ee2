"""`--in-place`: put the new content where the old was, all of a change or nothing of it.

All new contents are written to the disk first, beside a record for `undo`; then one file after the other is
replaced, each in one step. Killed at any moment, each file is whole and `undo` knows it; what fails is put back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .disk import content, digest, put, refuse_unwritable, stage
from .errors import RunFailed, os_reason
from .links import linked
from .signals import delivered, held
from .terminal import quoted
from .undo.files import FileRecord, Record, begin, discard, finish, keep, put_back, remove_folders, taken_back

_NOTHING = "nothing was changed"


@dataclass(frozen=True)
class Applied:
    """What became of the files."""

    left: tuple[str, ...] = ()  # changed on disk meanwhile, or a part of the same change as such a file
    run: str = ""  # the record that `undo` takes; "" where nothing was written
    interrupted: int = 0  # the signal that came while files were written, 0 if none did


def replace_files(
    top: Path,
    before: Mapping[str, bytes],
    after: Mapping[str, bytes | None],
    *,
    links: Iterable[Collection[str]] = (),
    origins: Mapping[str, str] | None = None,
    state: Path,
    name: str = "",
) -> Applied:
    """Write every file that still is as it was read.

    `links` are sets of files that one change is about: where one cannot be written the others are not. `origins` says
    of new files which has the mode that they get.
    The caller holds `undo.files.at_work`. Raises RunFailed when a file cannot be written; the others are put back.
    """
    _refuse_one_for_two(top, before, after)
    groups = linked(after, links)
    left = [p for group in groups if any(_now(top, p) != before.get(p) for p in group) for p in group]
    todo = {p: d for p, d in after.items() if p not in set(left)}
    if not todo:
        return Applied(tuple(sorted(left)))
    refuse_unwritable(top, todo)
    staged, record = _prepare(top, before, todo, origins or {}, state, name)
    with held() as came:
        try:
            written = _write(top, before, [g for g in groups if g[0] in todo], staged, record)
        finally:
            for temporary in staged.values():
                with contextlib.suppress(OSError):
                    temporary.unlink()
        left += [p for p in todo if p not in written]
        if not written:
            discard(record)
            return Applied(tuple(sorted(left)), interrupted=came[0] if came else 0)
        if len(written) < len(todo):
            with contextlib.suppress(OSError):
                keep(replace(record, files=tuple(f for f in record.files if f.path in written)), before)
        finish(record)
        delivered(taken_back(len(written), record.run))
    return Applied(left=tuple(sorted(left)), run=record.run, interrupted=came[0] if came else 0)


def _refuse_one_for_two(top: Path, before: Mapping[str, bytes], todo: Mapping[str, bytes | None]) -> None:
    """A disk that takes two names for one (`Mod.py` and `mod.py`) would lose the file. Raises RunFailed."""
    going = [path for path, data in todo.items() if data is None]
    for path in (p for p, data in todo.items() if data is not None and p not in before):
        for old in going:
            if old.casefold() == path.casefold() and _are_one(top / old, top / path):
                told = f"{quoted(old)} and {quoted(path)} are one file on this disk"
                raise RunFailed(f"{told}; {_NOTHING}; without --in-place it is done on a branch")


def _are_one(old: Path, new: Path) -> bool:
    try:
        return os.path.samefile(old, new)
    except OSError:
        return False


def _now(top: Path, path: str) -> bytes | None:
    try:
        return content(top / path)
    except OSError as error:
        raise RunFailed(f"{quoted(path)}: {os_reason(error)}; {_NOTHING}") from None


def _prepare(
    top: Path,
    before: Mapping[str, bytes],
    todo: Mapping[str, bytes | None],
    origins: Mapping[str, str],
    state: Path,
    name: str,
) -> tuple[dict[str, Path], Record]:
    """Everything that takes space on the disk: the originals, and the new contents beside their places."""
    staged: dict[str, Path] = {}
    made: list[str] = []
    folder: Path | None = None
    where = f"cannot keep the originals for undo in {state}"
    try:
        folder = begin(state)
        files = []
        for path, data in todo.items():
            where, target = quoted(path), top / path
            made += _make_folders(top, path)
            like = target if path in before else top / origins.get(path, path)
            mode = stat.S_IMODE(like.stat().st_mode) if like.is_file() else 0o644
            was = digest(before.get(path))
            files.append(FileRecord(path=path, original=was, written=digest(data), mode=mode & 0o777))
            if data is not None:
                staged[path] = stage(target, data, mode, folder)
        where = str(folder)
        record = Record(folder=folder, top=str(top.resolve()), name=name, files=tuple(files), made=tuple(made))
        keep(record, before)
    except BaseException as error:
        for temporary in staged.values():
            with contextlib.suppress(OSError):
                temporary.unlink()
        remove_folders(top, tuple(made))
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise RunFailed(f"{where}: {os_reason(error)}; {_NOTHING}") from None
        raise
    return staged, record


def _make_folders(top: Path, path: str) -> list[str]:
    """Make the missing folders above a new file; gives their names, outermost first."""
    parents = [str(p) for p in reversed(Path(path).parents) if str(p) != "."]
    missing = [p for p in parents if not os.path.lexists(top / p)]
    for folder in missing:
        (top / folder).mkdir()
    return missing


def _write(
    top: Path,
    before: Mapping[str, bytes],
    groups: Iterable[list[str]],
    staged: Mapping[str, Path],
    record: Record,
) -> set[str]:
    """Replace the files, group by group; gives those that were. A group with a file that moved on is put back."""
    written: list[str] = []
    path = ""
    try:
        for group in groups:
            done: list[str] = []
            for path in sorted(group, key=lambda p: p not in staged):  # what goes does so when the new text is there
                if content(top / path) != before.get(path):
                    _put_back(top, before, done, record)
                    del written[len(written) - len(done) :]
                    break
                if path in staged:
                    put(staged[path], top / path)
                else:
                    (top / path).unlink()
                done.append(path)
                written.append(path)
    except OSError as error:
        why = f"{quoted(path)}: {os_reason(error)}"
        try:
            _put_back(top, before, written, record)
        except OSError as second:
            help_text = f"when that is mended: codemod undo {record.run}"
            raise RunFailed(f"{why}; nor could all be put back ({os_reason(second)}); {help_text}") from None
        remove_folders(top, record.made)
        discard(record)
        raise RunFailed(f"{why}; what was written is put back, {_NOTHING}") from None
    for path in written:
        if path not in staged:
            _remove_empty(top, path)
    return set(written)


def _remove_empty(top: Path, path: str) -> None:
    """Remove the folders that held nothing but a file which is gone: an empty one could still be imported."""
    remove_folders(top, tuple(str(folder) for folder in reversed(Path(path).parents) if folder.name))


def _put_back(top: Path, before: Mapping[str, bytes], paths: Iterable[str], record: Record) -> None:
    modes = {file.path: file.mode for file in record.files}
    for path in paths:
        put_back(top / path, before.get(path), modes[path], record.folder)
