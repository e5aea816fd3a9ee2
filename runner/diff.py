"""The whole change as git shows it, made by git itself: outside of any repository, deaf to all configuration."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from . import programs
from .errors import RunFailed, UsageError, os_reason
from .git import one_line
from .trees import to_bytes, to_path

# What git's documentation of `diff` and of `diff.*` calls the default, said aloud: a later git may have another.
_SHAPE = (
    *("--no-index", "--patch", "-U3", "--inter-hunk-context=0", "--diff-algorithm=myers", "--indent-heuristic"),
    *("--no-renames", "--no-ext-diff", "--no-textconv", "--ws-error-highlight=new", "--no-color-moved"),
    "--no-prefix",
)


_COLOR = rb"(?m)^((?:\x1b\[[0-9;]*m)*"
# the folders of the two sides, which belong to names in `diff --git`, and not here
_RENAMED = re.compile(_COLOR + rb'rename (?:from|to) "?)[ab]/')
# a file that is made, or goes, has one side only
_ONE_SIDE = re.compile(_COLOR + rb'diff --git "?)[ab](/.+)("? "?)[ab]\2("?(?:\x1b\[m)?)$')


def git_outside(folder: str, *words: str, stdin: bytes = b"", ok: tuple[int, ...] = (0,)) -> bytes:
    """What git prints in a temporary folder, whatever lies above that and however git is configured.

    No GIT_* variable of ours reaches it; no file of the user's or the system's configuration or attributes
    is read; a repository around the folder (TMPDIR may lie in one) is not looked for.
    Raises UsageError where there is no git, RunFailed where it fails.
    """
    top = os.path.realpath(folder)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    told = {"GIT_CEILING_DIRECTORIES": os.path.dirname(top), "GIT_PAGER": "cat", "LC_ALL": "C", "LANGUAGE": "C"}
    for name in ("GIT_CONFIG_NOSYSTEM", "GIT_ATTR_NOSYSTEM"):
        told[name] = "1"
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "HOME", "XDG_CONFIG_HOME"):
        told[name] = os.devnull  # before git 2.32 only the last two were heard
    try:
        done = programs.run([b"git", *map(os.fsencode, words)], Path(top), kept | told, stdin)
    except FileNotFoundError:
        raise UsageError("cannot run git; install git 2.31 or newer and put it on PATH") from None
    if done.returncode not in ok:
        raise RunFailed(f"git cannot show the change: {one_line(done.stderr.decode('utf-8', 'replace'))}")
    return done.stdout


def patch(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes | None],
    modes: Mapping[str, str],
    color: bool = False,
    moves: bool = False,
) -> bytes:
    """One patch of all files; without colour `git apply` takes it. With `moves` a file that moved is shown as one, and
    text that did in colours of its own. Raises RunFailed where it cannot be made."""
    if not after:
        return b""
    try:
        with tempfile.TemporaryDirectory(prefix="codemod-diff-") as folder:
            for side, contents in (("a", before), ("b", after)):
                os.mkdir(os.path.join(folder, side))
                for path, data in contents.items():
                    if data is not None:
                        target = os.path.join(os.fsencode(folder), side.encode(), to_bytes(path))
                        _put(target, data, modes.get(path))
            shown = f"--color={'always' if color else 'never'}"
            moved = ("--find-renames", "-l0", "--color-moved=zebra") if moves else ()
            made = git_outside(folder, "diff", *_SHAPE, *moved, shown, "a", "b", ok=(0, 1))
            return _ONE_SIDE.sub(rb"\1a\2\3b\2\4", _RENAMED.sub(rb"\1", made))
    except OSError as error:
        raise RunFailed(f"the change cannot be shown, {tempfile.gettempdir()}: {os_reason(error)}") from None


def diffstat(text: bytes) -> bytes:
    """What `git diff --stat` would show, from a patch."""
    if not text:
        return b""
    try:
        with tempfile.TemporaryDirectory(prefix="codemod-diff-") as folder:
            return git_outside(folder, "apply", "--stat", "--summary", "-", stdin=text)
    except OSError as error:
        raise RunFailed(f"the change cannot be shown, {tempfile.gettempdir()}: {os_reason(error)}") from None


class Size(NamedTuple):
    """How large the diff of a file is."""

    lines: int  # added and removed
    bytes: int


def sizes(text: bytes) -> dict[str, Size]:
    """How large a patch is, by file; one that moved by its new place."""
    if not text:
        return {}
    pieces = re.split(rb"(?m)^(?=diff --git )", text)[1:]
    try:
        with tempfile.TemporaryDirectory(prefix="codemod-diff-") as folder:
            told = git_outside(folder, "apply", "--numstat", "-z", "-", stdin=text)
    except OSError as error:
        raise RunFailed(f"the change cannot be measured, {tempfile.gettempdir()}: {os_reason(error)}") from None
    found = {}
    for line, piece in zip(told.split(b"\0")[:-1], pieces, strict=True):
        added, removed, path = line.split(b"\t", 2)
        found[to_path(path)] = Size(int(added) + int(removed) if added != b"-" else 0, len(piece))
    return found


def _put(target: bytes, data: bytes, mode: str | None) -> None:
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "xb") as file:  # a disk may take two names of the project for one
        file.write(data)
    os.chmod(target, 0o755 if mode == "100755" else 0o644)
