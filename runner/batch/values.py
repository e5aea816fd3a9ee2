"""What a batch is made of: items. One item is one branch and one pull request."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """A part of a plan that is delivered by itself: the changes of these files, all of a change or nothing of it."""

    key: str  # its name within the batch: stays the same when the plan is made again; the branch ends with it
    about: str  # what its files have in common, for a title: an owner, a directory, a codemod
    paths: tuple[str, ...]  # sorted; of every file that it changes, makes or deletes
    changes: tuple[str, ...]  # the keys of its changes, in the order of the plan
    lines: int = 0  # lines that a diff would add and remove
    size: int = 0  # bytes of its diff
    owners: tuple[str, ...] = ()  # of its files, by CODEOWNERS: `@login`, `@org/team` or an address
    unsafe: int = 0  # changes that may change behaviour
    phase: int = 0  # it waits until all items of lower phases are merged
    step: int | None = None  # it holds this step of the plan alone; None: all steps
    stage: int | None = None  # and of that step this stage alone
    notes: tuple[str, ...] = field(default=())  # why it is larger than the caps allow, say
