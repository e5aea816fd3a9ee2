"""Which of some things need each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def strong(below: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Strongly connected components, by Tarjan, without recursion: each after all that it needs."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on: set[int] = set()
    for start in below:
        if start in index:
            continue
        work = [(start, iter(below[start]))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on.add(start)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on.add(other)
                    work.append((other, iter(below[other])))
                    break
                if other in on:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    found = stack[at:]
                    del stack[at:]
                    on.difference_update(found)
                    yield tuple(sorted(found))
