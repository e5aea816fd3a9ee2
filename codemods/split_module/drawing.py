"""A layout as a picture: parts in rows, each above all that it needs; for Mermaid, or as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from statistics import fmean

from .layout import Part
from .proposals import Proposal, Use, plural

_SHOWN = 5  # definitions in a box
_WIDTH, _LANE, _GAP, _ROW_GAP, _MARGIN, _LINE = 230, 6, 26, 84, 28, 17
_Item = str | tuple[str, str, int]  # a box, or a lane of an arrow
_FONT = "font-family='ui-sans-serif, system-ui, Helvetica, Arial, sans-serif'"


def mermaid(proposal: Proposal) -> str:
    """A flowchart: solid arrows are uses while the module is imported, dotted ones uses when functions run."""
    rows = ["flowchart TD"]
    ids = {part.name: f"p{number}" for number, part in enumerate(proposal.layout.parts)}
    for part in proposal.layout.parts:
        label = "<br/>".join([f"<b>{part.name}</b>", _size(proposal, part), *(escape(d) for d in _shown(part))])
        rows.append(f'    {ids[part.name]}["{label}"]')
    for use in proposal.uses:
        arrow = f"-->|{use.count}|" if use.early else f"-.->|{use.count}|"
        rows.append(f"    {ids[use.user]} {arrow} {ids[use.used]}")
    return "\n".join(rows) + "\n"


def _size(proposal: Proposal, part: Part) -> str:
    return f"{plural(proposal.lines[part.name], 'line')}, {plural(len(part.defs), 'definition')}"


def _shown(part: Part) -> list[str]:
    """The definitions that stand in a box: public ones first."""
    names = sorted(part.defs, key=lambda name: name.startswith("_"))
    more = len(names) - _SHOWN
    return [*names[:_SHOWN], f"… {more} more"] if more > 1 else names


# ---- SVG ---------------------------------------------------------------------------------------


def svg(proposal: Proposal) -> str:
    """The same as a picture that a browser shows."""
    return "\n".join(_Picture(proposal).rows()) + "\n"


class _Picture:
    """Boxes in rows: a part stands one row above the highest that it needs. An arrow over several rows has a lane in each
    row between, so that it runs behind no box; a lane is named by the two parts."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.parts = {part.name: part for part in proposal.layout.parts}
        self.level: dict[str, int] = {}
        for name in self.parts:  # each stands after what it needs
            self.level[name] = 1 + max((self.level[other] for other in proposal.needs[name]), default=-1)
        self.rows_of = self._rows_of()
        self.places = self._places()
        ends = [x + self._wide(item) for item, (x, _) in self.places.items()]
        self.width = max([*ends, 620.0]) + _MARGIN
        self.height = max([y + self._tall(item) for item, (_, y) in self.places.items()], default=100) + 64

    def _rows_of(self) -> list[list[_Item]]:
        """Boxes and lanes of each row, the lowest first, each near the middle of what stands below it."""
        rows: list[list[_Item]] = [[] for _ in range(max(self.level.values(), default=-1) + 1)]
        below: dict[_Item, list[_Item]] = {}
        for name, number in self.level.items():
            rows[number].append(name)
        for use in self.proposal.uses:
            chain = self._chain(use)
            for above, under in pairwise(chain):
                below.setdefault(above, []).append(under)
            for number, lane in enumerate(chain[1:-1], 1):
                rows[self.level[use.user] - number].append(lane)
        at: dict[_Item, float] = {}
        for row in rows:
            middle = {item: fmean([at[u] for u in below[item]]) if item in below else 0.0 for item in row}
            row.sort(key=lambda item: (middle[item], isinstance(item, str)))
            at.update((item, (number + 0.5) / len(row)) for number, item in enumerate(row))
        return rows

    def _chain(self, use: Use) -> list[_Item]:
        """What an arrow runs through, from above."""
        between = self.level[use.user] - self.level[use.used] - 1
        return [use.user, *((use.user, use.used, number) for number in range(between)), use.used]

    def _wide(self, item: _Item) -> int:
        return _WIDTH if isinstance(item, str) else _LANE

    def _tall(self, item: _Item) -> int:
        return 54 + _LINE * len(_shown(self.parts[item])) if isinstance(item, str) else 0

    def _places(self) -> dict[_Item, tuple[float, float]]:
        wide = [sum(map(self._wide, row)) + (len(row) - 1) * _GAP for row in self.rows_of]
        found: dict[_Item, tuple[float, float]] = {}
        y = 92.0
        for row, mine in [*zip(self.rows_of, wide, strict=True)][::-1]:
            x = _MARGIN + (max(wide) - mine) / 2
            for item in row:
                found[item] = (x, y)
                x += self._wide(item) + _GAP
            y += max(map(self._tall, row)) + _ROW_GAP
        return found

    def rows(self) -> Iterator[str]:
        proposal = self.proposal
        yield (
            f"<svg xmlns='http://www.w3.org/2000/svg' width='{self.width:.0f}' height='{self.height:.0f}' "
            f"viewBox='0 0 {self.width:.0f} {self.height:.0f}' {_FONT}>"
        )
        yield "<defs>"
        for kind, colour in (("early", "#1f4e79"), ("late", "#8a8f98")):
            yield (
                f"<marker id='{kind}' viewBox='0 0 10 10' refX='9' refY='5' markerWidth='8' markerHeight='8' orient='auto' "
                f"markerUnits='userSpaceOnUse'><path d='M0 0L10 5L0 10z' fill='{colour}'/></marker>"
            )
        yield "</defs>"
        yield f"<rect width='{self.width:.0f}' height='{self.height:.0f}' fill='#ffffff'/>"
        title = proposal.layout.module or "layout"
        yield f"<text x='{_MARGIN}' y='36' font-size='18' font-weight='600' fill='#111'>{escape(title)}</text>"
        told = f"by {proposal.by}: {plural(len(self.parts), 'part')}, score {proposal.score:.2f}, "
        told += f"{proposal.cut:.0%} of the uses go from part to part"
        yield f"<text x='{_MARGIN}' y='58' font-size='13' fill='#555'>{escape(told)}</text>"
        for use in proposal.uses:
            yield from self._arrow(use)
        for name in self.parts:
            yield from self._box(name)
        legend = "solid: used while the module is imported · dashed: used when functions run · width: how often"
        yield f"<text x='{_MARGIN}' y='{self.height - 20:.0f}' font-size='12' fill='#555'>{legend}</text>"
        yield "</svg>"

    def _box(self, name: str) -> Iterator[str]:
        x, y = self.places[name]
        part = self.parts[name]
        yield (
            f"<rect x='{x:.0f}' y='{y:.0f}' width='{_WIDTH}' height='{self._tall(name)}' rx='6' fill='#f5f8fc' "
            "stroke='#1f4e79' stroke-width='1.2'/>"
        )
        yield f"<text x='{x + 12:.0f}' y='{y + 22:.0f}' font-size='14' font-weight='600' fill='#111'>{escape(_cut(name, 26))}</text>"
        size = _size(self.proposal, part)
        yield f"<text x='{x + 12:.0f}' y='{y + 39:.0f}' font-size='11.5' fill='#555'>{size}</text>"
        for number, text in enumerate(_shown(part)):
            at = y + 39 + _LINE * (number + 1)
            yield f"<text x='{x + 12:.0f}' y='{at:.0f}' font-size='12' fill='#333'>{escape(_cut(text, 32))}</text>"

    def _arrow(self, use: Use) -> Iterator[str]:
        """From the foot of who uses to the head of what is used."""
        chain = self._chain(use)
        outs = [u.used for u in self.proposal.uses if u.user == use.user]
        ins = [u.user for u in self.proposal.uses if u.used == use.used]
        outs.sort(key=lambda name: self.places[self._chain_item(use.user, name, 1)][0])
        ins.sort(key=lambda name: self.places[self._chain_item(name, use.used, -2)][0])
        (x1, y1), (x2, y2) = self.places[use.user], self.places[use.used]
        x1 += _WIDTH * (outs.index(use.used) + 1) / (len(outs) + 1)
        x2 += _WIDTH * (ins.index(use.user) + 1) / (len(ins) + 1)
        points = [(x1, y1 + self._tall(use.user))]
        for lane in chain[1:-1]:
            x, y = self.places[lane]
            row = self.rows_of[self.level[use.user] - chain.index(lane)]
            points += [(x + _LANE / 2, y), (x + _LANE / 2, y + max(map(self._tall, row)))]
        points.append((x2, y2))
        path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
        for number, ((ax, ay), (bx, by)) in enumerate(pairwise(points)):
            bend = (by - ay) / 2
            path += (
                f"L{bx:.0f} {by:.0f}"
                if number % 2
                else f"C{ax:.0f} {ay + bend:.0f} {bx:.0f} {by - bend:.0f} {bx:.0f} {by:.0f}"
            )
        colour, dash = ("#1f4e79", "") if use.early else ("#8a8f98", " stroke-dasharray='5 4'")
        wide = min(4.0, 1.0 + use.count / 12)
        kind = "early" if use.early else "late"
        yield (
            f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='{wide:.1f}'{dash} marker-end='url(#{kind})'>"
            f"<title>{escape(use.user)} uses {escape(use.used)}: {use.count}</title></path>"
        )

    def _chain_item(self, user: str, used: str, at: int) -> _Item:
        return self._chain(Use(user=user, used=used, count=0, early=False))[at]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
