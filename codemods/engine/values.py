"""What a codemod and its surroundings exchange: edits, parts, changes, skips.

All values are frozen, plain and picklable: workers return them, plans store them, people decide on
them. `compose.py` alone turns accepted changes into bytes.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


class Safety(enum.StrEnum):
    """How far a change may be trusted. It belongs to the change, not only to the codemod."""

    SAFE = "safe"  # meaning kept; applied by default
    UNSAFE = "unsafe"  # may change behaviour; applied with --unsafe
    SUGGEST = "suggest"  # never applied unattended

    @staticmethod
    def weakest(values: Iterable[Safety]) -> Safety:
        """The least trusted of several: a change is as safe as its least safe part."""
        order = list(Safety)
        return max(values, key=order.index, default=Safety.SAFE)


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a file, in characters of its decoded text as it was at the start of the step."""

    path: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, order=True)
class Edit:
    """One replaced span of one file, or a file created, moved or deleted.

    `start` and `end` are character offsets in the file's decoded text (without BOM) as it was at
    the start of its step. `op` is "replace", "create" (`new` is what the text begins with; the other
    edits of its part are insertions at 0 and follow in their order), "move" (`new` is the new path;
    spans of the moved file stay on the old path) or "delete" (no other edit of the file).

    `moved` says where new text comes from: it must be what stands there, but for line endings, which become
    those of the file it comes to. Where `new` is empty the engine puts the text there. A "create" names in
    `moved` the file that the new one is like: it has its encoding, BOM, line endings and mode.
    """

    path: str
    start: int
    end: int
    new: str
    op: str = "replace"
    moved: Span | None = None


@dataclass(frozen=True, order=True)
class Import:
    """One name that an import binds: `import module [as alias]` or `from module import name [as alias]`."""

    module: str
    name: str = ""
    alias: str = ""

    @property
    def binds(self) -> str:
        """The local name that this import makes."""
        return self.alias or self.name or self.module.partition(".")[0]

    def __str__(self) -> str:
        base = f"from {self.module} import {self.name}" if self.name else f"import {self.module}"
        return f"{base} as {self.alias}" if self.alias else base


@dataclass(frozen=True)
class Part:
    """What `find` proposes in one file: the edits there of one change.

    Parts with the same `group` become one change, applied whole or not at all; an empty group
    means that the part is a change of its own. `requires` are the imports that the new text
    needs, `frees` those that it may have made unused; compose works out the import edits.
    `deletes_comments` declares that comments inside replaced spans go on purpose.
    `instead` are pairs of a new import and an old one that only type checkers see: the new one goes where
    the old one stands, unless something that is required at run time binds it.
    """

    path: str
    line: int
    reason: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE
    group: str = ""
    requires: tuple[Import, ...] = ()
    frees: tuple[Import, ...] = ()
    deletes_comments: bool = False
    instead: tuple[tuple[Import, Import], ...] = ()

    @property
    def creates(self) -> bool:
        """Whether it makes its file."""
        return any(e.op == "create" for e in self.edits)

    @property
    def start(self) -> int:
        """Where its first edit begins."""
        return min((e.start for e in self.edits), default=0)


@dataclass(frozen=True)
class Skip:
    """Something seen and left alone. With `group`, it blocks that whole group. `about` names what stands in the way, as data
    for who counts that."""

    path: str
    line: int
    code: str
    reason: str
    group: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """The unit that a person accepts or rejects: one reason, one safety, edits in one or many files.

    The changes of a step come in one commit for each `stage`, in their order, and the project must work after
    each. `needs` are the anchors of changes without which this one is not made. One with `until` is made for the
    commits below that stage alone: another change, with all that it did, takes its place.
    """

    codemod: str
    anchor: str
    reason: str
    safety: Safety
    parts: tuple[Part, ...]
    stage: int = 0
    needs: tuple[str, ...] = ()
    until: int = 0

    @cached_property
    def key(self) -> str:
        """Identity over time: survives edits elsewhere, a new base and a second run."""
        return _digest(self.codemod, self.anchor)

    @cached_property
    def digest(self) -> str:
        """What exactly is edited: a decision on the same key holds only for the same digest.

        Offsets are left out: a line added above a change does not alter what it does.
        """
        edits = [(e.path, e.op, e.end - e.start, e.new, *([e.moved.path] if e.moved else [])) for e in self.edits]
        imports = [
            (p.path, *map(str, p.requires), *(f"{new} for {old}" for new, old in p.instead), "-", *map(str, p.frees))
            for p in self.parts
        ]
        staged = [self.stage, self.needs] if self.stage or self.needs or self.until else []
        return _digest(edits, imports, *staged, *([self.until] if self.until else []))

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(e for part in self.parts for e in part.edits)

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.path for part in self.parts))

    @property
    def moves(self) -> dict[str, str]:
        """The files that get another place: new path → old path."""
        return {e.new: e.path for e in self.edits if e.op == "move"}

    @property
    def created(self) -> dict[str, str]:
        """The texts of the files that it makes, without what their encoding and imports need."""
        found: dict[str, str] = {}
        for part in self.parts:
            if part.creates:
                begun = "".join(e.new for e in part.edits if e.op == "create" and part.path not in found)
                put = "".join(e.new for e in part.edits if e.op == "replace")
                found[part.path] = f"{found.get(part.path, '')}{begun}{put}"
        return found

    @cached_property
    def places(self) -> frozenset[str]:
        """All files that it is about, before and after it; those too that text comes from."""
        return frozenset((*self.paths, *self.moves, *(e.moved.path for e in self.edits if e.moved)))


def _digest(*values: object) -> str:
    import hashlib  # not for --help

    return hashlib.sha256(json.dumps(values).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Unreadable(Exception):
    """A file that cannot be decoded or parsed by the running Python: the line, and a message for the report."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line or 1
