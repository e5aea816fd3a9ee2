"""The numbered list of runs that `codemod undo` knows: a folder each, and in it the file that says what the run was.

undo/3/record.json   a run with --in-place: see `files`
undo/4/branch.json   a run that made a branch: see `runs`
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

from ..disk import is_own_folder

IN_PLACE, BRANCH = "record.json", "branch.json"
BLAME_LIST = ".git-blame-ignore-revs"  # a file of the project that a run may have added its commits to


def numbers(folder: Path, kinds: Iterable[str] = ()) -> list[int]:
    """The runs that have a folder here, the last first; of some kinds those that are on record whole."""
    names = [p.name for p in folder.iterdir() if is_own_folder(p)] if is_own_folder(folder) else []
    found = [int(name) for name in names if name.isascii() and name.isdecimal() and name[0] != "0"]
    wanted = tuple(kinds)
    if wanted:
        found = [number for number in found if any((folder / str(number) / kind).exists() for kind in wanted)]
    return sorted(found, reverse=True)


def claim(folder: Path) -> Path:
    """A new folder with the next number, which nobody else gets. Raises OSError."""
    for number in itertools.count(max(numbers(folder), default=0) + 1):
        try:
            (own := folder / str(number)).mkdir()
        except FileExistsError:
            continue
        return own
    raise AssertionError("there is always a next number")
