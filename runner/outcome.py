"""What a run hands on: each step's proposal and result, and the report that the exit code follows from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from codemods.base import Change, Skip
from codemods.engine import Composed, Step

from .config import Options
from .plan import Plan


@dataclass(frozen=True)
class Done:
    """One step: what was proposed, what of it is in the new files."""

    step: Step
    composed: Composed

    @property
    def pending(self) -> list[Change]:
        """Changes that were not applied: unsafe without --unsafe, and suggestions."""
        keys = {c.key for c in self.composed.applied} | self.composed.dropped.keys()
        return [c for c in self.step.changes if c.key not in keys]

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
    top: str = ""
    base: str = ""  # commit id
    unread: tuple[int, int] = (0, 0)  # modified and untracked Python files that were not read
    branch: str = ""
    commits: tuple[str, ...] = ()
    created: bool = False  # the branch was made or moved by this run
    left: tuple[str, ...] = ()  # files that changed on disk while we worked, and others of the same change
    undo: str = ""  # the run that `codemod undo` takes back
    interrupted: int = 0  # the signal that came while files or a branch were written
    remarks: tuple[str, ...] = ()  # what a helper refused: its answer is missing, and nothing else

    @property
    def failures(self) -> dict[str, str]:
        return {p: r for done in self.steps for p, r in done.step.failures.items() if not _is_skip(done, p)}

    @property
    def exit_code(self) -> int:
        """0 nothing to do or done, 1 changes pending under --check, 3 some files or changes failed.

        128 and the signal where one came while the result was written.
        """
        if self.interrupted:
            return 128 + self.interrupted
        if self.failures or self.left or any(d.composed.dropped for d in self.steps):
            return 3
        return 1 if self.options.check and self.after else 0


def _is_skip(done: Done, path: str) -> bool:
    """An unparsable or oversized file is a skip; only a crash is a failure of ours."""
    return not any(s.path == path and s.code == "C006-crashed" for s in done.step.skips)
