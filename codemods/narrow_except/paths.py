"""What `codemod why narrow-except FILE:LINE` tells: for each type the way from the guarded body to the raise, or the callee that
nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..engine.codemod import options_as
from ..engine.explained import Explained, Item, Line, Section
from ..engine.known import Known
from ..facts.exceptions.data import Clause
from ..facts.exceptions.flow import Flows
from ..facts.exceptions.hierarchy import Class
from ..facts.exceptions.raised import Origin, Place, Raised
from .project import project_of
from .verdict import Options, arriving

_LONGEST = 12  # steps of a way
_WORDS = {
    "r": "a raise statement in its source",
    "f": "the flow of exceptions over its source",
    "x": "a static source that is exact",
    "s": "its stub",
    "d": "its documentation",
    "b": "what its documentation says of all its exceptions",
    "w": "another tool's data, which is weak evidence",
    "u": "the configuration of this project",
}
_OWN = {
    "raise": "",
    "operator": "an operator, by the language reference",
    "handler": "a handler that raises it again",
}


class Paths:
    """For `Codemod.explains`."""

    def of(self, codemod: Any, known: Known, path: str, line: int) -> Explained | None:
        """What is told of the innermost clause that a line belongs to; None where there is none."""
        facts = known.facts.get(path)
        around = [c for c in facts.clauses if c.begin <= line <= c.end] if facts is not None else []
        exact = [c for c in around if c.line == line]
        if not around:
            return None
        clause = (exact or sorted(around, key=lambda c: (c.begin, -c.line)))[-1]
        project = known.once(project_of, options_as(codemod, Options))
        observed = project.evidence.at(path, clause.identity) if clause.identity is not None else None
        seen = Section("what arrived in a run", (Item(observed.describe()),) if observed is not None else ())
        sections = [*_Told(flows=project.flows).sections(path, clause), seen]
        return Explained(line=clause.line, sections=tuple(s for s in sections if s.items))


@dataclass(frozen=True)
class _Told:
    flows: Flows

    def sections(self, path: str, clause: Clause) -> Iterator[Section]:
        raised, arrives = arriving(self.flows, path, clause)
        taken = {c: o for c, o in raised.types.items() if c not in arrives.types}
        mistakes = {c: o for c, o in arrives.types.items() if self.flows.hierarchy.is_programming(c)}
        data = {c: o for c, o in arrives.types.items() if c not in mistakes}
        yield Section("what can arrive", self.items(data.items()))
        yield Section("mistakes of the program that can arrive", self.items(mistakes.items()))
        yield Section("what the handlers above take", self.items(taken.items()))
        yield Section("what nobody knows", tuple(self.unknown(arrives)))
        assumed = [Item(f"the type of `{arrives.assumed}`")] if arrives.assumed else []
        weak = [Item(f"that no more is raised by {arrives.weak}")] if arrives.weak else []
        yield Section("what is assumed, first of all", (*assumed, *weak))

    def items(self, types: Iterable[tuple[Class, Origin]]) -> tuple[Item, ...]:
        found = []
        for cls, origin in sorted(types):
            lines, last = self.way(origin, lambda inner, cls=cls: inner.types.get(cls))
            name = self.flows.hierarchy.dotted(cls).removeprefix("builtins.")
            found.append(Item(name=name, lines=lines, note=evidence(last.evidence)))
        return tuple(found)

    def unknown(self, raised: Raised) -> Iterator[Item]:
        for name, origin in raised.unknown.items():
            lines, _ = self.way(origin, lambda inner, name=name: inner.unknown.get(name))
            yield Item(name=name, lines=lines)
        for param, origin in raised.params.items():
            lines, _ = self.way(origin, lambda inner, param=param: inner.params.get(param))
            yield Item(
                name=param[1].rpartition("#")[2], lines=lines, note="a parameter: whoever calls may give anything"
            )

    def way(self, origin: Origin, inner: Any) -> tuple[tuple[Line, ...], Origin]:
        """The steps from a body to where something comes from."""
        lines: list[Line] = []
        seen: set[Place] = set()
        while True:
            lines.append(Line(path=origin.path, line=origin.line, text=origin.text))
            place = origin.via
            if place is None or place in seen or len(lines) == _LONGEST:
                return tuple(lines), origin
            seen.add(place)
            further = inner(self.flows.state.get(place, Raised()))
            if further is None:
                return tuple(lines), origin
            origin = further


def evidence(words: str) -> str:
    """What says that something is raised, in words."""
    if words in _OWN:
        return _OWN[words]
    found = []
    for word in words.split():
        if seen := re.fullmatch(r"o(\d+)", word):
            found.append(f"seen {seen[1]} times while its own tests ran")
        elif word[:1] in _WORDS:
            found.append(_WORDS[word[:1]])
    return "; ".join(dict.fromkeys(found))
