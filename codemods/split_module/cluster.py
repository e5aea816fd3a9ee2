"""Blocks joined to parts: the pair that gains most first, as long as no part needs itself through another one.

What is gained is the weight between two parts beyond what chance would give, so parts come out as many as there are
things. Afterwards single blocks move where they have more in common, and what is too small to be a part is joined.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .blocks import Matrix

_ROUNDS = 4


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large parts may be, how many there shall be (0: as many as there are things), and how fine they are."""

    most_lines: int = 500
    parts: int = 0
    least_lines: int = 20
    fineness: float = 0.65


def cluster(
    matrix: Matrix,
    below: Sequence[Collection[int]],
    lines: Sequence[int],
    limits: Limits,
    apart: Sequence[str] = (),
) -> list[list[int]]:
    """The parts, each by the numbers of its blocks. Blocks are numbered so that each needs lower ones only. Those for which
    `apart` has different words come together only where they are too small to be parts."""
    if limits.parts:
        return _exactly(matrix, below, lines, limits)
    merging = _Merging(matrix, below, lines, limits, apart)
    merging.run()
    moving = _Moving(matrix, below, lines, limits, merging.home())
    if not apart:
        moving.run()
    moving.join_small()
    return moving.parts()


def _exactly(
    matrix: Matrix, below: Sequence[Collection[int]], lines: Sequence[int], limits: Limits
) -> list[list[int]]:
    """As many parts as are asked for, or as many as can be: finer ones first, of which the nearest are joined."""
    merging = _Merging(matrix, below, lines, limits)
    merging.run(until=limits.parts)
    moving = _Moving(matrix, below, lines, limits, merging.home())
    moving.run()
    return moving.parts()


class _Merging:
    """Greedy merging. Who needs whom, also through others, is kept as bits: a merge makes a circle where something lies
    between the two."""

    def __init__(
        self,
        matrix: Matrix,
        below: Sequence[Collection[int]],
        lines: Sequence[int],
        limits: Limits,
        apart: Sequence[str] = (),
    ) -> None:
        size = len(matrix)
        self.words = {number: {word} - {""} for number, word in enumerate(apart)}
        self.limits = limits
        self.weight = [row[:] for row in matrix]
        self.degree = [sum(row) for row in matrix]
        self.total = sum(self.degree) or 1.0
        self.lines = [*lines]
        self.members = {number: [number] for number in range(size)}
        self.under = [0] * size
        for number in range(size):
            for other in below[number]:
                self.under[number] |= self.under[other] | 1 << other
        self.over = [0] * size
        for number in range(size):
            for other in _bits(self.under[number]):
                self.over[other] |= 1 << number
        self.heap: list[tuple[float, int, int]] = []

    def home(self) -> list[int]:
        found = [0] * len(self.weight)
        for number, members in self.members.items():
            for member in members:
                found[member] = number
        return found

    def gain(self, one: int, other: int) -> float:
        expected = self.degree[one] * self.degree[other] / self.total
        return self.weight[one][other] - self.limits.fineness * expected

    def run(self, until: int = 0) -> None:
        """Join while that gains something; with `until` as long as there are more parts than that."""
        numbers = sorted(self.members)
        for one in numbers:
            for other in numbers[:one]:
                if until or self.weight[one][other] > 0:
                    self._offer(other, one, until)
        while self.heap and len(self.members) > max(until, 1):
            loss, one, other = heapq.heappop(self.heap)
            there = one in self.members and other in self.members and -loss == self.gain(one, other)
            if there and self._fit(one, other, until) and not self._between(one, other):
                self._join(one, other, until)

    def _fit(self, one: int, other: int, until: int) -> bool:
        if self.words and len(self.words[one] | self.words[other]) > 1:
            return False
        return bool(until) or self.lines[one] + self.lines[other] <= self.limits.most_lines

    def _offer(self, one: int, other: int, until: int) -> None:
        gain = self.gain(one, other)
        if gain > 0 or until:
            heapq.heappush(self.heap, (-gain, one, other))

    def _between(self, one: int, other: int) -> bool:
        both = 1 << one | 1 << other
        return bool((self.under[one] & self.over[other] | self.under[other] & self.over[one]) & ~both)

    def _join(self, one: int, other: int, until: int) -> None:
        self.members[one] += self.members.pop(other)
        if self.words:
            self.words[one] |= self.words[other]
        self.lines[one] += self.lines[other]
        self.degree[one] += self.degree[other]
        mine, gone = 1 << one, 1 << other
        under = self.under[one] = (self.under[one] | self.under[other]) & ~(mine | gone)
        over = self.over[one] = (self.over[one] | self.over[other]) & ~(mine | gone)
        row, lost = self.weight[one], self.weight[other]
        for number in self.members:
            if number == one:
                continue
            if over >> number & 1:
                self.under[number] = self.under[number] & ~gone | mine | under
            if under >> number & 1:
                self.over[number] = self.over[number] & ~gone | mine | over
            row[number] += lost[number]
            self.weight[number][one] = row[number]
        for number in self.members:
            if number != one and (until or row[number] > 0):
                self._offer(min(one, number), max(one, number), until)


class _Moving:
    """Parts that are there, and what is better elsewhere."""

    def __init__(
        self, matrix: Matrix, below: Sequence[Collection[int]], lines: Sequence[int], limits: Limits, home: list[int]
    ) -> None:
        self.block_lines, self.limits, self.home = lines, limits, home
        self.needs = [(number, others) for number, others in enumerate(below) if others]
        self.tied = {number for number, _ in self.needs}.union(*(others for _, others in self.needs))
        self.near = [[(other, weight) for other, weight in enumerate(row) if weight] for row in matrix]
        self.degree = [sum(row) for row in matrix]
        self.total = sum(self.degree) or 1.0
        self.part_lines: dict[int, int] = defaultdict(int)
        self.part_degree: dict[int, float] = defaultdict(float)
        for number, part in enumerate(home):
            self.part_lines[part] += lines[number]
            self.part_degree[part] += self.degree[number]

    def parts(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number, part in enumerate(self.home):
            found[part].append(number)
        return [*found.values()]

    def _put(self, numbers: Collection[int], part: int) -> None:
        """Put blocks of one part into another."""
        for number in numbers:
            before = self.home[number]
            self.home[number] = part
            self.part_lines[part] += self.block_lines[number]
            self.part_degree[part] += self.degree[number]
            self.part_lines[before] -= self.block_lines[number]
            self.part_degree[before] -= self.degree[number]

    def _try(self, numbers: Collection[int], part: int) -> bool:
        """Put blocks into a part, unless parts would need each other then."""
        before = self.home[min(numbers)]
        self._put(numbers, part)
        if self.tied.isdisjoint(numbers) or self._acyclic():
            return True
        self._put(numbers, before)
        return False

    def _links(self, numbers: Collection[int]) -> dict[int, float]:
        """The weight between some blocks and each part, without themselves."""
        found: dict[int, float] = defaultdict(float)
        for number in numbers:
            for other, weight in self.near[number]:
                if other not in numbers:
                    found[self.home[other]] += weight
        return found

    def run(self) -> None:
        """Move single blocks as long as that gains something."""
        for _ in range(_ROUNDS):
            if not [number for number in range(len(self.home)) if self._move(number)]:
                return

    def _move(self, number: int) -> bool:
        lines, degree = self.part_lines, self.part_degree
        here, own = self.home[number], self.degree[number]
        if lines[here] == self.block_lines[number] and self.limits.parts:
            return False  # the part would be gone
        links = self._links({number})

        def gain(part: int) -> float:
            others = degree[part] - (own if part == here else 0.0)
            return links.get(part, 0.0) - self.limits.fineness * own * others / self.total

        least = gain(here) + 1e-9
        room = [p for p in links if p != here and lines[p] + self.block_lines[number] <= self.limits.most_lines]
        better = [part for part in room if gain(part) > least]
        return any(self._try({number}, part) for part in sorted(better, key=lambda p: (-gain(p), p))[:3])

    def join_small(self) -> None:
        """Join what is too small to be a part to what it has most in common with."""
        while self._join_one():
            pass

    def _join_one(self) -> bool:
        lines = {part: count for part, count in self.part_lines.items() if count}
        members: dict[int, set[int]] = defaultdict(set)
        for number, part in enumerate(self.home):
            members[part].add(number)
        for small in sorted((p for p in lines if lines[p] < self.limits.least_lines), key=lambda p: (lines[p], p)):
            links = self._links(members[small])
            room = [p for p in lines if p != small and lines[p] + lines[small] <= self.limits.most_lines]
            room.sort(key=lambda p: (-links.get(p, 0.0) / (max(self.part_degree[p], 0.0) or 1.0) ** 0.5, p))
            if any(self._try(members[small], part) for part in room):
                return True
        return False

    def _acyclic(self) -> bool:
        """Whether no part needs itself through another one."""
        needs: dict[int, set[int]] = defaultdict(set)
        users: dict[int, list[int]] = defaultdict(list)
        for number, others in self.needs:
            mine = self.home[number]
            needs[mine].update(part for part in map(self.home.__getitem__, others) if part != mine)
        left = {part: len(others) for part, others in needs.items() if others}
        for part in left:
            for other in needs[part]:
                users[other].append(part)
        free = [part for part in users if part not in left]
        while free:
            for user in users[free.pop()]:
                left[user] -= 1
                if not left[user]:
                    free.append(user)
        return not any(left.values())


def _bits(number: int) -> list[int]:
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return found
