"""What a run hands on: each step's proposal and result, and the report that the exit code follows from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from codemods.engine.check import Composed
from codemods.engine.grouping import grouped
from codemods.engine.propose import Step
from codemods.engine.values import Change, Skip
from codemods.engine.world import CRASHES

from .config import Options
from .decide import NONE, Decisions, Verdict
from .moved import Moved
from .plan import Plan

if TYPE_CHECKING:
    from .verify.values import Verified

State = Literal["applied", "dropped", "pending", "asked", "rejected", "excluded"]
FAILED = frozenset({*CRASHES, "C009-check"})
_STATES: Mapping[Verdict, State] = {
    Verdict.ACCEPT: "pending",
    Verdict.REJECT: "rejected",
    Verdict.FAILS: "excluded",
    Verdict.ASK: "asked",
}
_MOVED_ON = "changed on disk while codemod worked, or a file of the same change did; left alone, run again"


@dataclass(frozen=True)
class Done:
    """One step: what was proposed, what of it is in the new files."""

    step: Step
    composed: Composed
    decisions: Decisions = NONE

    def state(self, change: Change) -> State:
        """What became of a change; `pending` is what waits: unsafe without --unsafe, and suggestions.

        `rejected` was a person's decision, `excluded` that of `verify`; one that was accepted and has altered since
        is `asked` again.
        """
        if change.key in self.composed.dropped:
            return "dropped"
        if change.key in self._applied:
            return "applied"
        decision = self.decisions.of(change)
        return _STATES[decision.verdict] if decision else "pending"

    @cached_property
    def moved(self) -> Moved:
        """What of it moved: told, counted and written into messages."""
        return Moved.of(self.composed.applied)

    @cached_property
    def _applied(self) -> frozenset[str]:
        return frozenset(change.key for change in self.composed.applied)

    @cached_property
    def _by_state(self) -> Mapping[State, list[Change]]:
        return grouped((self.state(change), change) for change in self.step.changes)

    def in_state(self, state: State) -> list[Change]:
        return self._by_state.get(state, [])

    @property
    def pending(self) -> list[Change]:
        return self.in_state("pending")

    @property
    def skips(self) -> tuple[Skip, ...]:
        return self.step.skips + self.composed.skips


@dataclass(frozen=True)
class Report:
    """What happened; the exit code follows from it."""

    options: Options
    plan: Plan
    steps: tuple[Done, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes | None]
    modes: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)  # path of a new file → the file that it comes from
    renames: Mapping[str, str] = field(default_factory=dict)  # new → old path of a file that moved
    top: str = ""
    base: str = ""  # commit id
    unread: tuple[int, int] = (0, 0)  # modified and untracked Python files that were not read
    branch: str = ""
    commits: tuple[str, ...] = ()
    created: bool = False  # the branch was made or moved by this run
    left: tuple[str, ...] = ()  # files that changed on disk while we worked, and others of the same change
    pushed: str = ""  # the remote that the branch was pushed to
    pull: str = ""  # the address of its pull request
    undo: str = ""  # the run that `codemod undo` takes back
    interrupted: int = 0  # the signal that came while files or a branch were written
    remarks: tuple[str, ...] = ()  # what a helper refused: its answer is missing, and nothing else
    verified: Verified | None = None
    again: tuple[str, ...] = ()  # what to type to have this applied, where it is not the run itself

    @property
    def failed(self) -> tuple[Skip, ...]:
        """Everything that makes the exit code 3: crashes, changes that failed a check, files that could not be written.

        An unparsable or oversized file is not among them, that is no failure of ours.
        """
        found = (replace(s, group="") for done in self.steps for s in done.skips if s.code in FAILED)
        return tuple(dict.fromkeys([*found, *(Skip(p, 1, "C013-moved-on", _MOVED_ON) for p in self.left)]))

    @property
    def moves(self) -> bool:
        """Whether files or texts move."""
        edits = (e for done in self.steps for change in done.composed.applied for e in change.edits)
        return bool(self.renames) or any(e.moved for e in edits)

    @property
    def exit_code(self) -> int:
        """By `errors.EXIT_CODES`; 128 and the signal where one came while the result was written."""
        if self.interrupted:
            return 128 + self.interrupted
        if self.failed or any(done.in_state("excluded") for done in self.steps):
            return 3
        return 1 if self.options.check and self.after else 0
