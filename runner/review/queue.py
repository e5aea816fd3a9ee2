"""The changes of a plan in the order in which they are reviewed: the riskiest first, by codemod and reason, by shape.

The order is found while it is walked: to show the first change no other one has to be looked into. What is left
is done while a person thinks.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from codemods.engine.source import Source
from codemods.engine.values import Change, Safety

from ..plan import Plan
from . import shapes
from .shapes import Shape
from .texts import Texts

_TOGETHER = 2_000  # changes whose files are read at once
_AT_ONCE = 300  # changes that are looked at without looking at the clock
_BY_SAFETY = {Safety.SUGGEST: shapes.SUGGEST, Safety.UNSAFE: shapes.UNSAFE}


class Item(NamedTuple):
    """A change, and the number of its step."""

    step: int
    change: Change


def items_of(plan: Plan) -> list[Item]:
    return [Item(number, change) for number, step in enumerate(plan.steps) for change in step.changes]


@dataclass
class Queue:
    """Changes are named by their number in the plan. `order` is what is known of the order so far."""

    items: Sequence[Item]
    texts: Texts
    asked: frozenset[int]  # those that were accepted, and altered since
    order: list[int] = field(default_factory=list)
    complete: bool = False
    members: dict[Shape, list[int]] = field(
        default_factory=dict
    )  # of each shape, in their order; whole when complete
    split: set[Shape] = field(default_factory=set)
    _shapes: dict[int, Shape] = field(default_factory=dict)
    _details: dict[int, Shape] = field(default_factory=dict)
    _words: dict[int, str] = field(default_factory=dict)
    _same: dict[Shape, Shape] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)
    _looked: int = 0
    _rest: Iterator[int | None] | None = None

    # ---- the order -------------------------------------------------------------------------

    def work(self, seconds: float) -> bool:
        """Find more of the order for so long, then what keys may ask for. Gives whether there is more to find."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if not self.complete:
                self._step()
            elif self._looked < len(self.items):
                self._detail(self.order[self._looked])
                self.words(self.order[self._looked])
                self._looked += 1
            else:
                return False
        return True

    def finish(self) -> None:
        while not self.complete:
            self._step()

    def at(self, place: int) -> int | None:
        """The change at a place of the order; None behind its end."""
        while len(self.order) <= place and not self.complete:
            self._step()
        return self.order[place] if place < len(self.order) else None

    def place(self, number: int) -> int:
        """A change's place in the order."""
        while number not in self._places:
            self._step()
        return self._places[number]

    def _step(self) -> None:
        if self._rest is None:
            self._rest = self._ordered()
        found = next(self._rest, -1)
        if found == -1:
            self.complete = True
        elif found is not None:
            self._places[found] = len(self.order)
            self.order.append(found)
            self.members.setdefault(self._shape(found), []).append(found)

    def _ordered(self) -> Iterator[int | None]:
        """Numbers in their order; None where some work was done and no number is known yet."""
        tiers: dict[int, list[int]] = {}
        safe = []
        for number, (_, change) in enumerate(self.items):
            tier = _BY_SAFETY.get(change.safety, shapes.ASKED if number in self.asked else None)
            if tier is None:
                safe.append(number)
            else:
                tiers.setdefault(tier, []).append(number)
        for tier in (shapes.SUGGEST, shapes.UNSAFE, shapes.ASKED):
            yield from self._by_shape(tiers.get(tier, []))
        for start in range(0, len(safe), _TOGETHER):
            chosen = safe[start : start + _TOGETHER]
            self.load(chosen)
            for number in chosen:
                change = self.items[number].change
                tiers.setdefault(shapes.risk_in_text(change, self.files(number)), []).append(number)
            yield None
        for tier in (shapes.COMMENTS, shapes.LINES, shapes.PLAIN):
            yield from self._by_shape(tiers.get(tier, []))

    def _by_shape(self, numbers: Sequence[int]) -> Iterator[int | None]:
        by_reason: dict[tuple[int, str], list[int]] = {}
        for number in numbers:
            step, change = self.items[number]
            by_reason.setdefault((step, shapes.reason_form(change.reason)), []).append(number)
        for alike in by_reason.values():
            first, others = None, dict[Shape, list[int]]()
            for count, number in enumerate(alike):
                if count % _TOGETHER == 1:
                    self.load(alike[count : count + _TOGETHER])
                shape = self._shape(number)
                first = first or shape
                if shape == first:
                    yield number
                else:
                    others.setdefault(shape, []).append(number)
                    yield None
            for more in others.values():
                yield from more

    # ---- files and shapes ------------------------------------------------------------------

    def load(self, numbers: Iterable[int]) -> None:
        paths: dict[int, list[str]] = {}
        for number in numbers:
            step, change = self.items[number]
            paths.setdefault(step, []).extend(sorted(change.places))
        for step, wanted in paths.items():
            self.texts.load(step, wanted)

    def files(self, number: int) -> dict[str, Source | None]:
        """The files that a change edits, as its step found them."""
        step, change = self.items[number]
        if len(change.parts) > 1:
            self.texts.load(step, sorted(change.places))
        return {path: self.texts.file(step, path) for path in sorted(change.places)}

    def words(self, number: int) -> str:
        """What a person may search for in a change, without its capitals."""
        if (found := self._words.get(number)) is None:
            change = self.items[number].change
            new = [edit.new for part in change.parts for edit in part.edits]
            texts = (change.reason, change.anchor, *(part.path for part in change.parts), *new)
            found = self._words[number] = "\0".join(texts).casefold()
        return found

    def shape(self, number: int) -> Shape:
        """A change's shape, as far as it is split."""
        shape = self._shape(number)
        return self._detail(number) if shape in self.split else shape

    def _detail(self, number: int) -> Shape:
        if number not in self._details:
            step, change = self.items[number]
            found = shapes.shape_of(step, change, self.files(number), detailed=True)
            self._details[number] = self._same.setdefault(found, found)
        return self._details[number]

    def _shape(self, number: int) -> Shape:
        if number not in self._shapes:
            step, change = self.items[number]
            found = shapes.shape_of(step, change, self.files(number))
            self._shapes[number] = self._same.setdefault(found, found)
        return self._shapes[number]

    def alike(self, number: int) -> list[int]:
        """All changes of a change's shape, in their order."""
        found = self.alike_within(math.inf, number)
        assert found is not None
        return found

    def alike_within(self, seconds: float, number: int) -> list[int] | None:
        """The same; None where it takes longer to find them.

        Some hundreds are looked at in any case, so that what is shown of a small plan hangs on no clock.
        """
        end = time.perf_counter() + seconds
        while not self.complete:
            self._step()
            if len(self.order) > _AT_ONCE and time.perf_counter() > end:
                return None
        members = self.members[self._shape(number)]
        if self._shape(number) not in self.split:
            return members
        for count, other in enumerate(members):
            if other not in self._details and count > _AT_ONCE and time.perf_counter() > end:
                return None
            self._detail(other)
        wanted = self._detail(number)
        return [other for other in members if self._details[other] == wanted]
