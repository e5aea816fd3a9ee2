"""Write planned content as commits on a branch; the checkout, index and stash never notice.

Blobs go in by one `git fast-import`, trees come out of a temporary index, and the branch appears
at the very end by one compare-and-swap: whenever we are killed, the repository is as before or
complete. Commits are dated after their base, so the same work gets the same ids again.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .branches import check_branch_name, find_branch, refuse_checked_out
from .errors import RunFailed, UsageError
from .existing import refusal
from .git import Repository
from .signals import delivered, held
from .stamp import Stamp, make_stamp
from .trees import REGULAR, to_bytes
from .writing import blob, fast_import, write

_KIND = {"120000": "a symbolic link", "160000": "a submodule"}


@dataclass(frozen=True)
class Commit:
    """One stage of a step: new content by path, None to delete. Modes are kept; a new file gets 100644 unless told
    otherwise."""

    message: str
    files: Mapping[str, bytes | None]
    modes: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)  # path of a new file → the one whose mode it gets


@dataclass(frozen=True)
class Delivered:
    """Where the work is now."""

    branch: str
    commits: tuple[str, ...]
    replaced: str | None  # what the branch held before, under force
    created: bool  # False: the branch already held this very work
    interrupted: int = 0  # the signal that came while the branch was moved, 0 if none did


def deliver(
    repo: Repository,
    *,
    base: str,
    branch: str,
    commits: Sequence[Commit],
    force: bool = False,
    expected: str | None = None,
    ending: Callable[[Sequence[str]], Commit] | None = None,
) -> Delivered:
    """Put the commits on `base` and point `branch` there; `ending` makes one more of the ids of the others.

    A branch that holds other work is replaced only by force, and only if it still is where it was
    when we looked (or at `expected`, where the caller looked).
    """
    if not commits:
        raise ValueError("there is no commit to deliver")
    check_branch_name(repo, branch)
    found = find_branch(repo, branch)
    refuse_checked_out(repo, branch)
    stamp = make_stamp(repo, base)
    signed = repo.run("config", "--type=bool", "commit.gpgsign").out == b"true\n"
    messages = [message_bytes(commit) for commit in commits]
    with repo.scratch() as scratch:
        trees = _write_trees(repo, scratch, base, commits)

        def written_before(tip: str) -> tuple[str, ...] | None:
            bodies = [stamp.headers(i) + b"\n" + text for i, text in enumerate(messages, 1)]
            if ending is None:
                return same_work(repo, tip, base, trees, bodies, signed)
            below = repo.run("rev-parse", "-q", "--verify", f"{tip}^").out.decode("ascii").strip()
            ids = same_work(repo, below, base, trees, bodies, signed) if below else None
            if ids is None:
                return None
            tree, text = _end(repo, scratch, ids, ending)
            body = stamp.headers(len(bodies) + 1) + b"\n" + text
            last = same_work(repo, tip, below, [tree], [body], signed)
            return (*ids, *last) if last else None

        if found:
            same = written_before(found)
            if same:
                return Delivered(branch=branch, commits=same, replaced=None, created=False)
            if not force:
                raise UsageError(refusal(repo, branch, found, base, "{} <{}>".format(*stamp.author)))
        if expected is not None and found != expected:
            now = found[:12] if found else "gone"
            raise RunFailed(f"branch {branch} moved, it was at {expected[:12]} and is {now}")
        made = write_commits(repo, base, trees, messages, stamp, signed)
        if ending is not None:
            tree, text = _end(repo, scratch, made, ending)
            made += write_commits(repo, made[-1], [tree], [text], stamp, signed, len(made) + 1)
        with held() as came:  # whoever interrupts us is told that the branch is there, or that it is not
            _point(repo, branch, made[-1], found, stamp.environment(len(made)), commits[-1].message)
            delivered(_back(branch, made[-1], found))
    return Delivered(branch=branch, commits=made, replaced=found, created=True, interrupted=came[0] if came else 0)


def message_bytes(commit: Commit) -> bytes:
    return to_bytes(commit.message.rstrip("\n") + "\n")


def _end(
    repo: Repository, scratch: Path, ids: Sequence[str], ending: Callable[[Sequence[str]], Commit]
) -> tuple[str, bytes]:
    """The tree and the message of the commit that knows the others."""
    commit = ending(ids)
    return _write_trees(repo, scratch, ids[-1], [commit])[0], message_bytes(commit)


def _back(branch: str, new: str, old: str | None) -> str:
    """Where the branch is now, and how to take that back."""
    name = shlex.quote(branch)
    back = f"git branch -f {name} {old[:12]}" if old else f"git branch -D {name}"
    return f"branch {branch} is at {new[:12]}; take it back with: {back}"


def take_away(repo: Repository, branch: str, old: str, new: str | None, note: str) -> int:
    """Delete a branch, or point it at `new`, if it still is at `old`. Gives the signal that came meanwhile, 0 if none.

    Raises RunFailed when it moved.
    """
    ref, name = f"refs/heads/{branch}", shlex.quote(branch)
    back = f"git branch {'-f ' if new else ''}{name} {old[:12]}"
    words = ("-m", note, ref, new, old) if new else ("-m", note, "-d", ref, old)
    with held() as came:
        try:
            write(repo, "update-ref", *words, visible=True)
        except RunFailed as error:
            raise RunFailed(f"branch {branch} stays as it is: {error}") from None
        where = f"is at {new[:12]} again, as before it" if new else "is deleted"
        delivered(f"branch {branch} {where}; get it back with: {back}")
    return came[0] if came else 0


def _write_trees(repo: Repository, scratch: Path, base: str, commits: Sequence[Commit]) -> list[str]:
    blobs = _write_blobs(repo, scratch, commits)
    index = {"GIT_INDEX_FILE": str(scratch / "index")}
    write(repo, "read-tree", base, env=index)
    modes = {path: entry.mode for path, entry in repo.tree(base).items()}
    trees = []
    for commit in commits:
        follow_modes(modes, commit)
        lines = [
            to_bytes(
                f"0 {repo.nothing}\t{path}\0" if content is None else f"{modes[path]} {blobs[content]}\t{path}\0"
            )
            for path, content in commit.files.items()
        ]
        write(repo, "update-index", "-z", "--index-info", stdin=lines, env=index)
        trees.append(write(repo, "write-tree", "--missing-ok", env=index))
    return trees


def follow_modes(modes: dict[str, str], commit: Commit) -> None:
    """Carry the modes over a step; refuse what `update-index` would do without a word."""
    told = {new: modes[old] for new, old in commit.origins.items() if modes.get(old) in REGULAR} | {**commit.modes}
    for path, content in commit.files.items():
        mode = modes.get(path, "100644")
        if "\0" in path or mode not in REGULAR:
            what = _KIND.get(mode, "no valid path")
            raise RunFailed(f"cannot write {path!r}: it is {what}, not a regular file")
        if content is None and modes.pop(path, None) is None:
            raise RunFailed(f"cannot delete {path!r}: it is not there")
    new = [path for path, content in commit.files.items() if content is not None]
    added = [path for path in new if path not in modes]
    modes.update((path, told.get(path, "100644")) for path in added)
    folders = {folder for path in modes for folder in _folders(path)} if added else set()
    for path in added:
        if path in folders or not modes.keys().isdisjoint(_folders(path)):
            raise RunFailed(f"cannot add {path!r}: a file there would have to be a folder as well")


def _folders(path: str) -> list[str]:
    return [path[: match.start()] for match in re.finditer("/", path)]


def _write_blobs(repo: Repository, scratch: Path, commits: Sequence[Commit]) -> dict[bytes, str]:
    contents = list(
        dict.fromkeys(content for commit in commits for content in commit.files.values() if content is not None)
    )
    ids = fast_import(repo, scratch, (blob(mark, content) for mark, content in enumerate(contents, 1)))
    return {content: ids[mark] for mark, content in enumerate(contents, 1)}


def write_commits(
    repo: Repository,
    base: str,
    trees: Sequence[str],
    messages: Sequence[bytes],
    stamp: Stamp,
    signed: bool,
    first: int = 1,
) -> tuple[str, ...]:
    made: list[str] = []
    parent = base
    for step, (tree, message) in enumerate(zip(trees, messages, strict=True), first):
        options = ["-p", parent, *(["-S"] if signed else [])]
        identity = stamp.environment(step)
        try:
            parent = write(repo, "commit-tree", tree, *options, stdin=[message], env=identity)
        except RunFailed as error:
            if not signed:
                raise
            raise RunFailed(f"the commit cannot be signed (commit.gpgsign): {error}; nothing was changed") from None
        made.append(parent)
    return tuple(made)


def same_work(
    repo: Repository,
    tip: str,
    base: str,
    trees: Sequence[str],
    bodies: Sequence[bytes],
    signed: bool,
) -> tuple[str, ...] | None:
    """Give the branch's commits if they are ours already; a signature differs from run to run."""
    ids = []
    at: str | None = tip
    for tree, body in zip(reversed(trees), reversed(bodies), strict=True):
        if at is None:
            return None
        raw = repo.ask("cat-file", "commit", at)
        plain = re.sub(rb"\ngpgsig(-sha256)? .*(\n .*)*", b"", raw.partition(b"\n\n")[0])
        has_signature = len(plain) != len(raw.partition(b"\n\n")[0])
        parent = re.search(rb"^parent ([0-9a-f]+)$", plain, re.MULTILINE)
        head = f"tree {tree}\n".encode() + (parent[0] + b"\n" if parent else b"")
        if has_signature != signed or plain + b"\n\n" + raw.partition(b"\n\n")[2] != head + body:
            return None
        ids.append(at)
        at = parent[1].decode("ascii") if parent else None
    return tuple(reversed(ids)) if at == base else None


def _point(repo: Repository, branch: str, new: str, old: str | None, env: Mapping[str, str], message: str) -> None:
    """Move the branch if it still is where we saw it; '' says that it must not exist."""
    ref = f"refs/heads/{branch}"
    note = "codemod: " + message.partition("\n")[0]
    options = ("--create-reflog", "-m", note)
    try:
        write(repo, "update-ref", *options, ref, new, old or "", env=env, visible=True)
    except RunFailed as error:
        if repo.run("rev-parse", "--verify", "-q", ref).out.decode().strip() != new:
            raise RunFailed(f"branch {branch} was not written: {error}") from None
