"""`--in-place`: put the new content where the old was, file by file, and keep the originals for `undo`."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from .errors import RunFailed, UsageError
from .plan import write_atomically


def replace_files(
    top: Path, before: Mapping[str, bytes], after: Mapping[str, bytes | None], state: Path
) -> list[str]:
    """Write every file that still is as it was read; the others are returned, untouched.

    Originals are kept first: killed at any moment, each file is whole and `undo` knows it.
    Raises RunFailed when the originals cannot be kept.
    """
    moved_on = [p for p in after if _now(top / p) != before.get(p)]
    todo = {p: d for p, d in after.items() if p not in moved_on}
    _keep_originals(top, {p: before.get(p) for p in todo}, todo, state)
    with _uninterrupted():
        for path, data in todo.items():
            target = top / path
            if _now(target) != before.get(path):
                moved_on.append(path)
            elif data is None:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
                write_atomically(target, data, mode, _shelf(state))
    return sorted(moved_on)


def _shelf(state: Path) -> Path:
    """Where the originals are kept, and what a killed run leaves behind until the next one."""
    return state / "undo"


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the last file is written: half of a change is worse than a moment more."""
    held = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, held)


def _now(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RunFailed(f"{path}: {error.strerror}") from None


def _keep_originals(
    top: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None], state: Path
) -> None:
    folder = _shelf(state)
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        index = {}
        for number, (path, data) in enumerate(before.items()):
            if data is not None:
                (folder / f"{number}").write_bytes(data)
            new = after[path]
            index[path] = {
                "original": number if data is not None else None,
                "written": hashlib.sha256(new).hexdigest() if new is not None else None,
            }
        text = json.dumps({"top": str(top), "files": index}).encode("utf-8", "surrogatepass")
        write_atomically(folder / "index.json", text)
    except OSError as error:
        raise RunFailed(f"cannot keep the originals for undo in {folder}: {error.strerror}") from None


def undo(top: Path, state: Path) -> tuple[list[str], list[str]]:
    """Put the originals of the last `--in-place` run back: (restored, changed since and left alone).

    Raises UsageError when there is nothing to undo.
    """
    folder = _shelf(state)
    if not (folder / "index.json").exists():
        raise UsageError(f"nothing to undo in {top}; only the last run with --in-place can be undone")
    index = json.loads((folder / "index.json").read_bytes().decode("utf-8", "surrogatepass"))
    restored, left = [], []
    for path, entry in index["files"].items():
        target = top / path
        now = _now(target)
        original = (folder / str(entry["original"])).read_bytes() if entry["original"] is not None else None
        if now == original:
            continue  # a killed run did not get here
        if (hashlib.sha256(now).hexdigest() if now is not None else None) != entry["written"]:
            left.append(path)
            continue
        if original is None:
            target.unlink()
        else:
            mode = stat.S_IMODE(os.stat(target).st_mode) if target.exists() else 0o644
            write_atomically(target, original, mode, folder)
        restored.append(path)
    if not left:
        shutil.rmtree(folder)
    return restored, left
