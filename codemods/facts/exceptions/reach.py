"""Which files the flows of guarded bodies lead to, before anyone asks what they raise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..types.entity import Entity
from .data import Call, Clause, Entry, FlowFacts, Op
from .flow import Flows
from .meanings import Meanings
from .raised import Origin, Place, Raised


@dataclass
class Looked:
    """What the rounds before have looked at: files, places of which all is known, places that run a method of a class, by its
    name, and the names of classes whose subclasses were asked for; `twice` when all was looked at once more."""

    files: set[str] = field(default_factory=set)
    settled: set[Place] = field(default_factory=set)
    running: dict[str, set[Place]] = field(default_factory=dict)
    heirs: set[str] = field(default_factory=set)
    twice: bool = False


class Reach(Flows):
    """Looks at each function once: that finds nearly all files that are missing, at a part of the cost. What was settled
    before is passed over, but where a class has been read since that may override a method."""

    def __init__(
        self, files: Mapping[str, FlowFacts], types: Meanings, said: Mapping[str, Entry], looked: Looked
    ) -> None:
        super().__init__(files, types, said)
        self.looked = looked
        self.place: Place = ("", "")
        new = files.keys() - looked.files
        looked.files |= new
        above = {base[1] for path in new for name in files[path].types.classes for base in types.mro((path, name))}
        for name in above & looked.running.keys():
            looked.settled -= looked.running.pop(name)

    def look(self, path: str, clause: Clause) -> None:
        """Go wherever what a clause guards leads to."""
        self.place = (path, f":{clause.line}")  # no function has such a name
        if self.place not in self.looked.settled:
            self._kept(self.place, self.body(clause.body, path, clause.function))

    def _kept(self, place: Place, found: Raised) -> None:
        if not found.unknown:
            self.looked.settled.add(place)

    def function(self, place: Place) -> Raised:
        if place not in self.state:
            self.state[place] = Raised()
            if place not in self.looked.settled:
                self._queue.put(place)
        return self.state[place]

    def _settle(self) -> None:
        outer = self.place
        while self._queue:
            self.place = place = self._queue.take()
            self.asking, self.owner = place, place[1].rpartition(".")[0]
            self._kept(place, self._evaluated(place))
        self.asking, self.place = None, outer

    def run(self, entity: Entity, at: Origin, out: Raised, term: Call | None = None) -> None:
        if entity.owner[1]:
            self.looked.running.setdefault(entity.owner[1], set()).add(self.place)
        super().run(entity, at, out, term)

    @staticmethod
    def enters(taken: Raised) -> bool:
        return True  # what arrives there may be known only later

    def _leaf(self, term: Call | Op, path: str, out: Raised) -> None:
        self._run(term, path, out)
