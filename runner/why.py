"""`codemod why`: what a codemod would do at one line and why, or why it leaves it alone, with what it went by."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile

from codemods.engine.check import compose_checked
from codemods.engine.codemod import ALL, COMMON_CODES, Codemod
from codemods.engine.known import upward
from codemods.engine.propose import Step, propose
from codemods.engine.registry import Spec
from codemods.engine.source import Source
from codemods.engine.values import Change, Part, Safety, Skip
from codemods.engine.world import matches_glob, word_pattern

from .answer import Spot, WhyAnswer, WhyChanged, WhySkipped
from .config import Options
from .decide import Decisions, Verdict, accepted
from .diff import patch
from .errors import UsageError
from .files import FileWorld
from .making import Making
from .message import plural
from .named import below_top
from .opening import opened
from .terminal import quoted, visible

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


def why(options: Options, place: str) -> Iterator[WhyAnswer]:
    """The answers for `PATH:LINE`, one of each codemod. Raises UsageError for a place that is none."""
    with opened(options) as world:
        path, number = _place(place, options, world)
        decisions = Making(options, world).earlier_decisions()
        for spec in options.specs:
            yield _About(options, world, spec, path, number, decisions).answer()


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

    def answer(self) -> WhyAnswer:
        about = WhyAnswer(codemod=self.codemod.name, path=self.path, line=self.line)
        if reason := self._not_looked_at():
            return replace(about, not_looked_at=reason)
        step = propose(self.spec, self.world, asked=(self.path, self.line))
        line = step.explained.line if step.explained is not None else self.line
        return replace(self, line=line)._told(step)  # about what the line belongs to

    def _told(self, step: Step) -> WhyAnswer:
        about = WhyAnswer(codemod=self.codemod.name, path=self.path, line=self.line)
        changes = [c for c in step.changes if any(self._touches(p) for p in c.parts)]
        skips = list(self._skips(step))
        there = bool(changes or skips)
        folders = {*upward(posixpath.dirname(self.path))}
        return replace(
            about,
            changes=tuple(self._change(change, step) for change in changes),
            skips=tuple(
                WhySkipped(skip=s, meaning={**COMMON_CODES, **self.codemod.codes}.get(s.code, "")) for s in skips
            ),
            nearest=() if there else self._nearest(step),
            elsewhere=() if there else self._elsewhere(step),
            configuration=tuple(p for p in sorted(self.world.project().texts) if posixpath.dirname(p) in folders),
            facts_of=self._read(step),
            decided=step.decided.get(self.path),
            explained=step.explained.sections if step.explained is not None else (),
        )

    def _not_looked_at(self) -> str:
        needles = self.codemod.needles()
        if matches_glob(self.path, needles.also):
            return ""
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
        return any(
            e.op in ("move", "delete")
            or (e.op == "replace" and e.start < end and (e.end > begin or e.start >= begin))
            for e in part.edits
        )

    def _change(self, change: Change, step: Step) -> WhyChanged:
        decision = self.decisions.of(change)
        because = f"{_DECIDED[decision.verdict]} by {decision.who or 'you'}" if decision else _APPLIED[change.safety]
        composed = compose_checked(step, [replace(change, needs=())], self.world, converge=False)
        dropped = composed.dropped.get(change.key, "")
        before = {p: visible(d) for p, d in composed.before.items() if p == self.path}
        mine = {*before, *(new for new, old in change.moves.items() if old == self.path)}
        after = {p: d and visible(d) for p, d in composed.files.items() if p in mine}
        shown = b"" if dropped else patch(before, after, {}, color=False, moves=bool(change.moves))
        rows = shown.decode("utf-8", "replace").splitlines()
        return WhyChanged(
            change=change,
            applied=bool(accepted([change], self.decisions, self.options.unsafe)) and not dropped,
            because=because + ((decision and decision.note and f" ({decision.note})") or ""),
            dropped=dropped,
            others=tuple(Spot(p.path, p.line, p.reason) for p in change.parts if not self._touches(p)),
            diff=tuple(dropwhile(lambda row: not row.startswith(("@@", "rename ")), rows)),
        )

    # ---- what is left alone ----------------------------------------------------------------

    def _skips(self, step: Step) -> Iterator[Skip]:
        """Those of this line, and those elsewhere that block what would be done here."""
        groups = {part.group for part in step.aside if self._touches(part)}
        for skip in step.skips:
            here = (skip.path, skip.line) == (self.path, self.line) or (skip.group and skip.group in groups)
            if here or (skip.path == self.path and self.path in step.failures):
                yield skip

    def _nearest(self, step: Step) -> tuple[Spot, ...]:
        found = [Spot(p.path, p.line, p.reason) for c in step.changes for p in c.parts if p.path == self.path]
        left = (s for s in step.skips if s.path == self.path)
        found += [Spot(s.path, s.line, f"left alone: {s.reason} ({s.code})") for s in left]
        near = sorted(found, key=lambda place: abs(place.line - self.line))[:_NEAR]
        return tuple(sorted(near, key=lambda place: place.line))

    def _elsewhere(self, step: Step) -> tuple[Spot, ...]:
        """Where one thing stands in many places, what speaks against one of them leaves all alone."""
        row = self.world.read([self.path])[self.path].splitlines()[self.line - 1 :][:1]
        words = tuple(self.codemod.needles().edit)
        if not self.codemod.spans_files or words == ALL or not any(map(word_pattern(words).search, row)):
            return ()
        return tuple(Spot(s.path, s.line, f"{s.reason} ({s.code})") for s in step.skips if s.path != self.path)

    # ---- what it went by -------------------------------------------------------------------

    def _read(self, step: Step) -> tuple[str, ...]:
        """The files whose facts it went by, the nearest first."""
        folder = "/" + posixpath.dirname(self.path)
        read = (path for path in step.reading.scanned if path != self.path)
        return tuple(sorted(read, key=lambda p: (posixpath.commonpath([folder, "/" + p]) == "/", p)))
