"""The modules that are too large, and what a split of each would bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from codemods.engine.known import Project
from codemods.engine.source import PYTHON, Source
from codemods.engine.values import Unreadable
from codemods.engine.world import CONFIG_FILES, matches_glob
from codemods.facts.moving.graph import Graph
from codemods.facts.moving.units import Outline
from codemods.split_module.cluster import Limits
from codemods.split_module.plan import is_found_by_name
from codemods.split_module.proposals import Proposing

from ..disk import walk
from ..errors import os_reason
from ..named import below_top
from ..place import Place


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One module: its size, how much it hangs together, and its best layout."""

    path: str
    lines: int
    definitions: int
    cohesion: float
    parts: int
    largest: int  # lines of the largest part
    cut: float
    one_piece: float

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def candidates(where: Path, paths: Sequence[str], max_lines: int) -> tuple[list[Candidate], dict[str, str]]:
    """The modules below some paths that have more lines, the longest first, without tests, which cannot
    be split; and those that cannot be read, with the reason."""
    place = Place.open(where)
    top = place.work_tree
    known = place.repository.working_files() if place.repository else [*walk(top)]
    named = below_top(paths, where, top, {*known}, "the working tree") if paths else [""]
    found, failed = [], {}
    project = _project(top, known)
    for path in known:
        asked = path.endswith(".py") and any(n in ("", path) or path.startswith(f"{n}/") for n in named)
        if asked and not is_found_by_name(project, path):
            try:
                data = (top / path).read_bytes()
                if data.count(b"\n") > max_lines:
                    found.append(candidate(Source(path, data), max_lines))
            except Unreadable as error:
                failed[path] = str(error)
            except OSError as error:
                failed[path] = os_reason(error)
            except RecursionError:
                failed[path] = "nested too deep"
    return sorted(found, key=lambda row: (-row.lines, row.path)), failed


def _project(top: Path, known: Sequence[str]) -> Project:
    texts = {}
    for path in known:
        if matches_glob(path, CONFIG_FILES):
            with suppress(OSError):
                texts[path] = (top / path).read_text(errors="replace")
    return Project(paths=tuple(p for p in known if p.endswith(PYTHON)), texts=texts)


def candidate(file: Source, max_lines: int) -> Candidate:
    """One module judged. Raises Unreadable."""
    graph = Graph(Outline(file, whole=True))
    proposing = Proposing(graph, file.path, Limits(most_lines=max_lines))
    best = proposing.best()
    blocks = proposing.blocks.all
    whole = sum(block.lines for block in blocks) or 1
    return Candidate(
        path=file.path,
        lines=file.text.count("\n"),
        definitions=len(graph.definitions),
        cohesion=_cohesion(graph),
        parts=len(best.layout.parts),
        largest=max(best.lines.values(), default=0),
        cut=best.cut,
        one_piece=round(max((block.lines for block in blocks), default=0) / whole, 3),
    )


def _cohesion(graph: Graph) -> float:
    """How many groups hang together by uses, of those that could: 0 where each stands alone."""
    above = {group.number: group.number for group in graph.groups}

    def root(number: int) -> int:
        while above[number] != number:
            number = above[number]
        return number

    for user, used in graph.edges:
        above[root(user)] = root(used)
    count = len(above)
    return round(1 - (len({root(n) for n in above}) - 1) / (count - 1), 3) if count > 1 else 1.0


def table(rows: Sequence[Candidate]) -> Iterator[str]:
    """A line for each."""
    if rows:
        yield " lines   defs  cohesion  parts  largest   cut  one piece  module"
    for row in rows:
        yield (
            f"{row.lines:6}  {row.definitions:5}  {row.cohesion:8.2f}  {row.parts:5}  {row.largest:7}  "
            f"{row.cut:4.0%}  {row.one_piece:9.0%}  {row.path}"
        )
