"""What verification is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HOUR = 60.0  # minutes


@dataclass(frozen=True)
class Item:
    """One change of the plan, as far as it matters to tests."""

    key: str
    paths: tuple[str, ...]
    label: str  # place and reason, for the report


@dataclass(frozen=True)
class Asked:
    """What the user typed."""

    command: tuple[str, ...]  # no shell runs it
    setup: str = ""  # run once in the worktree, before everything else
    copies: tuple[str, ...] = ()  # globs of untracked files that the tests need
    timeout: float = 0.0  # seconds for one run; 0: ten times what the base took, a minute at least
    budget: float = HOUR  # minutes for all runs; 0: no limit
    all_or_nothing: bool = False


@dataclass(frozen=True)
class Failing:
    """Why a change is left out."""

    tests: tuple[str, ...]  # that fail with it; the command's end where there are no results of tests
    reason: str  # in a line

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True)
class Verified:
    """The set of changes with which the command passes, and what was left out of it."""

    kept: frozenset[str]
    excluded: Mapping[str, Failing]
    set_aside: tuple[str, ...] = ()  # failing on the base, or failing once and passing then
    runs: int = 0  # of the whole command on the result
    narrow: int = 0  # of chosen tests only
    base_runs: int = 0  # of the whole command on the base; none where its outcome was remembered
    tests: int = 0  # that pass; 0 where only the exit code is known
    notes: tuple[str, ...] = field(default=())  # what a reader of the result must know

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The changes that no run could say anything about before the budget was spent."""
        return tuple(key for key, why in self.excluded.items() if not why.tests)
