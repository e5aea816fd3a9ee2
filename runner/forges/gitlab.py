"""GitLab: a project's merge requests, which are called pull requests here as everywhere."""

from __future__ import annotations

import hashlib
import re
import urllib.parse
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any

from . import gitlab_merging
from .find import checked_name
from .gitlab_host import GitLabAPI
from .known import Kind
from .pulls import Pulls, suggested
from .rest import given, logins, understood
from .values import (
    Capabilities,
    Checks,
    ForgeFailed,
    Merged,
    Method,
    PullRequest,
    Review,
    State,
    Status,
    Suggestion,
    Wanted,
)

CAPABILITIES = Capabilities(drafts=True, auto_merge=True, merge_queue=True, suggestions=True)
_DRAFT = re.compile(r"\s*(draft:|\[draft\]|\(draft\))\s*", re.IGNORECASE)
_CHECKS = {
    "success": Checks.PASSED,
    "skipped": Checks.PASSED,
    "failed": Checks.FAILED,
    "canceled": Checks.FAILED,
    "canceling": Checks.FAILED,
}


class GitLabHost(GitLabAPI):
    """GitLab itself, or one of a company's own."""

    def repository(self, name: str) -> GitLab:
        return GitLab(self, checked_name(name, Kind.GITLAB))


class GitLab(Pulls[GitLabAPI]):
    """One project."""

    capabilities = CAPABILITIES
    pulls = "merge_requests"
    word = "merge request"

    def __init__(self, host: GitLabAPI, name: str) -> None:
        super().__init__(host, name)
        self._boarded: set[int] = set()

    @cached_property
    def _repository(self) -> dict[str, Any]:
        return self._host.get(f"show {self._told}", f"/projects/{urllib.parse.quote(self._told, safe='')}")

    def _path(self, *parts: object) -> str:
        return "/".join((f"/projects/{self._repository['id']:d}", *map(str, parts)))

    def estimate(self, pulls: int) -> float:
        return self._host.estimate(pulls)

    def pull_requests(self, prefix: str, since: float = 0.0) -> Sequence[PullRequest]:
        query = {"state": "all", "scope": "all", "order_by": "created_at", "sort": "desc"}
        if since:
            query["created_after"] = datetime.fromtimestamp(since, UTC).isoformat()
        listed = self._host.pages("list merge requests", self._path("merge_requests"), query)
        found = {told["iid"]: self._read(told) for told in listed if told["source_branch"].startswith(prefix)}
        return list(found.values())

    def files(self, number: int) -> Sequence[str]:
        listed = self._host.pages(f"list the files of merge request {number}", self._of(number, "diffs"))
        return [str(told["new_path"]) for told in listed]

    def create(self, wanted: Wanted) -> PullRequest:
        """Labels and reviewers go along: all of it or nothing."""
        what = f"open a merge request for {wanted.branch}"
        ids = self._ids(wanted.reviewers)
        body = {
            "source_branch": wanted.branch,
            "target_branch": wanted.base,
            "title": f"Draft: {wanted.title}" if wanted.draft else wanted.title,
            "description": wanted.body,
            "labels": ",".join(wanted.labels),
            **({"reviewer_ids": ids} if ids else {}),
        }

        path, done = self._path("merge_requests"), partial(self._done, wanted)
        reply = self._host.ask(what, "POST", path, body, done=done, repeatable=False, expected=(409,))
        if reply.code != 409:
            return self._read(reply.json())
        found = self._opened(wanted)
        if found is None:
            raise self._host.asking.failed(what, reply)
        self.add_labels(found["iid"], wanted.labels)
        self.request_reviews(found["iid"], wanted.reviewers)
        return self.get(found["iid"])

    def _opened(self, wanted: Wanted) -> dict[str, Any] | None:
        query = {
            "state": "opened",
            "scope": "all",
            "source_branch": wanted.branch,
            "target_branch": wanted.base,
        }
        listed = self._host.pages("list merge requests", self._path("merge_requests"), query)
        return next((told for told in listed if told["source_project_id"] == told["target_project_id"]), None)

    def edit(
        self, number: int, *, title: str | None = None, body: str | None = None, base: str | None = None
    ) -> None:
        """That it is a draft stands in its title, and stays."""
        if title is not None and self._get(number).get("draft"):
            title = f"Draft: {title}"
        if words := given(title=title, description=body, target_branch=base):
            self._put(f"edit merge request {number}", number, words)

    def _put(self, what: str, number: int, body: Mapping[str, Any]) -> None:
        self._host.ask(what, "PUT", self._of(number), dict(body))

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        if labels:
            self._put(f"label merge request {number}", number, {"add_labels": ",".join(labels)})

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        """People alone: GitLab asks no group."""
        there = [reviewer["id"] for reviewer in self._get(number).get("reviewers") or ()]
        if missing := [one for one in self._ids(reviewers) if one not in there]:
            self._put(f"ask for a review of {number}", number, {"reviewer_ids": [*there, *missing]})

    def _ids(self, reviewers: Sequence[str]) -> list[int]:
        """Who is unknown, a group say, is told."""
        found: dict[str, int] = {}
        for name in (name for name in logins(reviewers) if "/" not in name):
            for user in self._host.pages(f"find {name}", "/users", {"username": name}):
                found[name] = user["id"]
            if name not in found:
                self._host.tell(
                    f"{self._host.asking.host}: {name} cannot be asked for a review: there is no such user"
                )
        return list(found.values())

    def comment(self, number: int, text: str) -> None:
        self._say(number, "notes", {"body": text}, text.strip())

    def _say(self, number: int, where: str, body: Mapping[str, Any], mark: str) -> None:
        """Once: what holds the mark is there already."""

        def there() -> bool:
            notes = self._host.pages(f"list notes on {number}", self._of(number, "notes"))
            return any(mark in (note["body"] or "").replace("\r\n", "\n") for note in notes)

        self._host.once(f"comment on merge request {number}", self._of(number, where), body, there)

    def status(self, pull: PullRequest) -> Status:
        told = self._get(pull.number)
        pipeline = told.get("head_pipeline")
        checks = _CHECKS.get(pipeline["status"], Checks.PENDING) if pipeline else Checks.NONE
        mergeable = {"can_be_merged": True, "cannot_be_merged": False}.get(told.get("merge_status", ""))
        return Status(
            checks=checks, review=self._review(pull.number), mergeable=mergeable and not told.get("has_conflicts")
        )

    def _review(self, number: int) -> Review:
        listed = self._host.pages(f"list the reviewers of {number}", self._of(number, "reviewers"))
        if any(told["state"] == "requested_changes" for told in listed):
            return Review.CHANGES_REQUESTED
        told = self._host.get(f"show the approvals of {number}", self._of(number, "approvals"))
        return Review.APPROVED if told.get("approved") and told.get("approved_by") else Review.NONE

    def merge(self, pull: PullRequest, method: Method) -> Merged:
        train = self._train(pull.number)
        return gitlab_merging.merge(self._host, self._of(pull.number), train, pull, method, self._boarded)

    def merging(self, pull: PullRequest) -> Merged | None:
        train = self._train(pull.number)
        return gitlab_merging.merging(self._host, self._of(pull.number), train, pull, self._boarded)

    def _train(self, number: int) -> str:
        """Where its car in the merge train is; "" where the project has no trains."""
        trains = self._repository.get("merge_trains_enabled")
        return self._path("merge_trains/merge_requests", number) if trains else ""

    def auto_merge(self, pull: PullRequest, method: Method) -> None:
        gitlab_merging.auto_merge(self._host, self._of(pull.number), self._get(pull.number), pull, method)

    def close(self, number: int) -> None:
        self._put(f"close merge request {number}", number, {"state_event": "close"})

    def reopen(self, number: int) -> None:
        self._put(f"open merge request {number} again", number, {"state_event": "reopen"})

    def stack(self, numbers: Sequence[int]) -> None:
        raise ForgeFailed("GitLab has no stacks of merge requests")

    def suggest(self, pull: PullRequest, suggestions: Sequence[Suggestion]) -> None:
        """Each is a thread of its own: GitLab's reviews of several comments are drafts of a person first."""
        refs = self._get(pull.number)["diff_refs"] if suggestions else {}
        for one in suggestions:
            told = suggested(one, f"suggestion:-{one.last - one.first}+0")
            digest = hashlib.sha256(repr((pull.sha, one)).encode()).hexdigest()[:16]
            mark = f"<!-- codemod:suggestion {digest} -->"
            at = {"position_type": "text", "old_path": one.path, "new_path": one.path, "new_line": one.last}
            self._say(pull.number, "discussions", {"body": f"{told}\n\n{mark}", "position": {**refs, **at}}, mark)

    def _read(self, told: Mapping[str, Any]) -> PullRequest:
        with understood(self._host.asking.host):
            state = {"merged": State.MERGED, "closed": State.CLOSED}.get(told["state"], State.OPEN)
            draft = bool(told.get("draft"))
            return PullRequest(
                number=told["iid"],
                url=told["web_url"],
                branch=told["source_branch"],
                sha=told["sha"] or "",
                base=told["target_branch"],
                state=state,
                title=_DRAFT.sub("", told["title"], count=1) if draft else told["title"],
                body=told.get("description") or "",
                author=(told.get("author") or {}).get("username", ""),
                labels=tuple(told.get("labels") or ()),
                reviewers=tuple(user["username"] for user in told.get("reviewers") or ()),
                draft=draft,
                created=datetime.fromisoformat(told["created_at"]).timestamp(),
                same_repository=told["source_project_id"] == told["target_project_id"],
            )
