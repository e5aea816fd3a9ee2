"""A layout without any knowledge: contiguous chunks of a topological order, in which no part needs a later one."""

from __future__ import annotations

import re

from ..facts.moving.graph import Graph
from .layout import Layout, Part


def chunks(graph: Graph, max_lines: int) -> Layout:
    """The parts of a module, each as long as it may be."""
    by_number = {group.number: group for group in graph.groups}
    below: dict[tuple[int, ...], set[tuple[int, ...]]] = {circle: set() for circle in graph.circles}
    home = {number: circle for circle in below for number in circle}
    for user, used in graph.edges:
        if home[user] is not home[used]:
            below[home[user]].add(home[used])
    rest = sorted(below)
    done: dict[tuple[int, ...], None] = {}
    while rest:
        ready = next(circle for circle in rest if below[circle] <= done.keys())
        done[ready] = None
        rest.remove(ready)
    parts: list[list[str]] = [[]]
    lines = 0
    for circle in done:
        groups = [by_number[number] for number in circle]
        size = sum(group.lines for group in groups)
        if parts[-1] and lines + size > max_lines:
            parts.append([])
            lines = 0
        parts[-1] += [name for group in groups for name in group.names]
        lines += size
    taken: set[str] = set()
    return Layout(parts=tuple(Part(name=_name(names, taken), defs=tuple(names)) for names in parts if names))


def _name(names: list[str], taken: set[str]) -> str:
    """What a part is called: after the first thing that it defines."""
    word = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", names[0].strip("_")).casefold() or "part"
    while word in taken or not word.isidentifier():
        word += "_"
    taken.add(word)
    return word
