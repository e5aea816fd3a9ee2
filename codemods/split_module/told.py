"""Proposals as a person and as a program reads them: TOML with the runners-up as comments, plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .layout import write
from .proposals import Proposal, Proposing, plural


def toml(proposing: Proposing, found: Sequence[Proposal]) -> str:
    """The first proposal as a layout file; the others stand below it, commented out."""
    best, *others = found
    text = write(best.layout, best.notes, _head(proposing, found))
    for proposal in others:
        rows = write(proposal.layout, {n: note.splitlines()[0] for n, note in proposal.notes.items()}).splitlines()
        text += f"\n# ---- {_line(proposal)}\n" + "".join(f"# {row}".rstrip() + "\n" for row in rows[1:])
    return text


def _head(proposing: Proposing, found: Sequence[Proposal]) -> Iterator[str]:
    graph, limits = proposing.graph, proposing.limits
    lines = sum(block.lines for block in proposing.blocks.all)
    tied = max(proposing.blocks.all, key=lambda b: b.lines, default=None)
    yield (
        f"{proposing.module}: {plural(len(graph.definitions), 'definition')} of {plural(lines, 'line')} in "
        f"{plural(len(proposing.blocks.all), 'block')} that cannot be cut"
    )
    for proposal in found:
        yield _line(proposal)
    if tied is not None and len(tied.groups) > 1:
        yield f"{plural(len(tied.names), 'definition')} of {plural(tied.lines, 'line')} need each other: {tied.names[0]}, …"
    if large := proposing.large_class:
        name, percent = large
        yield f"{name} is {percent} % of all lines: a class is not cut, only its methods could move to base classes"
    yield f"parts of at most {limits.most_lines:,} lines, but for blocks that are longer; none imports one that stands below it"
    yield "edit names, docs and defs as you like, then:"
    yield f"  codemod run split-module --module {proposing.module} --layout FILE"


def _line(proposal: Proposal) -> str:
    sizes = sorted(proposal.lines.values()) or [0]
    how = "as the layout says" if proposal.by == "layout" else f"by {' and by '.join([proposal.by, *proposal.also])}"
    return (
        f"{how}: {plural(len(proposal.lines), 'part')} of {sizes[0]:,} to {sizes[-1]:,} lines, score {proposal.score:.2f}, "
        f"{proposal.cut:.0%} of the uses go from part to part"
    )


def data(proposing: Proposing, found: Sequence[Proposal]) -> dict[str, Any]:
    """The proposals as plain data, the best first."""
    large = proposing.large_class
    return {
        "module": proposing.module,
        "definitions": len(proposing.graph.definitions),
        "large_class": None if large is None else {"name": large[0], "percent": large[1]},
        "layouts": [_layout(proposal) for proposal in found],
    }


def _layout(proposal: Proposal) -> dict[str, Any]:
    return {
        "by": [proposal.by, *proposal.also],
        "score": proposal.score,
        "cut": proposal.cut,
        "parts": [
            {
                "name": part.name,
                "doc": part.doc,
                "lines": proposal.lines[part.name],
                "needs": list(proposal.needs[part.name]),
                "defs": list(part.defs),
                "why": proposal.notes[part.name].splitlines(),
            }
            for part in proposal.layout.parts
        ],
    }
