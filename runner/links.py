"""Which files belong together: a change that is about several of them links these."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def linked(paths: Iterable[str], links: Iterable[Collection[str]]) -> list[list[str]]:
    """The files, together where a chain of links connects them, in their order."""
    group_of = {path: [path] for path in paths}
    for link in links:
        found = (group_of[path] for path in sorted(link) if path in group_of)
        first, *others = {id(group): group for group in found}.values() or [
            []
        ]  # each once, whatever links them already
        for other in others:
            first += other
            group_of |= dict.fromkeys(other, first)
    return list({id(group): group for group in group_of.values()}.values())
