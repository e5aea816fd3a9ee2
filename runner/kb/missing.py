"""Which callees narrow-except knows nothing of, by how many clauses they keep it from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from codemods.engine.values import Skip

from ..config import Options
from ..making import Making
from ..opening import opened

CODE = "N01-unknown"


@dataclass(frozen=True)
class Missing:
    """A callee, the clauses that it is the first to block, and how many of these nothing else blocks."""

    callee: str
    places: tuple[str, ...]
    alone: int

    def to_json(self) -> dict[str, Any]:
        return {"callee": self.callee, "clauses": len(self.places), "alone": self.alone, "places": list(self.places)}


def missing(options: Options) -> list[Missing]:
    """The callees, the one first that blocks most; the codemod is run to its plan, and nothing of that is kept."""
    with opened(options) as world:
        world.named  # noqa: B018 - a path that is not there is told before any work
        making = Making(options, world)
        _, _, done = making.planned(making.earlier_decisions())
        return ranked(skip for step in done for skip in step.skips)


def ranked(skips: Iterable[Skip]) -> list[Missing]:
    places: dict[str, list[str]] = {}
    alone: dict[str, int] = {}
    for skip in skips:
        if skip.code == CODE and skip.about:  # the callee comes first
            callee = skip.about[0]
            places.setdefault(callee, []).append(f"{skip.path}:{skip.line}")
            alone[callee] = alone.get(callee, 0) + (len(skip.about) == 1)
    rows = [Missing(callee, tuple(where), alone[callee]) for callee, where in places.items()]
    return sorted(rows, key=lambda row: (-len(row.places), -row.alone, row.callee))


def table(rows: list[Missing], most: int) -> Iterator[str]:
    """A line for each: clauses, those that nothing else blocks, the callee, and where the first one is."""
    shown = rows[:most]
    width = max((len(row.callee) for row in shown), default=0)
    if shown:
        yield f"clauses  alone  {'callee':{min(width, 50)}}  first"
    for row in shown:
        yield f"{len(row.places):7}  {row.alone:5}  {row.callee:{min(width, 50)}}  {row.places[0]}"
