"""After a run: how far the pull requests of a batch are, and what is done with them all: merge, close, adopt.

No plan is needed for it; refs and the forge are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from ..forges.values import Checks, Forge, ForgeFailed, Merged, Merging, Method, PullRequest, Review, State, Status
from .seen import HOLD, Seen
from .state import FAILED, Row


@dataclass(frozen=True)
class Progress:
    """How far one item is. `state` is one word of STATES."""

    key: str
    state: str
    pull: PullRequest | None = None
    status: Status | None = None
    why: str = ""

    @property
    def failed(self) -> bool:
        return self.state == FAILED


# from what needs a person to what is done
STATES = (
    FAILED, "diverged", "conflict", "checks failed", "changes requested", "evicted", "held", "adopted", "open",
    "approved", "queued", "pushed", "rejected", "merged",
)  # fmt: skip


def progress(forge: Forge, seen: Mapping[str, Seen], remembered: Mapping[str, Row]) -> Iterator[Progress]:
    """Every item that there is, and those that failed before anything was made of them."""
    for key, one in sorted(seen.items()):
        row = remembered.get(key)
        why = row.why if row and row.state == FAILED else ""
        try:
            status = forge.status(one.pull) if one.pull and one.state is State.OPEN else None
            queued = forge.merging(one.pull) if one.pull and one.state is State.OPEN else None
        except ForgeFailed as error:
            yield Progress(key=key, state=FAILED, pull=one.pull, why=str(error))
            continue
        yield Progress(
            key=key, state=FAILED if why else word(one, status, queued), pull=one.pull, status=status, why=why
        )
    for key, row in sorted(remembered.items()):
        if key not in seen and row.state == FAILED:
            yield Progress(key=key, state=FAILED, why=row.why)


def word(seen: Seen, status: Status | None, queued: Merged | None) -> str:
    """The state of an item, in one word: what needs a person first."""
    if seen.pull is None:
        return "pushed" if seen.ours else "diverged"
    if seen.state is State.MERGED:
        return "merged"
    if seen.state is State.CLOSED:
        return "rejected"
    if seen.adopted:
        return "adopted"
    if HOLD in seen.pull.labels:
        return "held"
    if not seen.ours:
        return "diverged"
    if queued and queued.outcome in (Merging.QUEUED, Merging.EVICTED):
        return str(queued.outcome.value)
    status = status or Status()
    if status.mergeable is False:
        return "conflict"
    if status.checks is Checks.FAILED:
        return "checks failed"
    return {Review.CHANGES_REQUESTED: "changes requested", Review.APPROVED: "approved"}.get(status.review, "open")


@dataclass(frozen=True)
class Needs:
    """What a pull request needs to be merged."""

    approval: bool = True
    checks: bool = True  # False: it may have none; those that it has must pass all the same


# ---- merge, close ------------------------------------------------------------------------------


def merge(
    forge: Forge, seen: Mapping[str, Seen], keys: Collection[str], method: Method, needs: Needs
) -> Iterator[Progress]:
    """Merge what has what it needs. What has not says why."""
    for key, one in sorted(seen.items()):
        pull = one.pull
        if pull is None or one.state is not State.OPEN or (keys and key not in keys):
            continue
        try:
            status = forge.status(pull)
            before = forge.merging(pull)
            state = word(one, status, before)
            if why := _not_yet(state, status, needs, named=key in keys):
                yield Progress(key=key, state=state, pull=pull, status=status, why=why)
                continue
            became = forge.merge(pull, method)
            refused = became.outcome is Merging.REFUSED
            state = FAILED if refused else became.outcome.value
            why = became.why or ("the forge refuses to merge it" if refused else "")
            yield Progress(key=key, state=state, pull=pull, status=status, why=why)
        except ForgeFailed as error:
            yield Progress(key=key, state=FAILED, pull=pull, why=str(error))


_WHY = {
    "diverged": "others have pushed to its branch: merge it yourself",
    "held": f"it has the label {HOLD}",
    "adopted": "it is of somebody else: merge it yourself",
    "conflict": "its base has changed the same lines: codemod batch run makes it again",
    "checks failed": "its checks fail",
    "changes requested": "a reviewer asks for changes",
    "queued": "it waits in the queue, or for its checks",
}


def _not_yet(state: str, status: Status, needs: Needs, *, named: bool) -> str:
    """Why a pull request is not merged yet; "" where it may be. What a queue has put out goes in again only by name."""
    if state == "evicted" and not named:
        return "the queue has put it out; with -k it goes in again"
    if state not in ("open", "approved", "evicted"):
        return _WHY[state]
    if status.checks is Checks.NONE:  # which is also so until the first one begins
        if needs.checks:
            return "it has no checks; --without-checks does not ask for them"
    elif status.checks is not Checks.PASSED:
        return "its checks have not passed"
    if status.review is not Review.APPROVED and needs.approval:
        return "it is not approved; --when-green does not ask for that"
    return ""


def close(
    forge: Forge, seen: Mapping[str, Seen], keys: Collection[str], comment: str, done: Callable[[Seen], None]
) -> Iterator[Progress]:
    """Close what is open. `done` is called for each that was."""
    for key, one in sorted(seen.items()):
        if one.pull is None or one.state is not State.OPEN or one.adopted or (keys and key not in keys):
            continue
        try:
            forge.close(one.pull.number)
            done(one)
            if comment:
                forge.comment(one.pull.number, comment)
            yield Progress(key=key, state="rejected", pull=one.pull)
        except ForgeFailed as error:
            yield Progress(key=key, state=FAILED, pull=one.pull, why=str(error))
