"""Sets of changes tried one by one: each is run once, judged against the base, and remembered."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .bisection import Spent
from .judging import COMMAND, Judged, judge
from .ran import LATE, Ran
from .stage import Only, Stage, only

Compose = Callable[[frozenset[str]], Mapping[str, bytes | None]]
_MARGIN = 1.2  # of what a whole run takes is held back for the last one


@dataclass
class Trial:
    """The runs of one verification."""

    stage: Stage
    compose: Compose
    sketch: Compose  # the same, quicker; what is delivered is never judged by it alone
    base: Ran
    limit: float  # seconds for a run
    until: float  # when the budget is spent, by the monotonic clock
    aside: dict[str, None] = field(default_factory=dict)
    gone: dict[str, None] = field(default_factory=dict)
    runs: int = 0
    narrow_runs: int = 0
    on_base: int = 0
    passed: int = 0  # tests, in the last whole run that passed
    imported: set[str] = field(default_factory=set)  # files of the worktree, in that run
    green: frozenset[str] | None = None  # the largest set with which the whole command passed
    _sure: set[str] = field(default_factory=set)  # tests that failed twice
    _whole: dict[frozenset[str], Mapping[str, str]] = field(default_factory=dict)
    _part: dict[tuple[frozenset[str], frozenset[str]], Mapping[str, str]] = field(default_factory=dict)

    def whole(self, keys: frozenset[str], again: bool = False) -> Mapping[str, str]:
        """The new failures of the whole command with a set of changes; a failure by chance is not among them.

        A test that fails is run once more alone, and where it passes so, all are: it may fail only behind others.
        """
        if keys in self._whole and not again:
            return self._whole[keys]
        failures = self._judged(keys)
        named = frozenset(failures) - {COMMAND}
        unsure = named - self._sure
        if unsure and self.base.per_test and unsure == failures.keys():
            alone = self.part(keys, unsure)
            self._sure |= alone.keys()
            if not alone:
                second = self._judged(keys)
                self._sure |= failures.keys() & second.keys()
                self.aside |= dict.fromkeys(sorted(failures.keys() - second.keys()))
                failures = {name: text for name, text in second.items() if name not in self.aside}
        self._whole[keys] = failures
        if not failures and (self.green is None or len(keys) > len(self.green)):
            self.green = keys
        return failures

    def _judged(self, keys: frozenset[str]) -> Mapping[str, str]:
        self.runs += 1
        files = self.compose(keys)
        ran = self._run(files, None, 0.0)
        judged = judge(ran, self.base, self.aside, files.keys())
        if not judged.failures:
            self.passed = ran.passed
            top = os.path.realpath(self.stage.tree.top) + os.sep
            self.imported = {place[len(top) :] for _, place in ran.modules if place.startswith(top)}
        self.gone |= dict.fromkeys(judged.gone)
        return judged.failures

    def part(self, keys: frozenset[str], names: frozenset[str]) -> Mapping[str, str]:
        """Which of some tests (functions, files) fail with a set of changes, when only they run."""
        if (keys, names) not in self._part:
            self.narrow_runs += 1
            files = self.sketch(keys)
            judged = self._narrowed(files, names)
            lost = dict.fromkeys(names, judged.failures.get(COMMAND, ""))
            self._part[keys, names] = lost if COMMAND in judged.failures else judged.failures
        return self._part[keys, names]

    def fail_alone_on_base(self, names: frozenset[str]) -> Mapping[str, str]:
        """Which of some tests fail without any change when only they run: they lean on others."""
        self.on_base += 1
        judged = self._narrowed({}, names)
        return dict.fromkeys(names, "") if COMMAND in judged.failures else judged.failures

    def _narrowed(self, files: Mapping[str, bytes | None], names: frozenset[str]) -> Judged:
        ran = self._run(files, only(self.base, names), self.base.seconds * _MARGIN)
        return judge(ran, self.base, self.aside, files.keys(), part=names)

    def _run(self, files: Mapping[str, bytes | None], only: Only | None, held_back: float) -> Ran:
        """A run, within the time that there is. Raises Spent when there is none."""
        left = self.until - time.monotonic() - held_back
        if left <= 0:
            raise Spent
        ran = self.stage.run(files, min(self.limit, left + held_back), only)
        if ran.code == LATE and left + held_back < self.limit:
            raise Spent
        return ran
