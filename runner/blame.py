"""`--blame-ignore`: the list of commits that `git blame` passes over, so that a line stays with who wrote it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from .deliver import Commit
from .git import Repository
from .message import HINT, uses_conventional_commits
from .terminal import line
from .undo.records import BLAME_LIST


def listing(repo: Repository, base: str, plan: str, steps: Sequence[tuple[str, str]], ids: Sequence[str]) -> Commit:
    """The commit that adds the commits of some steps, each a codemod's name and a subject, to the list of `base`."""
    entry = repo.tree(base).get(BLAME_LIST)
    known = repo.read([entry.oid])[entry.oid] if entry else b""
    names = ", ".join(dict.fromkeys(name for name, _ in steps))
    subject = f"Ignore {names} in git blame"
    if uses_conventional_commits(repo, base):
        subject = f"chore: {subject[:1].lower()}{subject[1:]}"
    why = textwrap.fill(
        "What only changed the spelling of a line hides who wrote it. For git blame to pass over it:", 72
    )
    message = f"{line(subject)}\n\n{why}\n\n    {HINT}\n\nCodemod-Plan: {plan}\n"
    entries = [(line(f"{told} ({name})"), oid) for (name, told), oid in zip(steps, ids, strict=True)]
    return Commit(message, {BLAME_LIST: extended(known, entries)})


def extended(known: bytes, entries: Sequence[tuple[str, str]]) -> bytes:
    """A list with more commits in it, each below a comment; those that it has already are not there twice."""
    end = b"\r\n" if b"\r\n" in known else b"\n"
    listed = {words[0] for words in map(bytes.split, known.splitlines()) if words}
    new = [b"# %b%b%b%b" % (t.encode(), end, oid.encode(), end) for t, oid in entries if oid.encode() not in listed]
    if not new:
        return known
    open_line = b"" if not known or known.endswith(b"\n") else end
    return known + open_line + (end if known.strip() else b"") + end.join(new)
