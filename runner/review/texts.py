"""The files as each step of a plan found them: the blobs of its base, what lies in the folder, or what the steps before
it make of those. A content that is not the one that the plan was made for is none."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from codemods.engine.source import Source
from codemods.engine.values import Unreadable

from .. import decide
from ..again import Kept, made, reopened
from ..decide import Decisions
from ..disk import digest, leaving, read_own
from ..errors import UsageError
from ..trees import REGULAR

_KEPT = 32_000_000  # bytes of files that stay in memory


@dataclass
class Texts:
    """Files by step and path, read when they are asked for, and forgotten when there are too many."""

    kept: Kept
    decisions: Decisions  # those that hold: what a later step finds depends on them
    _files: OrderedDict[tuple[int, str], Source | None] = field(default_factory=OrderedDict)
    _size: int = 0
    _made: list[list[Mapping[str, bytes | None]]] | None = None

    def file(self, step: int, path: str) -> Source | None:
        """A file as the plan's step found it; None where that content cannot be had."""
        key = step, path
        if key not in self._files:
            self.load(step, [path])
        self._files.move_to_end(key)
        return self._files[key]

    def load(self, step: int, paths: Iterable[str]) -> None:
        """Read several files at once."""
        missing = list(dict.fromkeys(p for p in paths if (step, p) not in self._files))
        base = self._base(missing)
        planned = self.kept.plan.steps[step].files
        for path in missing:
            wanted = planned[path].input if path in planned else None
            data = base.get(path)
            if step and digest(data) != wanted:
                data = self._after_earlier_steps(step, path, data)
            known = path in planned and digest(data) == wanted
            self._put((step, path), Source(path, data or b"") if known else None)

    def _put(self, key: tuple[int, str], file: Source | None) -> None:
        if file is not None:
            try:
                file.text  # noqa: B018 - a plan that no codemod made may name any file
                self._size += len(file.data)
            except Unreadable:
                file = None
        self._files[key] = file
        while self._size > _KEPT and len(self._files) > 1:
            _, old = self._files.popitem(last=False)
            self._size -= len(old.data) if old else 0

    def _base(self, paths: list[str]) -> dict[str, bytes]:
        plan, repository = self.kept.plan, self.kept.repository
        if plan.base and repository is not None:
            tree = repository.tree(plan.base)
            oids = {path: tree[path].oid for path in paths if path in tree and tree[path].mode in REGULAR}
            blobs = repository.read(oids.values())
            return {path: blobs[oid] for path, oid in oids.items()}
        outside, found = set(leaving(self.kept.top, paths)), {}
        for path in paths:
            try:
                if path not in outside:
                    found[path] = read_own(self.kept.top / path)
            except (OSError, ValueError):
                continue
        return found

    def _after_earlier_steps(self, step: int, path: str, data: bytes | None) -> bytes | None:
        """What the steps before this one make of a file: with what is decided now, or with nothing decided."""
        planned = self.kept.plan.steps[step].files
        wanted = planned[path].input if path in planned else None
        for made_files in self._made_files():
            found = made_files[step].get(path, data)
            if digest(found) == wanted:
                return found
        return None

    def _made_files(self) -> list[list[Mapping[str, bytes | None]]]:
        """For each set of decisions that may have held, what has changed before each step."""
        if self._made is None:
            self._made = []
            for decisions in (self.decisions, decide.NONE):
                if self._made and not decisions.identity:
                    break
                with contextlib.suppress(
                    UsageError
                ):  # it would come out otherwise now: that is told when it is applied
                    with reopened(self.kept, {"dry_run": True, "in_place": not self.kept.plan.base}) as making:
                        done = made(self.kept, making, decisions)
                    before: list[Mapping[str, bytes | None]] = [{}]
                    for one in done:
                        before.append({**before[-1], **one.composed.files})
                    self._made.append(before)
        return self._made
