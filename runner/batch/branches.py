"""The branches of a batch, all at once: one `git fast-import` makes their commits, one transaction points at them.

Whenever we are killed, the repository is as before or has all of them. The commits are those that `deliver.py` would
make one branch at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..branches import check_branch_name, checked_out
from ..deliver import Commit, follow_modes, message_bytes, same_work, write_commits
from ..errors import RunFailed, UsageError
from ..git import Repository
from ..signals import delivered, held
from ..stamp import Stamp, make_stamp
from ..trees import to_bytes
from ..writing import blob, fast_import, write

_NOWHERE = "refs/codemod/new"  # fast-import makes commits on a ref; this one is gone again before it ends


@dataclass(frozen=True)
class Branch:
    """One branch to be: its commits, on `base`."""

    name: str
    base: str
    commits: tuple[Commit, ...]


def made(repo: Repository, branches: Sequence[Branch]) -> dict[str, tuple[str, ...]]:
    """The ids of the commits of each branch, which are in the repository now; no ref points at them yet."""
    for branch in branches:
        check_branch_name(repo, branch.name)
    stamps = {base: make_stamp(repo, base) for base in {branch.base for branch in branches}}
    writing = _Writing(repo, stamps)
    with repo.scratch() as scratch:
        ids = fast_import(repo, scratch, writing.commands(branches))
    found = {branch.name: tuple(ids[mark] for mark in writing.marks[branch.name]) for branch in branches}
    if repo.run("config", "--type=bool", "commit.gpgsign").out == b"true\n":
        return {b.name: _signed(repo, b, found[b.name], stamps[b.base]) for b in branches}
    return found


def point(repo: Repository, moves: Mapping[str, tuple[str | None, str | None]], note: str) -> int:
    """Point every branch from its old commit to its new one, None for one that is not there, or none of them.

    Gives the signal that came meanwhile, 0 if none. Raises RunFailed where one has moved, UsageError where one is
    checked out.
    """
    lines, places = [], checked_out(repo)
    for name, (old, new) in sorted(moves.items()):
        if old == new:
            continue
        if name in places:
            raise UsageError(f"branch {name} is checked out in {places[name]}; switch that to another branch")
        ref = to_bytes(f"refs/heads/{name}")
        if new is None:
            lines.append(b"delete %b\0%b\0" % (ref, (old or "").encode()))
        else:
            lines.append(b"update %b\0%b\0%b\0" % (ref, new.encode(), (old or repo.nothing).encode()))
    if not lines:
        return 0
    with held() as came:
        try:
            write(repo, "update-ref", "--create-reflog", "-m", note, "-z", "--stdin", stdin=lines, visible=True)
        except RunFailed as error:
            raise RunFailed(f"no branch of the batch was written: {error}") from None
        what = "1 branch of the batch is" if len(lines) == 1 else f"{len(lines):,} branches of the batch are"
        delivered(f"{what} written; see: git branch --list 'codemod/*'")
    return came[0] if came else 0


class _Writing:
    """The stream of one fast-import, and which mark is whose commit."""

    def __init__(self, repo: Repository, stamps: Mapping[str, Stamp]) -> None:
        self.repo = repo
        self.stamps = stamps
        self.marks: dict[str, list[int]] = {}
        self._blobs: dict[bytes, int] = {}
        self._last = 0

    def commands(self, branches: Sequence[Branch]) -> Iterator[bytes]:
        modes = {base: {p: e.mode for p, e in self.repo.tree(base).items()} for base in self.stamps}
        for branch in branches:
            # a branch changes a hundred files of ten thousand
            mine = dict(modes[branch.base])
            parent = branch.base.encode()
            self.marks[branch.name] = []
            for step, commit in enumerate(branch.commits, 1):
                follow_modes(mine, commit)
                for content in commit.files.values():
                    if content is not None and content not in self._blobs:
                        self._blobs[content] = self._mark()
                        yield blob(self._last, content)
                mark = self._mark()
                self.marks[branch.name].append(mark)
                text = message_bytes(commit)
                yield b"commit %b\nmark :%d\n" % (_NOWHERE.encode(), mark)
                yield self.stamps[branch.base].headers(step)
                yield b"data %d\n%bfrom %b\n" % (len(text), text, parent)
                # where a file becomes a folder, or the other way round, the old one goes first
                for path, data in sorted(commit.files.items(), key=lambda file: file[1] is not None):
                    yield _changed(path, None if data is None else self._blobs[data], mine.get(path, ""))
                yield b"\n"
                parent = b":%d" % mark
        yield b"reset %b\nfrom %b\n\n" % (_NOWHERE.encode(), self.repo.nothing.encode())

    def _mark(self) -> int:
        self._last += 1
        return self._last


def _changed(path: str, mark: int | None, mode: str) -> bytes:
    name = to_bytes(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'D "%b"\n' % name if mark is None else b'M %b :%d "%b"\n' % (mode.encode(), mark, name)


def _signed(repo: Repository, branch: Branch, unsigned: Sequence[str], stamp: Stamp) -> tuple[str, ...]:
    """The same commits with signatures, which fast-import cannot make; those of the branch where it has them."""
    trees = [repo.ask("rev-parse", f"{oid}^{{tree}}").decode("ascii").strip() for oid in unsigned]
    messages = [message_bytes(commit) for commit in branch.commits]
    tip = repo.run("rev-parse", "-q", "--verify", f"refs/heads/{branch.name}").out.decode("ascii").strip()
    if tip:
        bodies = [stamp.headers(step) + b"\n" + text for step, text in enumerate(messages, 1)]
        if same := same_work(repo, tip, branch.base, trees, bodies, signed=True):
            return same
    return write_commits(repo, branch.base, trees, messages, stamp, signed=True)
