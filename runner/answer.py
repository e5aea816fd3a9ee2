"""The answer of `codemod why` about one line, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pprint import pformat
from typing import Any

from codemods.engine.explained import Section
from codemods.engine.values import Change, Skip

from .message import plural
from .plan import change_to_json, skip_to_json
from .report import path_json
from .terminal import line, printable, quoted

_SHOWN = 5  # other places, and files


@dataclass(frozen=True)
class Spot:
    """A line where something is changed or left alone, and why."""

    path: str
    line: int
    reason: str


@dataclass(frozen=True)
class WhyChanged:
    """A change that touches the line."""

    change: Change
    applied: bool
    because: str  # in words, whether it is applied
    dropped: str  # the check that it would fail
    others: tuple[Spot, ...]  # changed along with it
    diff: tuple[str, ...]  # of this file


@dataclass(frozen=True)
class WhySkipped:
    """Something that is left alone at the line, or elsewhere and blocks what would be done at the line."""

    skip: Skip
    meaning: str  # of its code


@dataclass(frozen=True)
class WhyAnswer:
    """What one codemod says of one line."""

    codemod: str
    path: str
    line: int
    not_looked_at: str = ""  # the reason why the file is not; the rest is empty then
    changes: tuple[WhyChanged, ...] = ()
    skips: tuple[WhySkipped, ...] = ()
    nearest: tuple[Spot, ...] = ()  # what is seen in this file, where nothing is at the line
    elsewhere: tuple[Spot, ...] = ()  # what is left alone in others, where a needle stands in the line
    configuration: tuple[str, ...] = ()  # files
    facts_of: tuple[str, ...] = ()  # files, the nearest first
    explained: tuple[Section, ...] = ()  # where things come from, step by step
    decided: object = None  # what `Codemod.decide` gave for the file


# ---- text --------------------------------------------------------------------------------------


def text(answer: WhyAnswer, verbose: bool) -> Iterator[str]:
    """The lines for a person, quoted for a terminal."""
    where, name = f"{quoted(answer.path)}:{answer.line}", answer.codemod
    if answer.not_looked_at:
        yield line(f"{where}: {name} does not look at it: {answer.not_looked_at}")
        return
    for changed in answer.changes:
        yield line(f"{where}: {name} would change it: {changed.change.reason}")
        yield from _change(changed)
    for skipped in answer.skips:
        skip, at = skipped.skip, f"{quoted(skipped.skip.path)}:{skipped.skip.line}"
        yield line(f"{where}: {name} leaves it alone ({skip.code})")
        yield line(f"  {skip.reason}" + (f" (at {at})" if at != where else ""))
        if skipped.meaning:
            yield line(f"  {skip.code}: {skipped.meaning}")
    if not answer.changes and not answer.skips:
        yield line(f"{where}: {name} sees nothing to change there")
    for section in answer.explained:
        yield line(f"  {section.title}:")
        yield from _items(section)
    if answer.nearest:
        yield "  what it sees nearest in this file:"
        yield from _spots(answer.nearest)
    if answer.elsewhere:
        yield "  a word that it looks for stands there; what it leaves alone elsewhere may be why:"
        yield from _spots(answer.elsewhere)
    if answer.configuration:
        yield line(f"  configuration that may hold for it: {', '.join(map(quoted, answer.configuration))}")
    if read := answer.facts_of:
        shown = read if verbose else read[:_SHOWN]
        more = f" and {len(read) - len(shown)} more" if len(read) > len(shown) else ""
        yield line(f"  it went by facts of {plural(len(read), 'other file')}: {', '.join(map(quoted, shown))}{more}")
    if verbose and answer.decided is not None:
        yield "  what was decided for this file:"
        told = dict(answer.decided) if isinstance(answer.decided, Mapping) else answer.decided
        yield from (printable(f"    {row}") for row in pformat(told, width=100, sort_dicts=False).splitlines())


def _items(section: Section) -> Iterator[str]:
    for item in section.items:
        yield line(f"    {item.name}" + (f"  ({item.note})" if item.note else ""))
        for indent, step in enumerate(item.lines):
            yield line(f"    {'  ' * (indent + 1)}{quoted(step.path)}:{step.line}: {step.text}")


def _change(changed: WhyChanged) -> Iterator[str]:
    yield line(f"  {changed.change.safety}: {changed.because}")
    if changed.dropped:
        yield line(f"  it would be dropped: {changed.dropped}")
        return
    if changed.others:
        yield line(f"  one change with {plural(len(changed.others), 'other place')}, all or none of them:")
        yield from _spots(changed.others)
    yield from (printable(f"  {row}") for row in changed.diff)


def _spots(spots: Iterable[Spot]) -> Iterator[str]:
    found = list(spots)
    for place in found[:_SHOWN]:
        yield line(f"    {quoted(place.path)}:{place.line}: {place.reason}")
    if len(found) > _SHOWN:
        yield f"    and {len(found) - _SHOWN} more"


# ---- JSON --------------------------------------------------------------------------------------


def to_json(answer: WhyAnswer) -> dict[str, Any]:
    """The same for a program. What a codemod decided for a file is not among it: that has no form that lasts."""
    return {
        "codemod": answer.codemod,
        **path_json(answer.path),
        "line": answer.line,
        "not_looked_at": answer.not_looked_at,
        "changes": [
            change_to_json(changed.change)
            | {"applied": changed.applied, "because": changed.because, "dropped": changed.dropped}
            | {"diff": "".join(f"{row}\n" for row in changed.diff)}
            for changed in answer.changes
        ],
        "skips": [
            skip_to_json(told.skip) | path_json(told.skip.path) | {"meaning": told.meaning} for told in answer.skips
        ],
        "nearest": list(map(_spot, answer.nearest)),
        "elsewhere": list(map(_spot, answer.elsewhere)),
        "explained": [
            {
                "title": section.title,
                "items": [
                    {"name": item.name, "note": item.note}
                    | {"lines": [path_json(at.path) | {"line": at.line, "text": at.text} for at in item.lines]}
                    for item in section.items
                ],
            }
            for section in answer.explained
        ],
        "configuration": [path_json(path) for path in answer.configuration],
        "facts_of": [path_json(path) for path in answer.facts_of],
    }


def _spot(place: Spot) -> dict[str, Any]:
    return path_json(place.path) | {"line": place.line, "reason": place.reason}
