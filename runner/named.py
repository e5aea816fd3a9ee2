"""The paths that a user names: whatever their spelling, what they are below the top of the project."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from .errors import UsageError


def below_top(
    given: Sequence[str],
    where: Path,
    top: Path | None,
    known: Collection[str],
    describe: str,
    why_missing: Callable[[str], str] = lambda path: "",
) -> list[str]:
    """Each path that was typed in the folder `where`, "/"-separated below `top`; "" is the top itself.

    `top` is None for a bare repository, where paths start at the top of the commit's tree. `known` are
    the project's files. Raises UsageError for what lies outside, and for what is not there: `why_missing` may
    know what that is instead.
    """
    folders: set[str] = {""}
    for path in known:
        while (path := path.rpartition("/")[0]) not in folders:
            folders.add(path)
    found = set()
    for word in given:
        there = [path for path in _readings(word, where, top) if path in folders or path in known]
        if not there and _leads_out(word, where, top):
            raise UsageError(f"{word or repr(word)}: outside of the project")
        if not there:
            reasons = (why_missing(path) for path in dict.fromkeys(_readings(word, where, top)) if is_below(path))
            raise UsageError(f"{word}: {next(filter(None, reasons), f'no such file or folder in {describe}')}")
        found.add(there[0])
    return sorted(found)


def in_project(value: str, where: Path) -> str:
    """The path at the beginning of an option's value as the project calls it, where it leads to a file of it.

    What stands after a colon stays. A path that leads nowhere from `where` is one from the top already.
    """
    from .git import Repository  # not for --help, which knows how a command is repeated

    path, colon, rest = value.partition(":")
    if not path or not os.path.exists(where / path):
        return value
    try:
        top = Repository.open(where).root or where
    except UsageError:
        top = where
    below = relative(os.path.join(where, path), top)
    return f"{below}{colon}{rest}" if is_below(below) else value


def _readings(word: str, where: Path, top: Path | None) -> list[str]:
    """What a path may mean, the likeliest first: the file itself where links lead, then the letters.

    The letters count for what the base commit holds and the work tree does not.
    """
    if not word:
        return []
    if top is None:
        return [_tidy(word)]
    letters = os.path.normpath(os.path.join(where, word))
    return [relative(os.path.join(where, word), top), _tidy(os.path.relpath(letters, top))]


def _leads_out(word: str, where: Path, top: Path | None) -> bool:
    path = _tidy(word) if top is None else relative(os.path.join(where, word), top)
    return not word or not is_below(path)


def is_below(path: str) -> bool:
    """Whether a relative path stays where it starts."""
    return path != ".." and not path.startswith(("../", "/"))


def relative(path: str, top: Path) -> str:
    """Where a path leads, whatever links are on the way: "/"-separated below `top`, "" for the top itself."""
    return _tidy(os.path.relpath(os.path.realpath(path), os.path.realpath(top)))


def _tidy(path: str) -> str:
    path = os.path.normpath(path).replace(os.sep, "/")
    return "" if path == "." else path
