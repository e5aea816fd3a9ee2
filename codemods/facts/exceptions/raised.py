"""What can leave a piece of code, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .hierarchy import Class

Place = tuple[str, str]  # a file and the qualified name of a function in it
_MANY = 8  # of what is not known it is enough to name so many


class Origin(NamedTuple):
    """Where something comes from: a line, what stands there, the function that is called there and raises it, if it is one
    of the project, and what says so: "raise", "operator", "handler", or the words of the knowledge base."""

    path: str
    line: int
    text: str
    via: Place | None = None
    evidence: str = ""
    past: bool = False  # it came past a handler that does not take it
    data: bool = False  # a TypeError that says what data are like: `json.dumps()` of what JSON has no form for


@dataclass
class Raised:
    """What can leave some code. `unknown` are callees of which nobody knows what they raise, by how they are written;
    `params` are parameters, by function and name, that it calls. `weak` is the first callee whose entry is not complete,
    `assumed` the first value whose type is not known, so that its methods and operators are taken to be those of builtins."""

    types: dict[Class, Origin] = field(default_factory=dict)
    unknown: dict[str, Origin] = field(default_factory=dict)
    params: dict[Place, Origin] = field(default_factory=dict)
    weak: str = ""
    assumed: str = ""

    @property
    def size(self) -> tuple[int, ...]:
        """It only ever grows."""
        straight = sum((not origin.past) + origin.data for origin in self.types.values())
        return len(self.types), straight, len(self.unknown), len(self.params), bool(self.weak), bool(self.assumed)

    def raises(self, cls: Class, origin: Origin) -> None:
        """One more class; what comes straight comes first."""
        known = self.types.get(cls)
        if known is None or (known.past and not origin.past) or (origin.data and not known.data):
            self.types[cls] = origin

    def lost(self, name: str, origin: Origin) -> None:
        """Something is not known."""
        if len(self.unknown) < _MANY:
            self.unknown.setdefault(name, origin)

    def add(self, other: Raised, at: Origin | None = None, without: Iterable[Place] = ()) -> None:
        """All that leaves other code too: a function that is called `at` some place, or what stands right here."""
        types = self.types
        for cls, origin in other.types.items():  # most are here already, and nothing is made for those
            known = types.get(cls)
            if known is None or (known.past and not origin.past) or (origin.data and not known.data):
                straight = origin if at is None else at._replace(data=origin.data)
                types[cls] = straight._replace(past=True) if origin.past else straight
        if len(self.unknown) < _MANY:
            for name, origin in other.unknown.items():
                self.lost(name, at or origin)
        for param, origin in other.params.items():
            if param not in without:
                self.params.setdefault(param, at or origin)
        self.weak = self.weak or other.weak
        self.assumed = self.assumed or other.assumed

    def only(self, types: Mapping[Class, Origin], rest: bool) -> Raised:
        """The same with some of its types; with what is not known, or without it."""
        return Raised(
            types=dict(types),
            unknown=dict(self.unknown) if rest else {},
            params=dict(self.params) if rest else {},
            weak=self.weak,
            assumed=self.assumed,
        )
