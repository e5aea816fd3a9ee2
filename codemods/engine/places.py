"""Where a file may come to lie: not on another one, nor on what some disk takes for the same name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

_NO_NAMES = frozenset({"", ".", "..", ".git"})


def in_the_way(places: Iterable[str], standing: Iterable[str]) -> dict[str, str]:
    """The places where no file can lie, each with what is in its way ("" where no file may have that name). A name that differs from another by case, or
    only in how its letters are written, is that one on many disks."""
    names: dict[str, str] = {}
    files: set[str] = set()
    for path in standing:
        _add(path, names, files)
    found: dict[str, str] = {}
    for place in sorted(places):
        other = _other(place, names, files)
        if other is None:
            _add(place, names, files)
        else:
            found[place] = other
    return found


def _other(place: str, names: dict[str, str], files: set[str]) -> str | None:
    if any(name.lower() in _NO_NAMES for name in place.split("/")):
        return ""
    if other := names.get(_folded(place)):
        return other
    for folder in _folders(place):
        other = names.get(_folded(folder))
        if other and (other != folder or other in files):
            return other
    return None


def _add(path: str, names: dict[str, str], files: set[str]) -> None:
    files.add(path)
    names.setdefault(_folded(path), path)
    for folder in _folders(path):
        if (key := _folded(folder)) in names:
            break  # and so are those above it
        names[key] = folder


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
