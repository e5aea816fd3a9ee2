"""Overrides of a definition that must keep its name: each is renamed for itself where no test loses by it.

Definitions that override each other are one change, so that the override stays one. Where that change is blocked by
what its farthest definition is or does, the others are looked at without it: it keeps OLD, they get NEW, and each
test must still resolve to the fixture that it had. One that requests what it overrides stays with it, for its
parameter means the other one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.known import Decisions, Known
from ..facts.suite.collect import chain
from ..facts.suite.nodes import NamePlace
from .plan import Kept, Planner, suite_of
from .values import Draft, Options

_MORE_THAN_A_NAME = {
    "F13-plugin",
    "F19-public",
}  # then the overrides are a plugin's, too, or other projects' fixtures


def decide(known: Known, options: Options) -> Decisions:
    """The plan of the rename."""
    planner = Planner(known.facts, known.project, options, known.once(suite_of), {})
    for _ in range(4):
        kept: Kept = {}
        for core in _cores(planner):
            kept |= _alone(planner, core)
        if not kept:
            break
        planner = planner.again(kept)
    return planner.result().decisions()


def _cores(planner: Planner) -> Iterator[tuple[Draft, frozenset[NamePlace]]]:
    """Each blocked change with the farthest of the definitions that it holds, where others override them."""
    for draft in planner.changes.values():
        codes = {note[1] for _, note in draft.blocks}
        if not codes or codes & _MORE_THAN_A_NAME or draft.merged:
            continue
        nodes = {k.node for k in draft.known}
        top = [k for k in draft.known if nodes.isdisjoint(n for n in chain(k.node) if n != k.node)]
        core = frozenset(k.binding for k in top)
        several = len(core) < len({k.binding for k in draft.known}) and not core & planner.kept.keys()
        if several and not any(k.test.autouse for k in top):  # a test would get both
            yield draft, core


def _alone(planner: Planner, found: tuple[Draft, frozenset[NamePlace]]) -> Kept:
    """What blocks the farthest definitions if nothing else of their change is renamed; nothing where they could be."""
    draft, core = found
    others: Kept = {k.binding: draft.blocks for k in draft.known if k.binding not in core}
    mine = [d for d in planner.again(others).changes.values() if core & {*d.bindings}]
    if not all(d.blocks for d in mine) or any(others.keys() & {*d.bindings} for d in mine):
        return {}
    return {binding: d.blocks for d in mine for binding in d.bindings}
