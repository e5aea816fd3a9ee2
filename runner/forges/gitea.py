"""Gitea and Forgejo: a thin adapter, tested against a fake only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from . import github_state
from .asking import Asking, Reply
from .find import checked_name
from .github_like import GitHubLike
from .known import Kind
from .rest import FOUND, understood
from .secret import Secret
from .sessions import Plain
from .values import (
    Capabilities,
    Checks,
    ForgeFailed,
    Merged,
    Merging,
    Method,
    PullRequest,
    Status,
    Suggestion,
    Wanted,
)

CAPABILITIES = Capabilities(drafts=True, auto_merge=True, team_reviewers=True, tested=False)
_DRAFT = re.compile(r"(WIP:|\[WIP\])\s*", re.IGNORECASE)
_CHECKS = {"": Checks.NONE, "success": Checks.PASSED, "pending": Checks.PENDING}


class GiteaHost(Plain):
    """A server of Gitea or Forgejo."""

    size = "limit"

    def __init__(self, api: str, secret: Secret, asking: Asking, *, timeout: float = 30) -> None:
        super().__init__(api, f"token {secret.reveal()}", asking, timeout)

    def repository(self, name: str) -> Gitea:
        return Gitea(self, checked_name(name, Kind.GITEA))

    def repositories(self, organisation: str) -> Sequence[str]:
        (owner, _) = checked_name(f"{organisation}/x", Kind.GITEA).split("/")
        what = f"list the repositories of {owner}"
        found = self.either(what, (f"/orgs/{owner}/repos", {}), (f"/users/{owner}/repos", {}))
        return sorted(told["full_name"] for told in found if not told.get("archived"))

    def search(self, query: str) -> Sequence[str]:
        asked = {"q": query, "archived": "false"}
        found = self.pages("search repositories", "/repos/search", asked, inside="data")
        return sorted(told["full_name"] for told in found)


class Gitea(GitHubLike[GiteaHost]):
    """One repository."""

    kind = Kind.GITEA
    capabilities = CAPABILITIES
    merged = "merged"
    teams = ("requested_reviewers_teams", "name")
    refusals = (404, 422)

    def pull_requests(self, prefix: str, since: float = 0.0) -> Sequence[PullRequest]:
        listed = self._host.pages("list pull requests", self._path("pulls"), {"state": "all"})
        return self._begun(listed, prefix, since)

    def create(self, wanted: Wanted) -> PullRequest:
        what = f"open a pull request for {wanted.branch}"
        title = f"WIP: {wanted.title}" if wanted.draft else wanted.title
        body = {"title": title, "head": wanted.branch, "base": wanted.base, "body": wanted.body}
        path, done = self._path("pulls"), partial(self._done, wanted)
        reply = self._host.ask(what, "POST", path, body, done=done, repeatable=False, expected=(409,))
        told = self._opened(wanted) if reply.code == 409 else reply.json()
        if told is None:
            raise self._host.asking.failed(what, reply)
        pull = self._read(told)
        reviewers, labels = self._lacking(pull, wanted)
        self.request_reviews(pull.number, reviewers)
        self.add_labels(pull.number, labels)
        return self.get(pull.number) if reviewers or labels else pull

    def _opened(self, wanted: Wanted) -> dict[str, Any] | None:
        listed = self._host.pages("list pull requests", self._path("pulls"), {"state": "open"})
        return self._first(listed, wanted)

    def edit(
        self, number: int, *, title: str | None = None, body: str | None = None, base: str | None = None
    ) -> None:
        """That it is a draft stands in its title, and stays."""
        if title is not None and _DRAFT.match(self._get(number)["title"]):
            title = f"WIP: {title}"
        super().edit(number, title=title, body=body, base=base)

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        """Labels are numbers there, those of the organisation too; one that is missing is made."""
        if labels:
            known = self._labels()
            for name in labels:
                if name not in known:
                    known |= self._made(name)
            body = {"labels": [known[name] for name in labels]}
            self._host.ask(f"label pull request {number}", "POST", self._path("issues", number, "labels"), body)

    def _labels(self) -> dict[str, int]:
        reply = self._host.ask(
            "list labels", "GET", f"/orgs/{self._owner}/labels", expected=(404,)
        )  # of a person: none
        of_owner = reply.json() if reply.ok else []
        listed = [*(of_owner or []), *self._host.pages("list labels", self._path("labels"))]
        return {told["name"]: told["id"] for told in listed}

    def _made(self, name: str) -> dict[str, int]:
        def done() -> Reply | None:
            return FOUND if name in self._labels() else None

        body = {"name": name, "color": "#ededed"}
        self._host.ask(f"make the label {name}", "POST", self._path("labels"), body, done=done, repeatable=False)
        return self._labels()

    def _comments(self, what: str, path: str) -> Iterable[dict[str, Any]]:
        """All at once: this listing has no pages."""
        return self._host.ask(what, "GET", path).json() or ()

    def status(self, pull: PullRequest) -> Status:
        told = self._get(pull.number)
        return Status(
            checks=self._checks(pull.sha),
            review=github_state.last_word(map(_verdict, self._reviews(pull.number))),
            mergeable=told.get("mergeable"),
        )

    def _checks(self, sha: str) -> Checks:
        told = self._host.get("show the status of a commit", self._path("commits", sha, "status"))
        return _CHECKS.get(told.get("state") or "", Checks.FAILED)

    def _reviews(self, number: int) -> list[dict[str, Any]]:
        return list(self._host.pages(f"list reviews of {number}", self._of(number, "reviews")))

    def merge(self, pull: PullRequest, method: Method) -> Merged:
        return self._merge(pull, method, {})

    def _merge(self, pull: PullRequest, method: Method, more: Mapping[str, Any]) -> Merged:
        def done() -> Reply | None:
            return FOUND if self._get(pull.number)["merged"] else None

        reply = self._host.ask(
            f"merge pull request {pull.number}", "POST", self._of(pull.number, "merge"),
            {"Do": method, "head_commit_id": pull.sha, **more}, done=done, repeatable=False,
            expected=(404, 405, 409, 422),
        )  # fmt: skip
        if reply.ok or done():
            return Merged(outcome=Merging.MERGED)
        return Merged(outcome=Merging.REFUSED, why=reply.message or f"the server answers {reply.code}")

    def auto_merge(self, pull: PullRequest, method: Method) -> None:
        """Only while checks run: asked before they begin, the server would merge at once."""
        what = f"have pull request {pull.number} merged when its checks pass"
        if self._checks(pull.sha) is not Checks.PENDING:
            raise ForgeFailed(f"{self._host.asking.host} did not {what}: no check runs for it now", again=True)
        became = self._merge(pull, method, {"merge_when_checks_succeed": True})
        if became.outcome is Merging.REFUSED and "already scheduled" not in became.why:
            raise ForgeFailed(f"{self._host.asking.host} did not {what}: {became.why}")

    def stack(self, numbers: Sequence[int]) -> None:
        raise ForgeFailed("Gitea has no stacks of pull requests")

    def suggest(self, pull: PullRequest, suggestions: Sequence[Suggestion]) -> None:
        raise ForgeFailed("Gitea has no suggestions that can be applied")

    def _read(self, told: Mapping[str, Any]) -> PullRequest:
        """That it is a draft stands in its title."""
        pull = super()._read(told)
        with understood(self._host.asking.host):
            mark = _DRAFT.match(pull.title)
        return replace(pull, title=pull.title[mark.end() if mark else 0 :], draft=mark is not None)


def _verdict(told: Mapping[str, Any]) -> tuple[object, str]:
    """A review in GitHub's words."""
    words = {"REQUEST_CHANGES": "CHANGES_REQUESTED"}
    state = "DISMISSED" if told.get("dismissed") else words.get(told["state"], told["state"])
    return (told.get("user") or {}).get("login", told["id"]), state
