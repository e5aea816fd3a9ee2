"""The items of a batch for a person, as a table, and for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from math import ceil
from typing import Any

from ..message import plural
from ..outcome import FAILED, Report, State
from ..report import path_json
from ..terminal import Paint, cut, printable
from .settings import BatchSettings
from .values import Item

_WIDTH = 160  # where no terminal reads
_SHOWN = 3  # owners


def print_table(items: Sequence[Item], color: bool) -> None:
    """A line for each item, then what there is to say of them."""
    import sys

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not items:
        return
    sys.stdout.flush()
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(color_system="standard" if color else None, width=width, highlight=False, emoji=False)
    phases = len({item.phase for item in items}) > 1
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title, right in _columns(phases):
        table.add_column(title, justify="right" if right else "left", no_wrap=title == "ITEM", overflow="fold")
    for item in items:
        cells = _cells(item, phases)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    for line in _rendered(console, table):
        print(line)
    paint = Paint(color)
    for item in items:
        for note in item.notes:
            print(paint("yellow", f"{item.key}: {cut(note)}"))


def _rendered(console: Any, table: Any) -> Iterator[str]:
    with console.capture() as capture:
        console.print(table)
    yield from (line.rstrip() for line in capture.get().rstrip("\n").split("\n"))


def _columns(phases: bool) -> list[tuple[str, bool]]:
    first = [("PHASE", True)] if phases else []
    return [*first, ("ITEM", False), ("FILES", True), ("LINES", True), ("CHANGES", True), ("SAFETY", False), ("OWNERS", False)]  # fmt: skip


def _cells(item: Item, phases: bool) -> list[str]:
    first = [str(item.phase + 1)] if phases else []
    counts = [f"{len(item.paths):,}", f"{item.lines:,}", f"{len(item.changes):,}"]
    return [*first, item.key, *counts, safety(item), some(item.owners)]


def safety(item: Item) -> str:
    """In words."""
    return f"{item.unsafe:,} unsafe" if item.unsafe else "safe"


def some(names: Sequence[str]) -> str:
    """The first of them."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


# ---- the last lines ----------------------------------------------------------------------------


def ending(items: Sequence[Item], report: Report, settings: BatchSettings) -> Iterator[str]:
    """How many pull requests, how long that takes at the rate that was given, what is left out."""
    if not items:
        yield (
            "nothing is accepted that could be delivered"
            if any(s.step.changes for s in report.steps)
            else "nothing to do"
        )
    else:
        paths = {path for item in items for path in item.paths}
        lines = sum(item.lines for item in items)
        rate = "; ".join(_rate(len(items), settings))
        yield f"{plural(len(items), 'pull request')}, {plural(len(paths), 'file')}, {plural(lines, 'line')}{rate and f'; {rate}'}"
    left = left_out(report)
    if left:
        yield f"left out: {', '.join(f'{what} × {n:,}' for what, n in sorted(left.items(), key=lambda pair: -pair[1]))}"


def _rate(count: int, settings: BatchSettings) -> Iterator[str]:
    if settings.per_hour:
        hours = ceil(count / settings.per_hour)
        yield f"{_days(hours)} at {settings.per_hour:,} an hour"
    if settings.max_open and count > settings.max_open:
        waves = ceil(count / settings.max_open)
        yield f"{plural(waves, 'day')} if each day {settings.max_open:,} are merged (--max-open)"


def _days(hours: int) -> str:
    return plural(hours, "hour") if hours <= 24 else f"{hours / 24:,.1f} days"


def left_out(report: Report, paths: Collection[str] | None = None, step: int | None = None) -> dict[str, int]:
    """What was seen and is in no item, by the reason; in some files, of one step alone, where these are given."""
    counts: Counter[str] = Counter()
    for number, done in enumerate(report.steps):
        if step not in (None, number):
            continue
        for state, told in _LEFT:
            counts[told] += sum(
                paths is None or not change.places.isdisjoint(paths) for change in done.in_state(state)
            )
        skips = [skip for skip in done.skips if paths is None or skip.path in paths]
        counts.update(skip.code for skip in skips if skip.code not in FAILED)
        counts["failed"] += sum(skip.code in FAILED for skip in skips)
    return {what: count for what, count in counts.items() if count}


_LEFT: tuple[tuple[State, str], ...] = (
    ("pending", "waits for a decision"),
    ("asked", "has to be decided again"),
    ("rejected", "rejected in review"),
    ("excluded", "tests fail with it"),
)  # fmt: skip


# ---- JSON --------------------------------------------------------------------------------------


def document(
    items: Iterable[Item], report: Report, settings: BatchSettings, batch: str, branch: str
) -> dict[str, Any]:
    """One JSON document. Paths are as in the report of a run."""
    found = list(items)
    return {
        "schema_version": 1,
        "batch": batch,
        "base": report.base,
        "base_branch": branch,
        "plan": report.plan.hash,
        "items": [_item(item) for item in found],
        "left": left_out(report),
        "estimate": list(_rate(len(found), settings)),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "about": item.about,
        "files": [path_json(path) for path in item.paths],
        "lines": item.lines,
        "bytes": item.size,
        "owners": list(item.owners),
        "changes": list(item.changes),
        "unsafe": item.unsafe,
        "phase": item.phase + 1,
        "step": None if item.step is None else item.step + 1,
        "stage": item.stage,
        "notes": list(item.notes),
    }
