"""Layouts that a person may choose from: by graph, by banner, by name; each with its score, the best first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

from ..facts.moving.graph import Graph
from .blocks import Block, Blocks, Matrix, Weighing, shares
from .called import named, section_of
from .cluster import Limits, cluster
from .completed import WHYS, completed
from .layout import Layout, Part

By = Literal["graph", "banner", "name", "layout"]
VIEWS: tuple[By, ...] = get_args(By)[:3]
_WEIGHINGS: dict[By, Weighing] = {
    "graph": Weighing(),
    "banner": Weighing(section=20.0),
    "name": Weighing(use=0.5, words=0.5, names=6.0, section=0.0, near=0.2),
}
_JUDGING = Weighing(section=3.0)
_NAMES, _SECTIONS = 0.8, 1.25  # people follow names alone least, and banners where they wrote them all over the file
_SECTION_LINES = 10  # how short a part may be that has a banner of its own
_HUB = 0.25  # of the parts: what more of them use is of no part
_LARGE = 0.5  # of the module: a class that no layout can cut


@dataclass(frozen=True, kw_only=True)
class Use:
    """How often one part reads names of another; early: while the module is imported."""

    user: str
    used: str
    count: int
    early: bool


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One layout. `needs` are the parts that each part imports, `score` is between 0 and 1, `cut` is the share of uses that
    go from part to part."""

    by: By
    also: tuple[By, ...] = ()  # views that give the same
    layout: Layout
    score: float
    cut: float
    uses: tuple[Use, ...]
    lines: dict[str, int]
    needs: dict[str, tuple[str, ...]]
    notes: dict[str, str]


class Proposing:
    """One module, and the layouts that it may get."""

    def __init__(self, graph: Graph, module: str = "", limits: Limits | None = None) -> None:
        self.graph = graph
        self.module = module
        self.limits = limits or Limits()
        self.blocks = Blocks(graph)

    def all(self) -> list[Proposal]:
        """The layouts of all views that the module has something for, the best first; of equal ones the first."""
        found: dict[frozenset[frozenset[str]], Proposal] = {}
        for by in VIEWS:
            if by != "banner" or len(self.blocks.titles) > 1:
                proposal = self.by(by)
                key = frozenset(frozenset(part.defs) for part in proposal.layout.parts)
                same = found.get(key)
                found[key] = proposal if same is None else replace(same, also=(*same.also, by))
        return sorted(found.values(), key=lambda p: -p.score * self._trust({p.by, *p.also}))

    def _trust(self, views: Collection[By]) -> float:
        if "banner" in views and self.blocks.has_sections:
            return _SECTIONS
        return _NAMES if {*views} == {"name"} else 1.0

    def best(self) -> Proposal:
        """The layout that is taken where nobody chooses; a module without definitions has one without parts."""
        return self.all()[0]

    def by(self, view: By) -> Proposal:
        """The layout of one view."""
        matrix = self.blocks.matrix(_WEIGHINGS[view])
        lines = [block.lines for block in self.blocks.all]
        limits = replace(self.limits, most_lines=self.blocks.room(self.limits.most_lines))
        if view == "banner":
            limits = replace(limits, least_lines=min(limits.least_lines, _SECTION_LINES))
        apart = [block.section for block in self.blocks.all] if view == "banner" else ()
        parts = cluster(matrix, self.blocks.below, lines, limits, apart) if lines else []
        if not self.limits.parts:
            parts = self._hubs_apart(parts)
        return self._proposal(view, parts)

    # ---- parts -----------------------------------------------------------------------------

    def _hubs_apart(self, parts: list[list[int]]) -> list[list[int]]:
        """What more than a quarter of the parts use becomes a part of its own, unless it needs others or is too large."""
        home = {number: at for at, part in enumerate(parts) for number in part}
        hubs: list[int] = []
        for block in self.blocks.all:
            users = {home[u] for u in self.blocks.users[block.number]} - {home[block.number]}
            if len(users) > max(3, _HUB * len(parts)) and self.blocks.below[block.number] <= {*hubs}:
                hubs.append(block.number)
        size = sum(self.blocks.all[n].lines for n in hubs)
        if not self.limits.least_lines <= size <= self.blocks.room(self.limits.most_lines):
            return parts
        rest = [[n for n in part if n not in hubs] for part in parts]
        return [hubs, *(part for part in rest if part)]

    def _proposal(self, by: By, parts: Sequence[Sequence[int]], names: Sequence[tuple[str, str]] = ()) -> Proposal:
        order = self._in_order(parts)
        blocks = [[self.blocks.all[n] for n in sorted(part)] for part in order]
        home = {n: at for at, part in enumerate(order) for n in part}
        below = [
            sorted({home[o] for n in part for o in self.blocks.below[n]} - {at}) for at, part in enumerate(order)
        ]
        used = [sum(at in each for each in below) for at in range(len(order))]
        hubs = {at for at, count in enumerate(used) if count > max(2, _HUB * len(order)) and not below[at]}
        given = [names[parts.index(part)] for part in order] if names else self._named(blocks, hubs)
        called = [name for name, _ in given]
        layout = Layout(
            module=self.module,
            parts=tuple(
                Part(name=name, doc=doc, defs=self._sorted(part))
                for (name, doc), part in zip(given, blocks, strict=True)
            ),
        )
        needs = {called[at]: tuple(called[o] for o in others) for at, others in enumerate(below)}
        return Proposal(
            by=by,
            layout=layout,
            score=max(0.0, round(shares(order, self._judging), 3)),
            cut=self._cut(home),
            uses=self._uses(home, called),
            lines={name: sum(p.lines for p in part) for name, part in zip(called, blocks, strict=True)},
            needs=needs,
            notes={name: self._note(name, part, needs) for name, part in zip(called, blocks, strict=True)},
        )

    def _cut(self, home: Mapping[int, int]) -> float:
        counts = [(home[u] != home[v], sum(edge.names.values())) for u, v, edge in self.blocks.edges]
        whole = sum(self._within) + sum(count for _, count in counts)
        return round(sum(count for across, count in counts if across) / whole, 3) if whole else 0.0

    @cached_property
    def _within(self) -> list[int]:
        """How often groups of one block use each other."""
        at = {group.number: block.number for block in self.blocks.all for group in block.groups}
        return [sum(e.names.values()) for (u, v), e in self.graph.edges.items() if at[u] == at[v]]

    def _uses(self, home: Mapping[int, int], called: Sequence[str]) -> tuple[Use, ...]:
        found: dict[tuple[int, int], tuple[int, bool]] = {}
        for user, used, edge in self.blocks.edges:
            if (pair := (home[user], home[used]))[0] != pair[1]:
                count, early = found.get(pair, (0, False))
                found[pair] = (count + sum(edge.names.values()), early or edge.eager)
        return tuple(
            Use(user=called[user], used=called[used], count=count, early=early)
            for (user, used), (count, early) in sorted(found.items())
        )

    def _named(self, blocks: Sequence[Sequence[Block]], hubs: Collection[int]) -> list[tuple[str, str]]:
        return named(blocks, hubs, self.graph.names.module.names.keys())

    @cached_property
    def _judging(self) -> Matrix:
        return self.blocks.matrix(_JUDGING)

    def _sorted(self, part: Sequence[Block]) -> tuple[str, ...]:
        groups = sorted((g for block in part for g in block.groups), key=lambda g: g.number)
        return tuple(name for group in groups for name in group.names)

    def _in_order(self, parts: Sequence[Sequence[int]]) -> list[Sequence[int]]:
        """Each part after those that it needs, otherwise as they stand in the file."""
        home = {n: at for at, part in enumerate(parts) for n in part}
        needs = [{home[o] for n in part for o in self.blocks.below[n]} - {at} for at, part in enumerate(parts)]
        first = [min(g.number for n in part for g in self.blocks.all[n].groups) for part in parts]
        rest = sorted(range(len(parts)), key=lambda at: first[at])
        done: dict[int, None] = {}
        while rest:
            free = next(at for at in rest if needs[at] <= done.keys())
            rest.remove(free)
            done[free] = None
        return [parts[at] for at in done]

    # ---- what is said of it -----------------------------------------------------------------

    def _note(self, name: str, part: Sequence[Block], needs: dict[str, tuple[str, ...]]) -> str:
        lines = sum(block.lines for block in part)
        users = [other for other, used in needs.items() if name in used]
        rows = [f"{plural(lines, 'line')}, {plural(sum(len(p.names) for p in part), 'definition')}"]
        rows[0] += f"; needs {', '.join(needs[name])}" if needs[name] else "; needs no other part"
        rows[0] += f"; {_some(users)} {'needs' if len(users) == 1 else 'need'} it" if users else ""
        rows.append(f"because: {self._reason(part, users, len(needs))}")
        for block in part:
            if len(block.groups) > 1:
                rows.append(f"one block, they need each other: {_some(block.names)}")
            for group in block.groups:
                if group.bonds and len(group.names) > 1:
                    whys = dict.fromkeys(f"{WHYS[b.why]} {b.name}" for b in group.bonds)
                    rows.append(f"one block: {_some(group.names)} ({_some([*whys])})")
        if lines > self.limits.most_lines:
            largest = max(part, key=lambda p: p.lines)
            what = f"{largest.names[0]} is one block of {plural(largest.lines, 'line')}"
            rows.append(f"over {self.limits.most_lines:,} lines: {what}")
        return "\n".join(rows)

    def _reason(self, part: Sequence[Block], users: Collection[str], parts: int) -> str:
        """Why these are together: the first thing that says it."""
        if title := section_of(part):
            return f"they stand below the banner {title!r}"
        if len(part) == 1:
            return "it is one block"
        numbers = {block.number for block in part}
        inside = {(u, v) for u, v, _ in self.blocks.edges if u in numbers and v in numbers}
        tied = {n for pair in inside for n in pair}
        if len(users) > max(2, _HUB * parts):
            return "many parts use them"
        if len(tied) > len(part) / 2:
            return f"{len(tied)} of {plural(len(part), 'block')} use each other"
        return "they use the same words" if not inside else "they use each other, or the same words"

    @property
    def large_class(self) -> tuple[str, int] | None:
        """A class that is most of the module, and its percentage: no layout cuts it."""
        whole = sum(block.lines for block in self.blocks.all)
        for block in self.blocks.all:
            for group in block.groups:
                if group.lines > _LARGE * whole and any(type(u.node).__name__ == "ClassDef" for u in group.units):
                    return group.names[0], round(100 * group.lines / whole)
        return None

    def from_layout(self, given: Layout) -> Proposal:
        """A layout completed: what it does not name goes where it belongs most. Raises LayoutError."""
        home = completed(self.blocks, given, self.blocks.matrix(_WEIGHINGS["graph"]))
        parts = [[n for n in sorted(home) if home[n] == at] for at in range(len(given.parts))]
        return self._proposal("layout", parts, [(part.name, part.doc) for part in given.parts])


def plural(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _some(names: Sequence[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
