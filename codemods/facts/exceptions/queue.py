"""What is to be looked at next: in sweeps over all that waits, in each the places that were found last first, so that callees come
before those who asked for them. In a circle of many functions nearly all have news at once: one sweep takes it to all of them."""

from __future__ import annotations

from .raised import Place


class Queue:
    """Each place waits once; one that is new comes before any that was looked at."""

    def __init__(self) -> None:
        self._found: dict[Place, int] = {}  # when each was first put in
        self._new: list[Place] = []
        self._sweep: list[Place] = []  # what is left of this one, the next last
        self._left: set[Place] = set()
        self._next: set[Place] = set()

    def __len__(self) -> int:
        return len(self._new) + len(self._sweep) + len(self._next)

    def put(self, place: Place) -> None:
        if place not in self._found:
            self._found[place] = len(self._found)
            self._new.append(place)
        elif place not in self._left:
            self._next.add(place)

    def take(self) -> Place:
        if self._new:
            return self._new.pop()
        if not self._sweep:
            self._sweep = sorted(self._next, key=self._found.__getitem__)
            self._left, self._next = self._next, set()
        place = self._sweep.pop()
        self._left.remove(place)
        return place
