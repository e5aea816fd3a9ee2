"""What a forge knows of repositories and pull requests, and what git and people do to it. The words are GitHub's."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.forge.repositories import Changed, Repository

COUNTER = itertools.count(1000)


def now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


@dataclass
class Comment:
    author: str
    body: str
    id: int = field(default_factory=COUNTER.__next__)
    created: str = field(default_factory=now)


@dataclass
class Review:
    author: str
    state: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "PENDING", "DISMISSED"]
    body: str
    sha: str
    comments: list[dict[str, Any]] = field(default_factory=list)  # path, line, body, and start_line
    id: int = field(default_factory=COUNTER.__next__)
    created: str = field(default_factory=now)


@dataclass
class MergeRequest:
    """A merge that runs in the background."""

    uuid: str
    method: str
    action: str
    sha: str
    polls: int  # how often it will still say that it is not done
    status: Literal["pending", "merged", "enqueued", "failed"] = "pending"
    message: str = ""


@dataclass
class Pull:
    number: int
    title: str
    body: str | None
    branch: str
    base: str
    author: str
    head_sha: str
    fork: str = ""  # `owner/name` of another repository that its head lies in
    draft: bool = False
    state: Literal["open", "closed"] = "open"
    labels: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)  # slugs
    assignees: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    auto_merge: str | None = None  # the method
    squash: bool = False
    places: list[tuple[dict[str, Any], str]] = field(default_factory=list)  # of comments in the diff, as they came
    merge_request: MergeRequest | None = None
    queue_events: list[Literal["added_to_merge_queue", "removed_from_merge_queue"]] = field(default_factory=list)
    merge_commit: str | None = None
    merged_at: str | None = None
    merged_by: str | None = None
    closed_at: str | None = None
    created: str = field(default_factory=now)
    updated: str = field(default_factory=now)
    id: int = field(default_factory=COUNTER.__next__)

    @property
    def merged(self) -> bool:
        return self.merged_at is not None

    @property
    def open(self) -> bool:
        return self.state == "open"


@dataclass
class Stack:
    number: int
    members: list[int]  # bottom first
    created: str = field(default_factory=now)
    id: int = field(default_factory=COUNTER.__next__)


@dataclass
class Hosted(Repository):
    pulls: dict[int, Pull] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    checks: dict[str, dict[str, str | None]] = field(default_factory=dict)  # by commit and name; None: it runs
    statuses: dict[str, dict[str, str]] = field(default_factory=dict)
    stacks: list[Stack] = field(default_factory=list)
    queue: list[int] = field(default_factory=list)
    merge_queue: bool = False
    auto_merge: bool = True
    has_stacks: bool = True
    strangers: set[str] = field(default_factory=set)  # who may not review
    delete_merged: bool = False
    pull_ref: str = "refs/pull/{}/head"
    polls: int = 1  # how often a merge in the background is asked for until it is done

    # ---- branches move -------------------------------------------------------------------------

    def update(self, who: str) -> None:
        """Bring the open pull requests to what the branches are now."""
        heads = self.heads()
        for pull in self.pulls.values():
            if not pull.open or pull.fork:
                continue
            if (sha := heads.get(pull.branch)) is None:
                self.close(pull)
            elif pull.base not in heads:
                below = next((p for p in self.pulls.values() if p.merged and p.branch == pull.base), None)
                if below is not None and below.base in heads:
                    pull.base = below.base
                else:
                    self.close(pull)
            elif sha != pull.head_sha:
                pull.head_sha, pull.updated = sha, now()
                self.set(self.pull_ref.format(pull.number), sha)
                if self.contains(heads[pull.base], sha):
                    self.close(pull)  # pushed back to the base: nothing is left of it
            elif self.contains(heads[pull.base], sha):
                self._merged(pull, sha, who)  # somebody pushed it to the base by hand

    def close(self, pull: Pull) -> None:
        pull.state, pull.closed_at, pull.updated = "closed", now(), now()
        pull.auto_merge = None
        if pull.number in self.queue:
            self.queue.remove(pull.number)

    def _merged(self, pull: Pull, commit: str, who: str) -> None:
        self.close(pull)
        pull.merge_commit, pull.merged_at, pull.merged_by = commit, now(), who
        if self.delete_merged and not pull.fork and self.head(pull.branch):
            self.delete(pull.branch)

    # ---- pull requests -------------------------------------------------------------------------

    def open_pull(self, branch: str, base: str, title: str, body: str | None, author: str, **more: Any) -> Pull:
        """One more; whether it may be is for the caller to look at."""
        fork = more.get("fork", "")
        sha = more.pop("sha", None) or self.heads()[branch]
        pull = Pull(max(self.pulls, default=0) + 1, title, body, branch, base, author, sha, **more)
        self.pulls[pull.number] = pull
        self.set(self.pull_ref.format(pull.number), sha)
        assert not fork or fork != self.name
        return pull

    def open_for(self, branch: str, base: str | None = None, fork: str = "") -> Iterator[Pull]:
        for pull in self.pulls.values():
            if pull.open and pull.branch == branch and pull.fork == fork and base in (None, pull.base):
                yield pull

    def files(self, pull: Pull) -> Sequence[Changed]:
        return self.changed(self._base_sha(pull), pull.head_sha)

    def shows(self, pull: Pull, path: str, line: int | None) -> bool:
        """Whether its diff shows a line of a file, so that it can be commented on."""
        return any(line in hunk for file in self.files(pull) if file.path == path for hunk in file.hunks)

    def commits(self, pull: Pull) -> Sequence[str]:
        return self.commits_between(self._base_sha(pull), pull.head_sha)

    def _base_sha(self, pull: Pull) -> str:
        """Of a merged one: what the base was before."""
        if pull.merge_commit and pull.merge_commit != pull.head_sha:
            return f"{pull.merge_commit}^1"
        return self.heads().get(pull.base) or pull.head_sha

    def mergeable(self, pull: Pull) -> bool:
        tip = self.heads().get(pull.base)
        return pull.open and tip is not None and self.merged_tree(tip, pull.head_sha) is not None

    def conclusion(self, sha: str) -> Literal["none", "pending", "failure", "success"]:
        told = [*self.checks.get(sha, {}).values(), *self.statuses.get(sha, {}).values()]
        if not told:
            return "none"
        if any(t in ("failure", "error", "timed_out", "cancelled", "action_required") for t in told):
            return "failure"
        return "pending" if any(t in (None, "pending") for t in told) else "success"

    def merge(self, pull: Pull, method: str, who: str, title: str = "", text: str = "") -> str | None:
        """Move the base branch: the new commit, or None where it cannot be."""
        tip = self.heads()[pull.base]
        tree = self.merged_tree(tip, pull.head_sha)
        if tree is None:
            return None
        if method == "merge":
            said = title or f"Merge pull request #{pull.number} from {self.owner}/{pull.branch}"
            made = self.commit_tree(tree, f"{said}\n\n{text or pull.title}\n", tip, pull.head_sha)
        elif method == "squash":
            said = title or f"{pull.title} (#{pull.number})"
            made = self.commit_tree(tree, f"{said}\n\n{text}".strip() + "\n", tip)
        else:
            commits = self.commits(pull)
            if not self.contains(pull.head_sha, tip) and len(commits) > 1:
                return None
            made = tip
            for commit in commits:
                last = tree if commit == commits[-1] else self.once("rev-parse", f"{commit}^{{tree}}")
                made = self.commit_tree(last, self.once("log", "-1", "--format=%B", commit), made)
        self.set(f"refs/heads/{pull.base}", made)
        self._merged(pull, made, who)
        self.update(who)
        return made

    def stack_of(self, pull: Pull) -> Stack | None:
        return next((s for s in self.stacks if pull.number in s.members), None)

    def below(self, pull: Pull) -> list[Pull]:
        """The open ones that are merged with it, the bottom one first, itself last."""
        stack = self.stack_of(pull)
        members = stack.members[: stack.members.index(pull.number) + 1] if stack else [pull.number]
        return [p for p in map(self.pulls.__getitem__, members) if p.open]
