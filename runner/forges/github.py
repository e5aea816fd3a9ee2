"""GitHub: a repository's pull requests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from . import github_merging, github_state, github_suggesting
from .asking import Reply
from .find import checked_name
from .github_host import GitHubAPI
from .known import Kind
from .rest import understood
from .values import (
    Capabilities,
    Merged,
    Method,
    PullRequest,
    State,
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


class GitHub:
    """One repository."""

    def __init__(self, host: GitHubAPI, name: str) -> None:
        self._host = host
        self._told = name
        self._asked: dict[int, str] = {}  # the ids of requests to merge that were made here

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    @cached_property
    def _repository(self) -> dict[str, Any]:
        told = self._host.get(f"show {self._told}", f"/repos/{self._told}")
        with understood(self._host.asking.host):
            checked_name(told["full_name"], Kind.GITHUB)
        return told

    @property
    def name(self) -> str:
        """As GitHub has it: one that was renamed leads elsewhere, and what is asked of a listing does not go along."""
        return str(self._repository["full_name"])

    @property
    def _owner(self) -> str:
        return self.name.partition("/")[0]

    def _path(self, *parts: object) -> str:
        return "/".join((f"/repos/{self.name}", *map(str, parts)))

    def default_branch(self) -> str:
        return str(self._repository["default_branch"])

    def estimate(self, pulls: int) -> float:
        return self._host.estimate(3 * pulls)

    def pull_requests(self, prefix: str, since: float = 0.0) -> Sequence[PullRequest]:
        query = {"state": "all", "sort": "created", "direction": "desc"}
        found: dict[int, PullRequest] = {}  # one that is opened meanwhile moves the others to the next page
        for told in self._host.pages("list pull requests", self._path("pulls"), query):
            if _seconds(told["created_at"]) < since:
                break
            if told["head"]["ref"].startswith(prefix):
                found[told["number"]] = self._read(told)
        return list(found.values())

    def get(self, number: int) -> PullRequest:
        return self._read(self._get(number))

    def _get(self, number: int) -> dict[str, Any]:
        return self._host.get(f"show pull request {number}", self._path("pulls", number))

    def files(self, number: int) -> Sequence[str]:
        listed = self._host.pages(f"list the files of pull request {number}", self._path("pulls", number, "files"))
        return [str(told["filename"]) for told in listed]

    def create(self, wanted: Wanted) -> PullRequest:
        body = {"title": wanted.title, "head": wanted.branch, "base": wanted.base, "body": wanted.body}
        reply = self._open(wanted, body | ({"draft": True} if wanted.draft else {}))
        if reply.code == 422 and wanted.draft and "draft" in reply.message.lower():  # not every plan has them
            reply = self._open(wanted, body)
        told = reply.json() if reply.ok else self._opened(wanted)
        if told is None:
            raise self._host.asking.failed(f"open a pull request for {wanted.branch}", reply)
        pull = self._read(told)
        mine = pull.author.lower()  # nobody reviews what they opened
        others = [r for r in wanted.reviewers if r not in pull.reviewers and r.lower() != mine]
        asked = self._request_reviews(pull.number, others)
        if missing := [label for label in wanted.labels if label not in pull.labels]:
            self.add_labels(pull.number, missing)
        return replace(pull, labels=(*pull.labels, *missing), reviewers=(*pull.reviewers, *asked))

    def _open(self, wanted: Wanted, body: dict[str, Any]) -> Reply:
        def done() -> Reply | None:
            found = self._opened(wanted)
            return Reply(code=200, headers={}, text=json.dumps(found)) if found else None

        what = f"open a pull request for {wanted.branch}"
        return self._host.ask(what, "POST", self._path("pulls"), body, done=done, repeatable=False, expected=(422,))

    def _opened(self, wanted: Wanted) -> dict[str, Any] | None:
        """The pull request that is open for this branch and base."""
        query = {"state": "open", "head": f"{self._owner}:{wanted.branch}", "base": wanted.base}
        listed = self._host.pages("list pull requests", self._path("pulls"), query)
        return next((p for p in listed if p["head"]["ref"] == wanted.branch), None)

    def edit(
        self, number: int, *, title: str | None = None, body: str | None = None, base: str | None = None
    ) -> None:
        given = {key: value for key, value in (("title", title), ("body", body), ("base", base)) if value is not None}
        if given:
            self._patch(f"edit pull request {number}", number, given)

    def _patch(self, what: str, number: int, body: Mapping[str, Any]) -> None:
        self._host.ask(what, "PATCH", self._path("pulls", number), dict(body))

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        if labels:
            path = self._path("issues", number, "labels")
            self._host.ask(f"label pull request {number}", "POST", path, {"labels": list(labels)})

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        self._request_reviews(number, reviewers)

    def _request_reviews(self, number: int, reviewers: Sequence[str]) -> list[str]:
        """Who was asked. Nobody is by an address."""
        names = [name.removeprefix("@") for name in reviewers]
        names = [name for name in names if "@" not in name]
        path = self._path("pulls", number, "requested_reviewers")

        def ask(some: Sequence[str]) -> Reply:
            people = [name for name in some if "/" not in name]
            teams = [name.partition("/")[2] for name in some if "/" in name]
            body = {"reviewers": people, "team_reviewers": teams}
            return self._host.ask(f"ask for a review of {number}", "POST", path, body, expected=(422,))

        return self._host.asked_for_review(ask, names)

    def comment(self, number: int, text: str) -> None:
        path, what = self._path("issues", number, "comments"), f"comment on pull request {number}"

        def done() -> Reply | None:
            same = any(_same(told["body"], text) for told in self._host.pages(f"list comments on {number}", path))
            return Reply(code=200, headers={}, text="") if same else None

        if done() is None:
            self._host.ask(what, "POST", path, {"body": text}, done=done, repeatable=False)

    def status(self, pull: PullRequest) -> Status:
        return Status(
            checks=github_state.checks(self._host.pages, self._path("commits", pull.sha)),
            review=github_state.review(self._host.pages, self._path("pulls", pull.number, "reviews")),
            mergeable=self._get(pull.number).get("mergeable"),
        )

    def merge(self, pull: PullRequest, method: Method) -> Merged:
        return github_merging.merge(self._host, self._path("pulls", pull.number), pull, method, self._asked)

    def merging(self, pull: PullRequest) -> Merged | None:
        paths = self._path("pulls", pull.number), self._path("issues", pull.number)
        return github_merging.merging(self._host, *paths, pull, self._asked)

    def auto_merge(self, pull: PullRequest, method: Method) -> None:
        github_merging.auto_merge(self._host, self._get(pull.number), pull, method)

    def stack(self, numbers: Sequence[int]) -> None:
        github_merging.stack(self._host, self._path("stacks"), list(numbers))

    def suggest(self, pull: PullRequest, suggestions: Sequence[Suggestion]) -> None:
        github_suggesting.suggest(self._host, self._path("pulls", pull.number, "reviews"), pull, suggestions)

    def close(self, number: int) -> None:
        self._patch(f"close pull request {number}", number, {"state": "closed"})

    def reopen(self, number: int) -> None:
        self._patch(f"open pull request {number} again", number, {"state": "open"})

    def _read(self, told: Mapping[str, Any]) -> PullRequest:
        with understood(self._host.asking.host):
            head, base = told["head"], told["base"]
            state = State.MERGED if told.get("merged_at") else State(told["state"])
            teams = (f"{self._owner}/{team['slug']}" for team in told.get("requested_teams") or ())
            source = (head.get("repo") or {}).get("full_name", "")
            return PullRequest(
                number=told["number"],
                url=told["html_url"],
                branch=head["ref"],
                sha=head["sha"],
                base=base["ref"],
                state=state,
                title=told["title"],
                body=told.get("body") or "",
                author=(told.get("user") or {}).get("login", ""),
                labels=tuple(label["name"] for label in told.get("labels") or ()),
                reviewers=(*(user["login"] for user in told.get("requested_reviewers") or ()), *teams),
                draft=bool(told.get("draft")),
                created=_seconds(told["created_at"]),
                same_repository=source.lower() == base["repo"]["full_name"].lower(),
            )


def _seconds(told: str | None) -> float:
    return datetime.fromisoformat(told).timestamp() if told else 0.0


def _same(told: str | None, text: str) -> bool:
    """GitHub keeps line ends as they were typed in a browser, and drops blanks at the end."""
    return (told or "").replace("\r\n", "\n").strip() == text.replace("\r\n", "\n").strip()
