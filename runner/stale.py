"""Worktrees of ours whose process was killed: their entries in the repository go, as `git worktree prune` would do it.

Only files are looked at: no git runs, so that whoever is told to end can clean up as well.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from .disk import is_abandoned, is_own_folder, read_own


def entries(common_dir: Path, shelf: Path) -> list[tuple[Path, Path]]:
    """Each entry of a worktree that lies on our shelf for temporary files, with the folder that it lies in there."""
    found = []
    with contextlib.suppress(OSError):
        real = shelf.resolve()
        for entry in filter(is_own_folder, (common_dir / "worktrees").iterdir()):
            with contextlib.suppress(OSError, ValueError):
                place = Path(os.fsdecode(read_own(entry / "gitdir", 10_000)).strip()).parent
                inside = (place.parent.resolve() / place.name).relative_to(real)
                if len(inside.parts) == 2:
                    found.append((entry, real / inside.parts[0]))
    return found


def sweep(common_dir: Path, shelf: Path) -> None:
    """Remove what killed runs left: a folder's name begins with the number of its process."""
    for entry, folder in entries(common_dir, shelf):
        if not is_own_folder(folder) or is_abandoned(folder):
            remove(entry, folder)


def remove(entry: Path, folder: Path) -> None:
    """Remove a worktree and then its entry: a run that is killed between leaves the entry, which is found again."""
    shutil.rmtree(folder, ignore_errors=True)
    if not os.path.lexists(folder):
        shutil.rmtree(entry, ignore_errors=True)
        with contextlib.suppress(OSError):  # other worktrees are there
            entry.parent.rmdir()
