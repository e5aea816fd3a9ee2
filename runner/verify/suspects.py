"""In which order changes are looked at: those that the new failures speak of come first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .graph import Graph
from .judging import files_in
from .values import Item


def by_suspicion(
    items: Sequence[Item],
    failures: Mapping[str, str],
    files: Iterable[str],
    graph: Graph,
    places: Iterable[str],
    tree: str,
) -> tuple[list[Item], list[int]]:
    """The items, and where the groups of suspects end.

    First those with a file that stands in the report of a failure, then those a step of imports away, then those that
    the failing tests (of `files`) import at all. Within a group the order stays.
    """
    known = {path for item in items for path in item.paths} | set(graph.layout.project.paths)
    roots = set(places)
    named = {path for text in failures.values() for path in files_in(text, known, roots, tree)}
    named |= {path for path in files if path in known}
    near = named.union(*(graph.imports.get(p, frozenset()) | graph.importers.get(p, frozenset()) for p in named))
    reached = graph.reached(named)
    groups: list[list[Item]] = [[], [], [], []]
    for item in items:
        distance = next((n for n, group in enumerate((named, near, reached)) if not group.isdisjoint(item.paths)), 3)
        groups[distance].append(item)
    ordered = [item for group in groups for item in group]
    ends = [len(groups[0]), len(groups[0]) + len(groups[1])]
    return ordered, [end for end in dict.fromkeys(ends) if 0 < end < len(ordered)]
