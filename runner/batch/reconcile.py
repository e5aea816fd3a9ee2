"""What is left to do: for each item, from what is wanted and what there is. It asks nobody and writes nothing.

A person's word stands above ours: what was closed stays closed, a branch with commits of others is left alone, and a
label holds an item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from ..forges.values import Checks, State, Status
from ..terminal import quoted
from .seen import HOLD, Seen
from .values import Item

Files = Mapping[str, tuple[str, str]]  # path → mode and blob id, "" for a file that goes


class Todo(Enum):
    """What is to be done for an item."""

    OPEN = "to open"
    UPDATE = "to update"
    KEEP = "unchanged"  # every file at the remote is as it would be: approvals survive
    HELD = "held"
    ADOPTED = "adopted"  # a pull request of somebody else stands for it
    DIVERGED = "diverged"
    REJECTED = "rejected"
    BLOCKED = "blocked"  # by an earlier phase
    WAITING = "waiting"  # for others of the batch, see Limits
    GONE = "nothing left"  # its changes are not wanted any more, and its pull request is open


@dataclass(frozen=True)
class Step:
    """One item, what is to be done, and why."""

    todo: Todo
    key: str
    item: Item | None = None  # None for one that is not in the plan any more
    seen: Seen | None = None
    why: str = ""
    pushed: bool = False  # its branch is at the remote already, as it would be

    @property
    def moves(self) -> bool:
        """Whether its branch is written and pushed."""
        return self.todo in (Todo.OPEN, Todo.UPDATE) and not self.pushed


@dataclass(frozen=True)
class Limits:
    """How many pull requests are opened at a time. 0 is no limit."""

    canary: int = 0  # open so many first, and others when the checks of these have passed
    open: int = 0
    open_by_owner: int = 0
    open_by_directory: int = 0
    per_hour: int = 0


def steps(
    items: Sequence[Item],
    seen: Mapping[str, Seen],
    wanted: Mapping[str, Files],
    *,
    reopen: bool = False,
    overwrite: bool = False,
) -> list[Step]:
    """What is to be done for every item, and for those that are there and not wanted any more.

    `wanted` has the files of each item as they would be; `reopen` opens again what was closed, `overwrite` replaces
    commits of others.
    """
    told = [_step(item, seen.get(item.key), wanted[item.key], reopen, overwrite) for item in items]
    lowest = min((s.item.phase for s in told if s.item and s.todo is not Todo.REJECTED), default=0)
    closed = {path for s in told if s.item and s.todo is Todo.REJECTED for path in s.item.paths}
    told = [_after_earlier(step, lowest, closed) for step in told]
    keys = {item.key for item in items}
    return told + [
        Step(todo=Todo.GONE, key=one.key, seen=one, why="none of its changes is in the plan any more")
        for one in seen.values()
        if one.key not in keys and one.state is State.OPEN and not one.adopted
    ]


def _step(item: Item, seen: Seen | None, wanted: Files, reopen: bool, overwrite: bool) -> Step:
    made = Step(todo=Todo.OPEN, key=item.key, item=item, seen=seen)
    if seen is None:
        return made
    pull = seen.pull
    if seen.state is State.CLOSED and not reopen and pull:
        return replace(made, todo=Todo.REJECTED, why=f"#{pull.number} was closed; open it again with --reopen")
    if seen.adopted and pull:
        return replace(made, todo=Todo.ADOPTED, why=f"#{pull.number} of {quoted(pull.author)} stands for it")
    if pull and HOLD in pull.labels:
        return replace(made, todo=Todo.HELD, why=f"#{pull.number} has the label {HOLD}")
    if seen.tip and not seen.ours and not overwrite:
        return replace(made, todo=Todo.DIVERGED, why=f"{seen.branch} has commits of others; replace with --overwrite")
    same = seen.tip is not None and (seen.ours or overwrite) and dict(seen.files) == dict(wanted)
    if seen.state is State.OPEN:
        return replace(made, todo=Todo.KEEP if same else Todo.UPDATE, pushed=same)
    return replace(made, pushed=same)


def _after_earlier(step: Step, lowest: int, closed: set[str]) -> Step:
    if step.item is None or step.todo not in (Todo.OPEN, Todo.UPDATE):
        return step
    if step.item.phase > lowest:
        return replace(step, todo=Todo.BLOCKED, why=f"phase {lowest + 1} is not merged yet")
    if left := sorted(closed.intersection(step.item.paths)):  # what it builds on will not come
        return replace(step, todo=Todo.BLOCKED, why=f"an earlier phase was closed that changes {quoted(left[0])}")
    return step


# ---- waves -------------------------------------------------------------------------------------


def admitted(
    steps: Sequence[Step],
    seen: Iterable[Seen],
    limits: Limits,
    statuses: Mapping[str, Status],
    now: float,
) -> list[Step]:
    """The steps, with those that have to wait for others. `statuses` are of the open pull requests, by key.

    `now` is in seconds since 1970.
    """
    counts = _Counts(limits, [one for one in seen if one.pull], {s.key: s.item for s in steps if s.item}, now)
    failing = sorted(key for key, status in statuses.items() if status.checks is Checks.FAILED)
    told = []
    for step in steps:
        item = step.item if step.todo is Todo.OPEN else None
        why = (_stopped(failing) or counts.full(item) or counts.untried(statuses)) if item else ""
        if item and not why:
            counts.add(item)
        told.append(replace(step, todo=Todo.WAITING, why=why) if why else step)
    return told


def _stopped(failing: Sequence[str]) -> str:
    if not failing:
        return ""
    more = f" and {len(failing) - 1} more" if len(failing) > 1 else ""
    return f"the checks of {failing[0]}{more} fail"


class _Counts:
    """What is open, and what may still be opened."""

    def __init__(self, limits: Limits, seen: Sequence[Seen], items: Mapping[str, Item], now: float) -> None:
        self.limits = limits
        opened = [one for one in seen if one.state is State.OPEN]
        self.tried = self.tried_before = len([one for one in seen if one.state in (State.OPEN, State.MERGED)])
        self.open = len(opened)
        self.owners = Counter(owner for one in opened for owner in _owners(items.get(one.key)))
        self.directories = Counter(folder for one in opened for folder in _directories(one.files))
        self.lately = len([one for one in seen if one.pull and one.pull.created > now - 3600])

    def full(self, item: Item) -> str:
        """Why no more may be opened, for an item of these owners and directories."""
        limits = self.limits
        if limits.open and self.open >= limits.open:
            return f"{self.open} are open, --max-open {limits.open}"
        if limits.per_hour and self.lately >= limits.per_hour:
            return f"{self.lately} were opened in the last hour, --per-hour {limits.per_hour}"
        for owner in item.owners:
            if limits.open_by_owner and self.owners[owner] >= limits.open_by_owner:
                return f"{owner} has {self.owners[owner]} to review, --max-open-per-owner {limits.open_by_owner}"
        for folder in _directories(item.paths):
            if limits.open_by_directory and self.directories[folder] >= limits.open_by_directory:
                count = self.directories[folder]
                return f"{folder} has {count} open, --max-open-per-directory {limits.open_by_directory}"
        return ""

    def untried(self, statuses: Mapping[str, Status]) -> str:
        """Why the first ones have to pass before others are opened."""
        first = self.limits.canary
        passed = all(status.checks is Checks.PASSED for status in statuses.values())
        if not first or self.tried < first or (self.tried_before >= first and passed):
            return ""
        return f"the checks of the first have not passed yet, --canary {first}"

    def add(self, item: Item) -> None:
        self.tried += 1
        self.open += 1
        self.lately += 1
        self.owners.update(item.owners)
        self.directories.update(_directories(item.paths))


def _owners(item: Item | None) -> tuple[str, ...]:
    return item.owners if item else ()


def _directories(paths: Iterable[str]) -> set[str]:
    """The folders at the top that they lie in, `.` for a file at the top."""
    return {path.partition("/")[0] if "/" in path else "." for path in paths}
