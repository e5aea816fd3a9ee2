"""The smallest blocks that a module can be cut into, and how much each belongs to each other.

A block are groups that need each other: parts may not. What two blocks have in common is a number, made of who uses
whom, of the words that they are written with, of the words in their names, and of the banner above them.
"""

from __future__ import annotations

import ast
import keyword
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..facts.moving.graph import Edge, Graph, Group
from ..facts.moving.units import Unit
from .banners import sections

_WORD = re.compile(r"[^\W\d]\w*")
_INNER = re.compile(r"IPv\d|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_KEYWORDS = frozenset(keyword.kwlist) | {"self", "cls"}

_MOST = 0.7
_TOLD = 1.5  # from here on the order of a file tells something

Matrix = list[list[float]]


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """How much each thing counts, as people's modules tell (make bench ARGS="--layouts --development"). A use counts less the
    more blocks use the same, and more where that is private."""

    use: float = 3.0
    private: float = 1.5
    words: float = 1.75
    names: float = 0.25
    section: float = 1.0
    near: float = 0.6
    reach: int = 4  # how far apart in the file still counts as near


@dataclass(frozen=True, eq=False, kw_only=True)
class Block:
    """Groups that need each other; most blocks are one group."""

    number: int
    groups: tuple[Group, ...]
    section: str
    lines: int  # with up to two blank ones below each statement

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(name for group in self.groups for name in group.names)

    @property
    def nodes(self) -> list[ast.stmt]:
        return [unit.node for group in self.groups for unit in group.units]


class Blocks:
    """The blocks of one module, those that are needed first come first."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        titles = sections(graph)
        blank = self._blank()
        self.all = [
            Block(
                number=number,
                groups=tuple(graph.groups[n] for n in circle),
                section=Counter(titles[n] for n in circle).most_common(1)[0][0],
                lines=sum(g.lines + sum(blank[u] for u in g.units) for g in (graph.groups[n] for n in circle)),
            )
            for number, circle in enumerate(graph.circles)
        ]
        self.titles = [t for t in dict.fromkeys(titles.values()) if t]

    def _blank(self) -> dict[Unit, int]:
        """The blank lines below each statement that go with it."""
        units = self.graph.outline.units
        found = {one: min(2, other.lines[0] - one.lines[1] - 1) for one, other in pairwise(units)}
        return {**found, **dict.fromkeys(units[-1:], 0)}

    def room(self, most_lines: int) -> int:
        """How many lines of definitions a part of so many lines has room for: it has imports and a docstring, too."""
        head = 12 + sum(unit.lines[1] - unit.lines[0] + 1 for unit in self.graph.imports)
        return max(most_lines - min(head, 60), most_lines // 2)

    @cached_property
    def _home(self) -> dict[int, int]:
        return {group.number: block.number for block in self.all for group in block.groups}

    @cached_property
    def edges(self) -> list[tuple[int, int, Edge]]:
        """Who uses which other block."""
        home = self._home
        every = ((home[user], home[used], edge) for (user, used), edge in self.graph.edges.items())
        return [(user, used, edge) for user, used, edge in every if user != used]

    @cached_property
    def below(self) -> list[set[int]]:
        """The blocks that each one needs."""
        found: list[set[int]] = [set() for _ in self.all]
        for user, used, _ in self.edges:
            found[user].add(used)
        return found

    @cached_property
    def users(self) -> list[set[int]]:
        """The blocks that need each one."""
        found: list[set[int]] = [set() for _ in self.all]
        for user, used, _ in self.edges:
            found[used].add(user)
        return found

    # ---- words -----------------------------------------------------------------------------

    @cached_property
    def words(self) -> list[Counter[str]]:
        """The words of each block: identifiers, texts and comments, taken apart."""
        text = self.graph.outline.file.text
        found = []
        for block in self.all:
            whole = (m for g in block.groups for u in g.units for m in _WORD.findall(text, u.start, u.end))
            counts = Counter(w for w in whole if w not in _KEYWORDS)
            words: Counter[str] = Counter()
            for word, count in counts.items():
                for part in inner_words(word):
                    words[part] += count
            found.append(words)
        return found

    @cached_property
    def own_words(self) -> list[Counter[str]]:
        """The words of what each block defines."""
        return [Counter(part for name in block.names for part in inner_words(name)) for block in self.all]

    # ---- how much two have in common -------------------------------------------------------------

    def matrix(self, weighing: Weighing) -> Matrix:
        in_words, in_names = self._alike
        found: Matrix = [
            [weighing.words * word + weighing.names * name for word, name in zip(words, names, strict=True)]
            for words, names in zip(in_words, in_names, strict=True)
        ]
        for user, used, _ in self.edges:
            weight = weighing.use / math.sqrt(len(self.users[used]))
            if any(name.startswith("_") for name in self.all[used].names):
                weight *= weighing.private
            found[user][used] += weight
            found[used][user] += weight
        if weighing.section:
            for one in self.all:
                for other in self.all[: one.number]:
                    if one.section and one.section == other.section:
                        found[one.number][other.number] += weighing.section
                        found[other.number][one.number] += weighing.section
        if weighing.near:
            self._add_near(found, weighing)
        return found

    @cached_property
    def has_sections(self) -> bool:
        """Whether most of the module stands below three banners or more."""
        lines = sum(block.lines for block in self.all if block.section)
        return len(self.titles) > 2 and lines > _MOST * sum(block.lines for block in self.all)

    @cached_property
    def _alike(self) -> tuple[Matrix, Matrix]:
        return _cosines(self.words), _cosines(self.own_words)

    def _add_near(self, found: Matrix, weighing: Weighing) -> None:
        """Add for what stands near each other, as much as the order of the file tells: where neighbours have no more in common
        than any two blocks, it tells nothing."""
        order = [block.number for block in sorted(self.all, key=lambda p: min(g.number for g in p.groups))]
        size = len(order)
        if size < 4:
            return
        whole = sum(map(sum, found)) / (size * (size - 1)) or 1.0
        beside = sum(found[a][b] for a, b in pairwise(order)) / (size - 1)
        told = min(1.0, max(0.0, math.log(max(beside / whole, 1e-9) / _TOLD)))
        for at, one in enumerate(order):
            for apart, other in enumerate(order[at + 1 : at + 1 + weighing.reach], 1):
                weight = weighing.near * told * (1 - apart / (weighing.reach + 1))
                found[one][other] += weight
                found[other][one] += weight


def inner_words(name: str) -> list[str]:
    """`HTTPServer` and `http_server` are "http", "server"."""
    return [word.lower() for word in _INNER.findall(name) if len(word) > 1]


def _cosines(words: Sequence[Counter[str]]) -> Matrix:
    """How alike each two are: rare words count more, those of a single block and of most blocks not at all."""
    size = len(words)
    spread = Counter(word for each in words for word in each)
    found: Matrix = [[0.0] * size for _ in words]
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, each in enumerate(words):
        vector = {
            w: (1 + math.log(n)) * math.log(size / spread[w]) for w, n in each.items() if 1 < spread[w] < size / 2 + 2
        }
        length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
        row = found[number]
        for word, value in vector.items():
            value /= length
            held = holders[word]
            for other, its in held:
                row[other] += value * its
            held.append((number, value))
        for other in range(number):
            found[other][number] = row[other]
    return found


def shares(parts: Iterable[Iterable[int]], matrix: Matrix) -> float:
    """How much of all that is in common lies within parts, beyond what chance would give (modularity)."""
    degree = [sum(row) for row in matrix]
    total = sum(degree) or 1.0
    inside = 0.0
    for part in map(list, parts):
        inside += sum(matrix[a][b] for a in part for b in part) / total
        inside -= (sum(degree[a] for a in part) / total) ** 2
    return inside
