"""GitHub: a repository's pull requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from . import github_merging, github_state, github_suggesting
from .asking import Reply
from .find import checked_name
from .github_host import GitHubAPI
from .github_like import GitHubLike
from .known import Kind
from .values import (
    Capabilities,
    Merged,
    Method,
    PullRequest,
    Status,
    Suggestion,
    Wanted,
)

CAPABILITIES = Capabilities(
    drafts=True, auto_merge=True, team_reviewers=True, merge_queue=True, stacks=True, suggestions=True
)


class GitHubHost(GitHubAPI):
    """GitHub itself, or one of a company's own."""

    def repository(self, name: str) -> GitHub:
        return GitHub(self, checked_name(name, Kind.GITHUB))


class GitHub(GitHubLike[GitHubAPI]):
    """One repository."""

    kind = Kind.GITHUB
    capabilities = CAPABILITIES

    def __init__(self, host: GitHubAPI, name: str) -> None:
        super().__init__(host, name)
        self._asked: dict[int, str] = {}  # the ids of requests to merge that were made here

    def pull_requests(self, prefix: str, since: float = 0.0) -> Sequence[PullRequest]:
        query = {"state": "all", "sort": "created", "direction": "desc"}
        listed = self._host.pages("list pull requests", self._path("pulls"), query)
        return self._begun(listed, prefix, since)

    def create(self, wanted: Wanted) -> PullRequest:
        body = {"title": wanted.title, "head": wanted.branch, "base": wanted.base, "body": wanted.body}
        reply = self._open(wanted, body | ({"draft": True} if wanted.draft else {}))
        if reply.code == 422 and wanted.draft and "draft" in reply.message.lower():  # not every plan has them
            reply = self._open(wanted, body)
        told = reply.json() if reply.ok else self._opened(wanted)
        if told is None:
            raise self._host.asking.failed(f"open a pull request for {wanted.branch}", reply)
        pull = self._read(told)
        reviewers, labels = self._lacking(pull, wanted)
        asked = self._request_reviews(pull.number, reviewers)
        self.add_labels(pull.number, labels)
        return replace(pull, labels=(*pull.labels, *labels), reviewers=(*pull.reviewers, *asked))

    def _open(self, wanted: Wanted, body: dict[str, Any]) -> Reply:
        what, done = f"open a pull request for {wanted.branch}", partial(self._done, wanted)
        return self._host.ask(what, "POST", self._path("pulls"), body, done=done, repeatable=False, expected=(422,))

    def _opened(self, wanted: Wanted) -> dict[str, Any] | None:
        query = {"state": "open", "head": f"{self._owner}:{wanted.branch}", "base": wanted.base}
        listed = self._host.pages("list pull requests", self._path("pulls"), query)
        return next((p for p in listed if p["head"]["ref"] == wanted.branch), None)

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        if labels:
            path = self._path("issues", number, "labels")
            self._host.ask(f"label pull request {number}", "POST", path, {"labels": list(labels)})

    def status(self, pull: PullRequest) -> Status:
        return Status(
            checks=github_state.checks(self._host.pages, self._path("commits", pull.sha)),
            review=github_state.review(self._host.pages, self._of(pull.number, "reviews")),
            mergeable=self._get(pull.number).get("mergeable"),
        )

    def merge(self, pull: PullRequest, method: Method) -> Merged:
        return github_merging.merge(self._host, self._of(pull.number), pull, method, self._asked)

    def merging(self, pull: PullRequest) -> Merged | None:
        paths = self._of(pull.number), self._path("issues", pull.number)
        return github_merging.merging(self._host, *paths, pull, self._asked)

    def auto_merge(self, pull: PullRequest, method: Method) -> None:
        github_merging.auto_merge(self._host, self._get(pull.number), pull, method)

    def stack(self, numbers: Sequence[int]) -> None:
        github_merging.stack(self._host, self._path("stacks"), list(numbers))

    def suggest(self, pull: PullRequest, suggestions: Sequence[Suggestion]) -> None:
        github_suggesting.suggest(self._host, self._of(pull.number, "reviews"), pull, suggestions)
