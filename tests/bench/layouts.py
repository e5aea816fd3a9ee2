"""How near proposed layouts come to what people have chosen, beside three simple ways; renews a table of BENCHMARKS.md.

Two kinds of labels: sibling modules merged into one (`merged.py`), and splits that people made (`splits.py`). Every
other package and split is for working on the clustering (`--development`); the table is about the rest.
"""

from __future__ import annotations

import argparse
import heapq
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import fmean

import merged_pins
import splits
from merged import cases
from page import with_section
from peers import tool
from sdists import fetch

from codemods.engine.source import Source
from codemods.facts.moving.graph import Graph
from codemods.facts.moving.units import Outline
from codemods.split_module.proposals import Proposing

ROOT = Path(__file__).parents[2]
NETWORKX = "networkx==3.6.1"
PAGE = ROOT / "BENCHMARKS.md"
TITLE = "Layouts"
LINES = 500
BEST = "the best that codemod shows"
OTHERS = ("chunks", "banners only", "Louvain")
WAYS = ("codemod", BEST, *OTHERS)
Home = Mapping[str, object]


# ---- how near ----------------------------------------------------------------------------------


def pairwise_f1(found: Home, truth: Home) -> float:
    """Of the pairs that are together in one of the two: how many in both."""
    names = [name for name in truth if name in found]

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(Counter((found[n], truth[n]) for n in names))
    mine, theirs = pairs(Counter(found[n] for n in names)), pairs(Counter(truth[n] for n in names))
    return 2 * both / (mine + theirs) if mine + theirs else 1.0


def mojofm(found: Home, truth: Home) -> float:
    """One minus the moves and joins that make one of the other, of those that the worst would need (Wen and Tzerpos 2004)."""
    names = [name for name in truth if name in found]
    inside: dict[object, Counter[object]] = defaultdict(Counter)
    for name in names:
        inside[found[name]][truth[name]] += 1
    kept = sum(max(counts.values()) for counts in inside.values())
    options = {part: [t for t, n in c.items() if n == max(c.values())] for part, c in inside.items()}
    taken: dict[object, object] = {}

    def place(part: object, seen: set[object]) -> bool:
        for other in options[part]:
            if other not in seen:
                seen.add(other)
                if other not in taken or place(taken[other], seen):
                    taken[other] = part
                    return True
        return False

    groups = sum(place(part, set()) for part in inside)
    steps = len(names) - kept + len(inside) - groups
    worst = 0
    for size in sorted(Counter(truth[n] for n in names).values()):
        worst += worst < size
    return 1 - steps / (len(names) - worst) if len(names) > worst else 1.0


# ---- the ways ----------------------------------------------------------------------------------


def layouts(text: str) -> tuple[dict[str, list[Home]], Counter[str]]:
    """The part of each definition, by each way, which may give several; and the ways that give parts which need each other."""
    graph = Graph(Outline(Source("module.py", text.encode()), whole=True))
    proposing = Proposing(graph)
    blocks = proposing.blocks

    def of(parts: Sequence[Sequence[int]]) -> Home:
        return {name: at for at, part in enumerate(parts) for n in part for name in blocks.all[n].names}

    sections: dict[str, list[int]] = defaultdict(list)
    for block in blocks.all:
        sections[block.section].append(block.number)
    shown: list[Home] = [proposal.layout.home for proposal in proposing.all()]
    found = {
        "codemod": shown[:1],
        BEST: shown,
        "chunks": [of(_chunks(proposing))],
        "banners only": [of([*sections.values()])],
        "Louvain": [of(_louvain(proposing))],
    }
    circular = (way for way, homes in found.items() if any(_in_circles(proposing, home) for home in homes))
    return found, Counter(circular)


def _in_circles(proposing: Proposing, home: Home) -> bool:
    """Whether parts need each other, so that nobody could carry the layout out."""
    below: dict[object, set[object]] = {part: set() for part in home.values()}
    for user, used, _ in proposing.blocks.edges:
        one, other = (home[proposing.blocks.all[n].names[0]] for n in (user, used))
        below[one] |= {other} - {one}
    try:
        TopologicalSorter(below).prepare()
    except CycleError:
        return True
    return False


def _chunks(proposing: Proposing) -> list[list[int]]:
    """Contiguous pieces of the topological order that is nearest to the file's own."""
    blocks = proposing.blocks
    left = [len(below) for below in blocks.below]
    first = [min(g.number for g in block.groups) for block in blocks.all]
    ready = [(first[n], n) for n, count in enumerate(left) if not count]
    heapq.heapify(ready)
    parts: list[list[int]] = [[]]
    lines = 0
    while ready:
        _, number = heapq.heappop(ready)
        if parts[-1] and lines + blocks.all[number].lines > LINES:
            parts.append([])
            lines = 0
        parts[-1].append(number)
        lines += blocks.all[number].lines
        for user in blocks.users[number]:
            left[user] -= 1
            if not left[user]:
                heapq.heappush(ready, (first[user], user))
    return parts


_LOUVAIN = """
import json, sys, networkx
for line in sys.stdin:
    size, edges = json.loads(line)
    graph = networkx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from(edges)
    found = networkx.community.louvain_communities(graph, weight="weight", seed=0)
    print(json.dumps([sorted(part) for part in found]), flush=True)
"""
_asked: list[subprocess.Popen[str]] = []


def _louvain(proposing: Proposing) -> list[list[int]]:
    """Communities of the graph of uses, by networkx."""
    if not _asked:
        python = str(tool(NETWORKX, "python"))
        _asked.append(
            subprocess.Popen([python, "-c", _LOUVAIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
    weights: Counter[tuple[int, int]] = Counter()
    for user, used, edge in proposing.blocks.edges:
        weights[min(user, used), max(user, used)] += sum(edge.names.values())
    [process] = _asked
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([len(proposing.blocks.all), [[a, b, w] for (a, b), w in weights.items()]]) + "\n")
    process.stdin.flush()
    found: list[list[int]] = json.loads(process.stdout.readline())
    return found


# ---- the labels --------------------------------------------------------------------------------


def merged_labels(development: bool) -> Iterator[tuple[str, str, Home]]:
    """(package, text of a merged module, the module of each definition)."""
    for pin in merged_pins.DEVELOPMENT if development else merged_pins.JUDGED:
        for case in cases(pin.label, fetch(pin)):
            yield pin.label, case.text, case.truth


def split_labels(development: bool, mirrors: Path | None) -> Iterator[tuple[str, str, Home]]:
    for split in splits.DEVELOPMENT if development else splits.JUDGED:
        text, truth = splits.read(split, mirrors)
        yield split.label, text, truth


Score = Callable[[Home, Home], float]


def measured(
    labels: Iterator[tuple[str, str, Home]], circles: Counter[str]
) -> dict[str, dict[str, tuple[float, float]]]:
    """By label and way: F1 and MoJoFM, the means of its modules. Counts layouts, and those in circles."""
    found: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for label, text, truth in labels:
        homes, circular = layouts(text)
        circles.update({**circular, "": 1})
        for way, several in homes.items():
            found[label][way].append(max((pairwise_f1(home, truth), mojofm(home, truth)) for home in several))
    return {
        label: {way: (fmean(f for f, _ in each), fmean(m for _, m in each)) for way, each in ways.items()}
        for label, ways in found.items()
    }


# ---- the table ---------------------------------------------------------------------------------


def _cells(label: str, ways: Mapping[str, tuple[float, float]]) -> str:
    best = max(f1 for way, (f1, _) in ways.items() if way != BEST)
    shown = [f"**{f1:.2f}** / {m:.2f}" if f1 == best else f"{f1:.2f} / {m:.2f}" for f1, m in (ways[w] for w in WAYS)]
    return f"| {label} | " + " | ".join(shown) + " |"


def _mean(found: Mapping[str, Mapping[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    return {
        way: (fmean(ways[way][0] for ways in found.values()), fmean(ways[way][1] for ways in found.values()))
        for way in WAYS
    }


def _above(found: Mapping[str, Mapping[str, tuple[float, float]]]) -> str:
    won = sum(all(ways["codemod"][0] > ways[w][0] for w in OTHERS) for ways in found.values())
    each = ", ".join(f"{w} on {sum(ways['codemod'][0] > ways[w][0] for ways in found.values())}" for w in OTHERS)
    return f"above every one of the three on {won} of {len(found)} ({each})"


def table(
    merged: Mapping[str, Mapping[str, tuple[float, float]]],
    made: Mapping[str, Mapping[str, tuple[float, float]]],
    circles: Mapping[str, int],
) -> str:
    head = f"| pairwise F1 / MoJoFM | {' | '.join(WAYS)} |\n|---|---|---|---|---|---|"
    rows = [
        "Written by `make bench ARGS=--layouts`. What `codemod split propose` takes unattended, beside contiguous chunks of the",
        f"topological order ({LINES} lines), banners only, and Louvain communities of the uses (networkx). Packages and splits that",
        "the clustering was worked on with are not among these.",
        "",
        head,
        _cells(f"**mean of {len(merged)} packages, 3 to 10 sibling modules merged**", _mean(merged)),
        _cells(f"**mean of {len(made)} splits that people made**", _mean(made)),
        *(_cells(label, ways) for label, ways in made.items()),
        "",
        f"Merged modules: codemod is {_above(merged)}. Splits by people: {_above(made)}.",
        "Layouts that nobody can carry out, for parts need each other: "
        + ", ".join(f"{way} {circles.get(way, 0)}" for way in ("codemod", *OTHERS))
        + f" of {circles['']}.",
        "Merged modules lose their banners, so that banners only is all of it in one part there.",
        "",
    ]
    return "\n".join(rows)


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--development", action="store_true", help="the other half; prints, writes nothing")
    parser.add_argument("--mirrors", type=Path, metavar="DIR", help="histories: DIR/owner+name/repo")
    given = parser.parse_args(words)
    circles: Counter[str] = Counter()
    merged = measured(merged_labels(given.development), circles)
    made = measured(split_labels(given.development, given.mirrors), circles)
    text = table(merged, made, circles)
    print(text)
    for label, ways in merged.items():
        print(_cells(label, ways))
    if not given.development:
        PAGE.write_text(with_section(PAGE.read_text(), TITLE, text))


if __name__ == "__main__":
    main(sys.argv[1:])
