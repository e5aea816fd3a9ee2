"""What a run changed, taken out of a commit that holds it, whatever came after: new contents, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from codemods.engine.check import undefined
from codemods.engine.source import Source
from codemods.engine.values import Unreadable

from ..git import Repository
from ..terminal import quoted
from ..trees import REGULAR, TreeEntry, to_path
from .lines import Hunk, hunks, split, take_back
from .records import BLAME_LIST

_RENAMES = ("-M", "-l2000")  # candidates; beyond that only files that were moved unchanged are recognised


_GLANCED = 20  # files
_LARGEST = 20_000_000  # bytes of a text that is compared line by line


class Left(NamedTuple):
    """A place that stays as it is, and why."""

    path: str
    line: int
    why: str


@dataclass
class Reversal:
    """New contents by path, None to delete, on top of the commit that was asked about."""

    files: dict[str, bytes | None] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)  # of files that come back
    left: list[Left] = field(default_factory=list)
    there: int = 0  # files in which the run's work was found
    before: int = 0  # files that are as before it already


class _Change(NamedTuple):
    """One file of the run: where it was before, with what, and where it was after it. None where there was none."""

    then: str | None
    mode: str
    then_oid: str
    now: str | None
    now_oid: str


class _Mixed(NamedTuple):
    """A file of the run that went on since."""

    change: _Change
    here: str
    oid: str


def reverse(repo: Repository, base: str, tip: str, head: str) -> Reversal:
    """Take what lies between `base` and `tip` out of `head`."""
    return _Reverse(repo, base, tip, head).made()


def glance(repo: Repository, base: str, tip: str, head: str) -> Reversal:
    """The same as far as a list needs it: without new contents, and of files that later commits changed a few."""
    return _Reverse(repo, base, tip, head).looked()


class _Reverse:
    """One reversal while it is made, file by file."""

    def __init__(self, repo: Repository, base: str, tip: str, head: str) -> None:
        self.repo = repo
        self.changes = list(_changes(repo, base, tip))
        self.tree = repo.tree(head)
        missing = {c.now for c in self.changes if c.now and c.now not in self.tree}
        self.moved = _moved(repo, base, tip, head, missing) if missing else {}
        self.done = Reversal()
        self.blobs: dict[str, str] = {}  # by path the blob that it gets
        self.mixed: list[_Mixed] = []

    def made(self) -> Reversal:
        self._sort()
        self._merge(self.mixed)
        contents = self.repo.read(self.blobs.values())
        self.done.files |= {path: contents[oid] for path, oid in self.blobs.items()}
        self.done.left.sort()
        return self.done

    def looked(self) -> Reversal:
        self._sort()
        self._merge(self.mixed[:_GLANCED])
        return self.done

    def _sort(self) -> None:
        """What becomes of each file; those that later commits changed as well are put aside."""
        for change in self.changes:
            if change.now is None:
                self._bring_back(change)
            else:
                here = self.moved.get(change.now, change.now)
                self._go_back(change, here, self.tree.get(here))

    def _leave(self, path: str, why: str, line: int = 1) -> None:
        self.done.left.append(Left(path, line, why))

    def _bring_back(self, change: _Change) -> None:
        """A file that the run deleted."""
        path = change.then or ""
        if path not in self.tree:
            self.done.there += 1
            self.blobs[path], self.done.modes[path] = change.then_oid, change.mode
        elif self.tree[path].oid == change.then_oid:
            self.done.before += 1
        else:
            self._leave(path, "made anew since")

    def _go_back(self, change: _Change, here: str, entry: TreeEntry | None) -> None:
        """A file that the run changed, made or moved."""
        if entry is None:
            if change.then is None or (change.then != change.now and change.then in self.tree):
                self.done.before += 1
            else:
                self._leave(here, "deleted since")
        elif entry.mode not in REGULAR:
            self._leave(here, "no regular file any more")
        elif entry.oid == change.now_oid:
            self.done.there += 1
            if change.then is None:
                self.done.files[here] = None
            else:
                self.blobs[self._place(change, here)] = change.then_oid
        elif entry.oid == change.then_oid and here == change.then:
            self.done.before += 1
        elif change.then is None and change.now != BLAME_LIST:
            self._leave(here, "made by the run, changed since")
        else:
            self.mixed.append(_Mixed(change, here, entry.oid))

    def _place(self, change: _Change, here: str) -> str:
        """Where a file's text belongs: for one that the run moved, back where it was if nothing came in between."""
        back = change.then or here
        if change.then in (change.now, None):
            return here
        if here != change.now or back in self.tree:
            self._leave(here, f"cannot go back to {quoted(back)}: it was moved on, or that is there again")
            return here
        self.done.files[here], self.done.modes[back] = None, change.mode
        return back

    def _merge(self, chosen: Sequence[_Mixed]) -> None:
        """Files that later commits changed as well, line by line."""
        pairs = {m: ((m.change.now_oid, m.change.then_oid), (m.change.now_oid, m.oid)) for m in chosen}
        real = [pair for m, (back, later) in pairs.items() for pair in ((back, later) if m.change.then else (later,))]
        contents = self.repo.read((oid for pair in real for oid in pair), _LARGEST)
        large = {oid for oid, content in contents.items() if len(content) > _LARGEST}
        ways = hunks(self.repo, [pair for pair in real if pair[0] != pair[1] and large.isdisjoint(pair)])
        for mixed, (back, later) in pairs.items():
            if not large.isdisjoint((*back, *later)):
                self._leave(mixed.here, "too large to be compared")
                continue
            middle, today = split(contents[back[0]]), split(contents[later[1]])
            if mixed.change.then is None:
                before, way = [], [Hunk(0, len(middle), 0, 0)]
            else:
                before, way = split(contents[back[1]]), ways.get(back, [])
            merged = take_back(middle, before, today, way, ways.get(later, []))
            result = b"".join(merged.lines)
            self.done.there += merged.taken > merged.before
            self.done.before += merged.before > merged.taken
            texts = (contents[later[1]], b"".join(before), result)
            is_python = mixed.here.endswith((".py", ".pyi"))
            if merged.taken and is_python and (why := _broken(*(Source(mixed.here, text) for text in texts))):
                self._leave(mixed.here, f"changed since, and {why} without that", (merged.touched or [1])[0])
                continue
            for line in merged.touched:
                self._leave(mixed.here, "changed since", line)
            if merged.taken or (mixed.change.then not in (mixed.change.now, None) and not merged.touched):
                gone = mixed.change.then is None and not result
                self.done.files[self._place(mixed.change, mixed.here)] = None if gone else result


def _broken(old: Source, before: Source, new: Source) -> str:
    """What would be wrong with a file that is not wrong now, nor was before the run; "" if nothing."""
    now = _undefined(old)
    wanted = _undefined(new)
    if wanted is None:
        return "" if now is None else "would not parse"
    missing = wanted - now - (_undefined(before) or set()) if now is not None else None
    return f"{min(missing)} would be undefined" if missing else ""


def _undefined(file: Source) -> set[str] | None:
    """The names that nothing binds; None for what does not parse."""
    try:
        return set(undefined(file))
    except Unreadable:
        return None


def _changes(repo: Repository, base: str, tip: str) -> Iterable[_Change]:
    """What the run did, seen from its end, so that a file which it moved leads back to where that came from."""
    fields = to_path(repo.ask("diff-tree", "-r", "-z", "--raw", *_RENAMES, tip, base)).split("\0")
    at = 0
    while fields[at]:
        _, mode, now_oid, then_oid, kind = fields[at].split(" ")
        paths = fields[at + 1 : at + 3 if kind[0] == "R" else at + 2]
        at += 1 + len(paths)
        now, then = (None if kind == "A" else paths[0]), (None if kind == "D" else paths[-1])
        yield _Change(then=then, mode=mode, then_oid=then_oid, now=now, now_oid=now_oid)


def _moved(repo: Repository, base: str, tip: str, head: str, missing: set[str]) -> dict[str, str]:
    """Where files went that are not at their places any more: as git sees it over all, then commit by commit."""
    shape = ("-r", "-z", "--raw", *_RENAMES, "--diff-filter=R")
    found = {old: new for old, new in _pairs(repo.ask("diff-tree", *shape, tip, head)) if old in missing}
    if missing - found.keys():
        asked = ("log", *shape, "--format=", "--reverse", "--topo-order", "--no-show-signature", "--no-color")
        way = {path: path for path in missing - found.keys()}
        for old, new in _pairs(repo.ask(*asked, head, f"^{base}")):
            way |= {path: new for path, here in way.items() if here == old}
        tree = repo.tree(head)
        found |= {path: here for path, here in way.items() if path != here and here in tree}
    return found


def _pairs(raw: bytes) -> Iterable[tuple[str, str]]:
    """The two paths of each rename."""
    fields = iter(to_path(raw).split("\0"))
    for field_ in fields:
        if field_.strip("\n").startswith(":"):
            yield next(fields), next(fields)
