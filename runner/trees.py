"""What a commit's tree lists, but for what git would never check out."""

from __future__ import annotations

import re
from typing import NamedTuple

# a tree made by hand may hold what git never writes to a disk: `..`, `.git`, an absolute path, a name that is too long
_NOWHERE = re.compile(rb"(?i)(?:^|/)(?:\.{0,2}|\.git)(?:/|$)|[^/]{256}")
_LONGEST = 1500  # bytes of a path: our copies of files lie in a folder of their own


REGULAR = ("100644", "100755")  # the modes of plain files


class TreeEntry(NamedTuple):
    """What a commit's tree says about one path (a tuple: ten thousand are made per run)."""

    mode: str
    oid: str


def to_path(raw: bytes) -> str:
    """Read git's bytes as a path; `to_bytes` gives the same bytes again."""
    return raw.decode("utf-8", "surrogateescape")


def listed(listing: bytes) -> dict[str, TreeEntry]:
    """The entries of `git ls-tree -r -z` by their paths."""
    entries = {}
    for line in listing.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, _, oid = facts.decode("ascii").split(" ")
        if len(path) <= _LONGEST and not _NOWHERE.search(path):
            entries[to_path(path)] = TreeEntry(mode, oid)
    return _without_doubles(entries)


def _without_doubles(entries: dict[str, TreeEntry]) -> dict[str, TreeEntry]:
    """The paths but for those that a tree made by hand has as a file and as a folder at once."""
    folders: set[str] = set()
    for path in entries:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    double = folders & entries.keys()
    if not double:
        return entries
    return {p: e for p, e in entries.items() if not any(p == d or p.startswith(f"{d}/") for d in double)}
