"""`codemod why`: what a codemod would do at one line and why, or why it leaves it alone, with what it went by."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pprint import pformat

from codemods.engine.check import compose_checked
from codemods.engine.codemod import ALL, COMMON_CODES, Codemod
from codemods.engine.known import upward
from codemods.engine.propose import Step, propose
from codemods.engine.registry import Spec
from codemods.engine.source import Source
from codemods.engine.values import Change, Part, Safety, Skip
from codemods.engine.world import matches_glob, word_pattern

from .config import Options
from .decide import Decisions, Verdict
from .diff import patch
from .errors import UsageError
from .files import FileWorld
from .making import Making
from .message import plural
from .named import below_top
from .opening import opened
from .terminal import line, printable, quoted, visible

_SHOWN = 5  # other places
_NEAR = 3  # of other lines
_APPLIED = {
    Safety.SAFE: "applied by default",
    Safety.UNSAFE: "it may change behaviour; applied with --unsafe",
    Safety.SUGGEST: "never applied unattended",
}
_DECIDED = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.FAILS: "left out, tests fail with it",
    Verdict.ASK: "accepted before it altered; asked again",
}


def why(options: Options, place: str) -> Iterator[str]:
    """The answer for `PATH:LINE`, a line each. Raises UsageError for a place that is none."""
    with opened(options) as world:
        path, number = _place(place, options, world)
        decisions = Making(options, world).earlier_decisions()
        for spec in options.specs:
            yield from _About(options, world, spec, path, number, decisions).answer()


def _place(place: str, options: Options, world: FileWorld) -> tuple[str, int]:
    word, _, number = place.rpartition(":")
    if not word or not number.isdecimal() or int(number) < 1:
        raise UsageError(f"{place}: a place is PATH:LINE, as in tests/test_orders.py:12")
    known = {*world.all_paths()}
    [path] = below_top([word], options.where, world.top_of_names, known, world.describe, world.why_missing)
    if path not in known:
        raise UsageError(f"{word}: a folder; a place is PATH:LINE of a file")
    lines = world.read([path])[path].count(b"\n") + 1
    if int(number) > lines:
        raise UsageError(f"{place}: {quoted(path)} has {plural(lines, 'line')} in {world.describe}")
    return path, int(number)


@dataclass(frozen=True)
class _About:
    """What one codemod says of one line."""

    options: Options
    world: FileWorld
    spec: Spec
    path: str
    line: int
    decisions: Decisions

    @property
    def codemod(self) -> Codemod:
        return self.spec.codemod()

    def answer(self) -> Iterator[str]:
        where = f"{quoted(self.path)}:{self.line}"
        if reason := self._not_looked_at():
            yield line(f"{where}: {self.codemod.name} does not look at it: {reason}")
            return
        step = propose(self.spec, self.world)
        changes = [c for c in step.changes if any(self._touches(p) for p in c.parts)]
        skips = list(self._skips(step))
        for change in changes:
            yield from self._change(change, step, where)
        for skip in skips:
            at = f"{quoted(skip.path)}:{skip.line}"
            yield line(f"{where}: {self.codemod.name} leaves it alone ({skip.code})")
            yield line(f"  {skip.reason}" + (f" (at {at})" if at != where else ""))
            if meaning := {**COMMON_CODES, **self.codemod.codes}.get(skip.code):
                yield line(f"  {skip.code}: {meaning}")
        if not changes and not skips:
            yield line(f"{where}: {self.codemod.name} sees nothing to change there")
            yield from self._nearest(step)
        yield from self._evidence(step)

    def _not_looked_at(self) -> str:
        needles = self.codemod.needles()
        if not matches_glob(self.path, needles.files):
            return f"it looks at files called {', '.join(needles.files)}"
        if not self.codemod.spans_files and (reason := self.world.editable(self.path)):
            return reason
        words = () if tuple(needles.edit) == ALL or self.codemod.libraries else tuple(needles.edit)
        if words and not word_pattern(words).search(self.world.read([self.path])[self.path]):
            shown = ", ".join(words[:8]) + (", …" if len(words) > 8 else "")
            return f"the file holds none of the words that it looks for: {shown}"
        return ""

    # ---- changes ---------------------------------------------------------------------------

    def _touches(self, part: Part) -> bool:
        if part.path != self.path:
            return False
        if part.line == self.line:
            return True
        starts = Source(self.path, self.world.read([self.path])[self.path]).line_starts
        begin = starts[self.line - 1]
        end = starts[self.line] if self.line < len(starts) else float("inf")
        return any(e.op == "replace" and e.start < end and (e.end > begin or e.start >= begin) for e in part.edits)

    def _change(self, change: Change, step: Step, where: str) -> Iterator[str]:
        yield line(f"{where}: {self.codemod.name} would change it: {change.reason}")
        decision = self.decisions.of(change)
        applied = f"{_DECIDED[decision.verdict]} by {decision.who or 'you'}" if decision else _APPLIED[change.safety]
        yield line(f"  {change.safety}: {applied}{(decision and decision.note and f' ({decision.note})') or ''}")
        composed = compose_checked(step, [change], self.world, converge=False)
        if change.key in composed.dropped:
            yield line(f"  it would be dropped: {composed.dropped[change.key]}")
            return
        others = [p for p in change.parts if not self._touches(p)]
        if others:
            yield line(f"  one change with {plural(len(others), 'other place')}, all or none of them:")
            yield from _places((p.path, p.line, p.reason) for p in others)
        before = {p: visible(d) for p, d in composed.before.items() if p == self.path}
        after = {p: d and visible(d) for p, d in composed.files.items() if p in before}
        text = patch(before, after, {}, color=False).decode("utf-8", "replace")
        yield from (printable(f"  {row}") for row in text.splitlines()[4:])

    # ---- what is left alone ----------------------------------------------------------------

    def _skips(self, step: Step) -> Iterator[Skip]:
        """Those of this line, and those elsewhere that block what would be done here."""
        groups = {part.group for part in step.aside if self._touches(part)}
        for skip in step.skips:
            here = (skip.path, skip.line) == (self.path, self.line) or (skip.group and skip.group in groups)
            if here or (skip.path == self.path and self.path in step.failures):
                yield skip

    def _nearest(self, step: Step) -> Iterator[str]:
        found = [(p.path, p.line, p.reason) for c in step.changes for p in c.parts if p.path == self.path]
        found += [(s.path, s.line, f"left alone: {s.reason} ({s.code})") for s in step.skips if s.path == self.path]
        near = sorted(sorted(found, key=lambda f: abs(f[1] - self.line))[:_NEAR], key=lambda f: f[1])
        if near:
            yield "  what it sees nearest in this file:"
            yield from _places(near)
        # where one thing stands in many places, what speaks against one of them leaves all alone
        row = self.world.read([self.path])[self.path].splitlines()[self.line - 1 :][:1]
        words = tuple(self.codemod.needles().edit)
        if self.codemod.spans_files and words != ALL and any(map(word_pattern(words).search, row)):
            elsewhere = [(s.path, s.line, f"{s.reason} ({s.code})") for s in step.skips if s.path != self.path]
            if elsewhere:
                yield "  a word that it looks for stands there; what it leaves alone elsewhere may be why:"
                yield from _places(elsewhere)

    # ---- what it went by -------------------------------------------------------------------

    def _evidence(self, step: Step) -> Iterator[str]:
        folders = {*upward(posixpath.dirname(self.path))}
        if rules := [p for p in sorted(self.world.project().texts) if posixpath.dirname(p) in folders]:
            yield line(f"  configuration that may hold for it: {', '.join(map(quoted, rules))}")
        read = [p for p in step.reading.scanned if p != self.path]
        if read:
            folder = posixpath.dirname(self.path)
            near = sorted(read, key=lambda p: (posixpath.commonpath(["/" + folder, "/" + p]) == "/", p))
            shown = ", ".join(map(quoted, near[: None if self.options.verbose else _SHOWN]))
            more = len(near) - _SHOWN if not self.options.verbose else 0
            yield line(
                f"  it went by facts of {plural(len(read), 'other file')}: {shown}"
                + (f" and {more} more" if more > 0 else "")
            )
        if self.options.verbose and (told := step.decided.get(self.path)) is not None:
            yield "  what was decided for this file:"
            yield from (
                printable(f"    {row}") for row in pformat(_plain(told), width=100, sort_dicts=False).splitlines()
            )


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _places(places: Iterable[tuple[str, int, str]]) -> Iterator[str]:
    found = list(places)
    for path, number, reason in found[:_SHOWN]:
        yield line(f"    {quoted(path)}:{number}: {reason}")
    if len(found) > _SHOWN:
        yield f"    and {len(found) - _SHOWN} more"
