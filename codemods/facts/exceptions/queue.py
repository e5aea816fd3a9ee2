"""What is to be looked at next: the places that were found last come first, so that callees come before those who asked for them."""

from __future__ import annotations

from heapq import heappop, heappush

from .raised import Place


class Queue:
    """Each place waits once, by when it was first put in."""

    def __init__(self) -> None:
        self._found: dict[Place, int] = {}  # when each was first put in, the latest the lowest
        self._waiting: set[Place] = set()
        self._heap: list[tuple[int, Place]] = []

    def __len__(self) -> int:
        return len(self._heap)

    def put(self, place: Place) -> None:
        if place not in self._waiting:
            self._waiting.add(place)
            heappush(self._heap, (self._found.setdefault(place, -len(self._found)), place))

    def take(self) -> Place:
        _, place = heappop(self._heap)
        self._waiting.remove(place)
        return place
