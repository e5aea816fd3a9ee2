"""What a commit's tree lists, but for what git would never check out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_NOWHERE = frozenset({"", ".", "..", ".git"})  # names that git never writes to a disk
_LONGEST_NAME = 255  # bytes
_LONGEST = 1500  # bytes of a path: our copies of files lie in a folder of their own

REGULAR = ("100644", "100755")  # the modes of plain files


class TreeEntry(NamedTuple):
    """What a commit's tree says about one path (a tuple: ten thousand are made per run)."""

    mode: str
    oid: str


def to_path(raw: bytes) -> str:
    """Read git's bytes as a path; `to_bytes` gives the same bytes again."""
    return raw.decode("utf-8", "surrogateescape")


def to_bytes(path: str) -> bytes:
    """Give a path the bytes that git knows it by."""
    return path.encode("utf-8", "surrogateescape")


def listed(listing: bytes) -> dict[str, TreeEntry]:
    """The entries of `git ls-tree -r -z` by their paths, without those that git would not check out."""
    entries = {}
    folders = {"": True}  # whether git would make it; each is looked at once
    for line in to_path(listing).split("\0")[:-1]:
        facts, _, path = line.partition("\t")
        if path.startswith("/") or not _fits(path, _LONGEST):
            continue
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            _look_at(folder, folders)
        if folders[folder] and _is_name(name):
            mode, _, oid = facts.split(" ")
            entries[path] = TreeEntry(mode, oid)
    return _without_doubles(entries, folders.keys())


def _look_at(folder: str, folders: dict[str, bool]) -> None:
    """Say of a folder and of all that it lies in whether git would make them."""
    new = []
    while folder not in folders:
        new.append(folder)
        folder = folder.rpartition("/")[0]
    for folder in reversed(new):
        above, _, name = folder.rpartition("/")
        folders[folder] = folders[above] and _is_name(name)


def _is_name(name: str) -> bool:
    """A tree made by hand may hold what git never writes to a disk: `..`, `.git`, nothing, a name that is too long."""
    return name.lower() not in _NOWHERE and _fits(name, _LONGEST_NAME)


def _fits(text: str, longest: int) -> bool:
    return len(text) * 4 <= longest or len(to_bytes(text)) <= longest


def _without_doubles(entries: dict[str, TreeEntry], folders: Iterable[str]) -> dict[str, TreeEntry]:
    """The paths but for those that a tree made by hand has as a file and as a folder at once."""
    double = entries.keys() & folders
    if not double:
        return entries
    return {p: e for p, e in entries.items() if not any(p == d or p.startswith(f"{d}/") for d in double)}
