"""What a forge is asked and what it answers, whatever its kind: plain data, and one protocol.

The words are GitHub's: a merge request of GitLab is a pull request here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

from ..errors import RunFailed

Method = Literal["merge", "squash", "rebase"]


class State(Enum):
    """What became of a pull request."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"  # and not merged


class Checks(Enum):
    """What the checks of a head commit say together."""

    NONE = "none"
    PENDING = "pending"
    PASSED = "passed"
    FAILED = "failed"


class Review(Enum):
    """What the reviewers say together: the last word of each counts."""

    NONE = "none"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes requested"


class Merging(Enum):
    """What became of a request to merge."""

    MERGED = "merged"
    QUEUED = "queued"  # in a queue or a train, or once the checks pass: not merged yet
    EVICTED = "evicted"  # a queue has put it out
    REFUSED = "refused"


@dataclass(frozen=True)
class Merged:
    """What became of a request to merge, and why, in the forge's own words."""

    outcome: Merging
    why: str = ""


@dataclass(frozen=True)
class Capabilities:
    """What a forge can do beyond pull requests with reviewers."""

    labels: bool = True
    drafts: bool = False
    auto_merge: bool = False
    team_reviewers: bool = False
    merge_queue: bool = False  # GitHub's merge-async, GitLab's merge trains
    stacks: bool = False
    suggestions: bool = False  # a review whose comments offer replacements
    tested: bool = True  # False: against a fake only


@dataclass(frozen=True)
class PullRequest:
    """One pull request as the forge has it now."""

    number: int
    url: str
    branch: str  # its head, without refs/heads/
    sha: str  # of its head
    base: str  # the branch it goes into
    state: State
    title: str
    body: str
    author: str = ""
    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()  # people and teams (`org/team`) who are asked for a review, and gave none yet
    draft: bool = False
    created: float = 0.0  # seconds since 1970
    same_repository: bool = True  # False: its head lies in a fork


@dataclass(frozen=True)
class Wanted:
    """A pull request as it shall be."""

    branch: str
    base: str
    title: str
    body: str
    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()  # logins, and teams as `org/team`
    draft: bool = False


@dataclass(frozen=True)
class Status:
    """How far a pull request is."""

    checks: Checks = Checks.NONE
    review: Review = Review.NONE
    mergeable: bool | None = None  # None: the forge has not found out yet


@dataclass(frozen=True)
class Suggestion:
    """A replacement for lines `first` to `last` (1-based, both included) of a file in a pull request."""

    path: str
    first: int
    last: int
    text: str  # the new lines
    reason: str


class ForgeFailed(RunFailed):
    """A forge did not do what it was asked. The text names what was asked and what it answered, never a token."""

    def __init__(self, told: str, *, code: int = 0, again: bool = False) -> None:
        super().__init__(told)
        self.code = code  # of HTTP; 0 where there was no answer
        self.again = again  # whether the same request may succeed later


class Forge(Protocol):
    """One repository on a forge. Every method raises ForgeFailed."""

    @property
    def capabilities(self) -> Capabilities: ...

    def default_branch(self) -> str: ...

    def estimate(self, pulls: int) -> float:
        """Seconds until so many are opened, with labels and reviewers, as fast as the forge lets us."""

    def pull_requests(self, prefix: str, since: float = 0.0) -> Sequence[PullRequest]:
        """All whose branch begins with `prefix`, in every state, newest first: one listing, not one request each.

        It ends at those made before `since`, for a caller who knows that none of those can matter.
        """

    def get(self, number: int) -> PullRequest: ...

    def files(self, number: int) -> Sequence[str]:
        """The paths that it changes."""

    def create(self, wanted: Wanted) -> PullRequest:
        """Open it, with labels and reviewers; where one for this branch and base is open already, that one is given."""

    def edit(
        self, number: int, *, title: str | None = None, body: str | None = None, base: str | None = None
    ) -> None:
        """Change what is given."""

    def add_labels(self, number: int, labels: Sequence[str]) -> None: ...

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        """Ask those who can be asked. One who cannot, a stranger say, is told of and costs nobody else."""

    def comment(self, number: int, text: str) -> None:
        """Say it once: where this very text stands already nothing is added."""

    def status(self, pull: PullRequest) -> Status: ...

    def merge(self, pull: PullRequest, method: Method) -> Merged:
        """Merge it, if its head still is `pull.sha`, through the queue where there is one."""

    def merging(self, pull: PullRequest) -> Merged | None:
        """What became of an earlier request to merge; None where there was none."""

    def auto_merge(self, pull: PullRequest, method: Method) -> None:
        """Have the forge merge it when its checks pass."""

    def close(self, number: int) -> None: ...

    def reopen(self, number: int) -> None: ...

    def stack(self, numbers: Sequence[int]) -> None:
        """Tell that these stand on each other, the bottom one first."""

    def suggest(self, pull: PullRequest, suggestions: Sequence[Suggestion]) -> None:
        """One review with all of them. Only lines in the pull request's diff can be commented on."""


class Host(Protocol):
    """A forge with its repositories."""

    def repository(self, name: str) -> Forge:
        """The one called `owner/name`."""

    def repositories(self, organisation: str) -> Sequence[str]:
        """Those of an organisation or user that are not archived, by `owner/name`."""

    def search(self, query: str) -> Sequence[str]: ...
