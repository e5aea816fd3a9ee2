"""What is decided on the changes of a plan, by their numbers: known here and on the disk after each key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..decide import Decision, Decisions, Verdict
from ..plans import Decider
from .queue import Item


class Mark(NamedTuple):
    """A decision without its change: many may share it."""

    verdict: Verdict
    who: str = ""
    note: str = ""
    new: tuple[str, ...] = ()

    @property
    def is_decided(self) -> bool:
        return self.verdict is not Verdict.ASK


def marks_of(items: Sequence[Item], decisions: Decisions) -> list[Mark | None]:
    """What was decided before, for each change."""
    found = (decisions.of(item.change) for item in items)
    return [Mark(d.verdict, d.who, d.note, d.new) if d else None for d in found]


@dataclass
class Marks:
    """The marks of a review that is open."""

    items: Sequence[Item]
    marks: list[Mark | None]
    decider: Decider
    _done: list[Mapping[int, Mark | None]] = field(default_factory=list)  # what was before each key of this session

    def __getitem__(self, number: int) -> Mark | None:
        return self.marks[number]

    def is_decided(self, number: int) -> bool:
        mark = self.marks[number]
        return mark is not None and mark.is_decided

    @property
    def left(self) -> int:
        """How many changes wait for a decision."""
        return sum(mark is None or mark.verdict is Verdict.ASK for mark in self.marks)

    def decide(self, wanted: Mapping[int, Mark]) -> None:
        """Raises RunFailed where it cannot be kept."""
        before = {number: self.marks[number] for number in wanted}
        self._put_all(wanted)
        self._done.append(before)

    def undo(self) -> list[int]:
        """Take back what the last key decided. Gives the changes, none where there is nothing to take back."""
        if not self._done:
            return []
        before = self._done.pop()
        self._put_all(before)
        return list(before)

    def _put_all(self, wanted: Mapping[int, Mark | None]) -> None:
        by_mark: dict[Mark | None, list[int]] = {}
        for number, mark in wanted.items():
            by_mark.setdefault(mark, []).append(number)
        for mark, numbers in by_mark.items():
            self._put(numbers, mark)

    def _put(self, numbers: Sequence[int], mark: Mark | None) -> None:
        changes = [self.items[number].change for number in numbers]
        if mark and (len(numbers) == 1 or mark.note or mark.new):
            self.decider.add(
                Decision(key=c.key, digest=c.digest, verdict=mark.verdict, who=mark.who, note=mark.note, new=mark.new)
                for c in changes
            )
        else:
            keys = [(change.key, change.digest) for change in changes]
            self.decider.add_shared(keys, mark and mark.verdict, mark.who if mark else "")
        for number in numbers:
            self.marks[number] = mark
