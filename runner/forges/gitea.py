"""Gitea and Forgejo: a thin adapter, tested against a fake only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from . import github_state
from .asking import Asking, Reply
from .find import checked_name
from .known import Kind
from .rest import FOUND, understood
from .secret import Secret
from .sessions import OwnHost, Plain
from .values import (
    Capabilities,
    Checks,
    ForgeFailed,
    Merged,
    Merging,
    Method,
    PullRequest,
    State,
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
        from .. import __version__

        super().__init__(asking)
        self.api, self.timeout, self.session = api, timeout, OwnHost()
        self.session.headers.update(
            {"Authorization": f"token {secret.reveal()}", "User-Agent": f"codemod/{__version__}"}
        )

    def repository(self, name: str) -> Gitea:
        return Gitea(self, checked_name(name, Kind.GITEA))

    def repositories(self, organisation: str) -> Sequence[str]:
        (owner, _) = checked_name(f"{organisation}/x", Kind.GITEA).split("/")
        what = f"list the repositories of {owner}"
        try:
            found = list(self.pages(what, f"/orgs/{owner}/repos"))
        except ForgeFailed as error:
            if error.code != 404:
                raise
            found = list(self.pages(what, f"/users/{owner}/repos"))
        return sorted(told["full_name"] for told in found if not told.get("archived"))

    def search(self, query: str) -> Sequence[str]:
        asked = {"q": query, "archived": "false"}
        found = self.pages("search repositories", "/repos/search", asked, inside="data")
        return sorted(told["full_name"] for told in found)


class Gitea:
    """One repository."""

    def __init__(self, host: GiteaHost, name: str) -> None:
        self._host = host
        self._told = name

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    @cached_property
    def _repository(self) -> dict[str, Any]:
        told = self._host.get(f"show {self._told}", f"/repos/{self._told}")
        with understood(self._host.asking.host):
            checked_name(told["full_name"], Kind.GITEA)
        return told

    def _path(self, *parts: object) -> str:
        return "/".join((f"/repos/{self._repository['full_name']}", *map(str, parts)))

    def default_branch(self) -> str:
        return str(self._repository["default_branch"])

    def estimate(self, pulls: int) -> float:
        return self._host.estimate(3 * pulls)

    def pull_requests(self, prefix: str, since: float = 0.0) -> Sequence[PullRequest]:
        found: dict[int, PullRequest] = {}
        for told in self._host.pages("list pull requests", self._path("pulls"), {"state": "all"}):
            pull = self._read(told)
            if pull.created < since:
                break
            if pull.branch.startswith(prefix):
                found[pull.number] = pull
        return list(found.values())

    def get(self, number: int) -> PullRequest:
        return self._read(self._get(number))

    def _get(self, number: int) -> dict[str, Any]:
        return self._host.get(f"show pull request {number}", self._path("pulls", number))

    def files(self, number: int) -> Sequence[str]:
        listed = self._host.pages(f"list the files of pull request {number}", self._path("pulls", number, "files"))
        return [str(told["filename"]) for told in listed]

    def create(self, wanted: Wanted) -> PullRequest:
        what = f"open a pull request for {wanted.branch}"
        title = f"WIP: {wanted.title}" if wanted.draft else wanted.title
        body = {"title": title, "head": wanted.branch, "base": wanted.base, "body": wanted.body}

        def done() -> Reply | None:
            found = self._opened(wanted)
            return Reply(code=200, headers={}, text=json.dumps(found)) if found else None

        path = self._path("pulls")
        reply = self._host.ask(what, "POST", path, body, done=done, repeatable=False, expected=(409,))
        told = self._opened(wanted) if reply.code == 409 else reply.json()
        if told is None:
            raise self._host.asking.failed(what, reply)
        pull = self._read(told)
        asked = [r for r in wanted.reviewers if r not in pull.reviewers and r.lower() != pull.author.lower()]
        self.request_reviews(pull.number, asked)
        missing = [label for label in wanted.labels if label not in pull.labels]
        self.add_labels(pull.number, missing)
        return self.get(pull.number) if asked or missing else pull

    def _opened(self, wanted: Wanted) -> dict[str, Any] | None:
        listed = self._host.pages("list pull requests", self._path("pulls"), {"state": "open"})
        for told in listed:
            pull = self._read(told)
            if (pull.branch, pull.base, pull.same_repository) == (wanted.branch, wanted.base, True):
                return told
        return None

    def edit(
        self, number: int, *, title: str | None = None, body: str | None = None, base: str | None = None
    ) -> None:
        """That it is a draft stands in its title, and stays."""
        if title is not None and _DRAFT.match(self._get(number)["title"]):
            title = f"WIP: {title}"
        given = {key: value for key, value in (("title", title), ("body", body), ("base", base)) if value is not None}
        if given:
            self._patch(f"edit pull request {number}", number, given)

    def _patch(self, what: str, number: int, body: Mapping[str, Any]) -> None:
        self._host.ask(what, "PATCH", self._path("pulls", number), dict(body))

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
        owner = self._repository["full_name"].partition("/")[0]
        reply = self._host.ask("list labels", "GET", f"/orgs/{owner}/labels", expected=(404,))  # of a person: none
        of_owner = reply.json() if reply.ok else []
        listed = [*(of_owner or []), *self._host.pages("list labels", self._path("labels"))]
        return {told["name"]: told["id"] for told in listed}

    def _made(self, name: str) -> dict[str, int]:
        def done() -> Reply | None:
            return FOUND if name in self._labels() else None

        body = {"name": name, "color": "#ededed"}
        self._host.ask(f"make the label {name}", "POST", self._path("labels"), body, done=done, repeatable=False)
        return self._labels()

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        names = [name.removeprefix("@") for name in reviewers]
        path = self._path("pulls", number, "requested_reviewers")

        def ask(some: Sequence[str]) -> Reply:
            people = [name for name in some if "/" not in name]
            teams = [name.partition("/")[2] for name in some if "/" in name]
            body = {"reviewers": people, "team_reviewers": teams}
            return self._host.ask(f"ask for a review of {number}", "POST", path, body, expected=(404, 422))

        self._host.asked_for_review(ask, [name for name in names if "@" not in name])

    def comment(self, number: int, text: str) -> None:
        path, what = self._path("issues", number, "comments"), f"comment on pull request {number}"

        def done() -> Reply | None:
            there = self._host.ask(f"list comments on {number}", "GET", path).json() or ()
            same = any((c["body"] or "").replace("\r\n", "\n").strip() == text.strip() for c in there)
            return FOUND if same else None

        if done() is None:
            self._host.ask(what, "POST", path, {"body": text}, done=done, repeatable=False)

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
        return list(self._host.pages(f"list reviews of {number}", self._path("pulls", number, "reviews")))

    def merge(self, pull: PullRequest, method: Method) -> Merged:
        return self._merge(pull, method, {})

    def _merge(self, pull: PullRequest, method: Method, more: Mapping[str, Any]) -> Merged:
        def done() -> Reply | None:
            return FOUND if self._get(pull.number)["merged"] else None

        reply = self._host.ask(
            f"merge pull request {pull.number}", "POST", self._path("pulls", pull.number, "merge"),
            {"Do": method, "head_commit_id": pull.sha, **more}, done=done, repeatable=False,
            expected=(404, 405, 409, 422),
        )  # fmt: skip
        if reply.ok:
            return Merged(outcome=Merging.MERGED)
        if self._get(pull.number)["merged"]:
            return Merged(outcome=Merging.MERGED)
        return Merged(outcome=Merging.REFUSED, why=reply.message or f"the server answers {reply.code}")

    def merging(self, pull: PullRequest) -> Merged | None:
        return Merged(outcome=Merging.MERGED) if pull.state is State.MERGED else None

    def auto_merge(self, pull: PullRequest, method: Method) -> None:
        """Only while checks run: asked before they begin, the server would merge at once."""
        what = f"have pull request {pull.number} merged when its checks pass"
        if self._checks(pull.sha) is not Checks.PENDING:
            raise ForgeFailed(f"{self._host.asking.host} did not {what}: no check runs for it now", again=True)
        became = self._merge(pull, method, {"merge_when_checks_succeed": True})
        if became.outcome is Merging.REFUSED and "already scheduled" not in became.why:
            raise ForgeFailed(f"{self._host.asking.host} did not {what}: {became.why}")

    def close(self, number: int) -> None:
        self._patch(f"close pull request {number}", number, {"state": "closed"})

    def reopen(self, number: int) -> None:
        self._patch(f"open pull request {number} again", number, {"state": "open"})

    def stack(self, numbers: Sequence[int]) -> None:
        raise ForgeFailed("Gitea has no stacks of pull requests")

    def suggest(self, pull: PullRequest, suggestions: Sequence[Suggestion]) -> None:
        raise ForgeFailed("Gitea has no suggestions that can be applied")

    def _read(self, told: Mapping[str, Any]) -> PullRequest:
        with understood(self._host.asking.host):
            head, base = told["head"], told["base"]
            owner = self._repository["full_name"].partition("/")[0]
            teams = (f"{owner}/{team['name']}" for team in told.get("requested_reviewers_teams") or ())
            source = (head.get("repo") or {}).get("full_name", "")
            return PullRequest(
                number=told["number"],
                url=told["html_url"],
                branch=head["ref"],
                sha=head["sha"],
                base=base["ref"],
                state=State.MERGED if told.get("merged") else State(told["state"]),
                title=_DRAFT.sub("", told["title"], count=1) if _DRAFT.match(told["title"]) else told["title"],
                body=told.get("body") or "",
                author=(told.get("user") or {}).get("login", ""),
                labels=tuple(label["name"] for label in told.get("labels") or ()),
                reviewers=(*(user["login"] for user in told.get("requested_reviewers") or ()), *teams),
                draft=bool(_DRAFT.match(told["title"])),
                created=datetime.fromisoformat(told["created_at"]).timestamp(),
                same_repository=source.lower() == base["repo"]["full_name"].lower(),
            )


def _verdict(told: Mapping[str, Any]) -> tuple[object, str]:
    """A review in GitHub's words."""
    words = {"REQUEST_CHANGES": "CHANGES_REQUESTED"}
    state = "DISMISSED" if told.get("dismissed") else words.get(told["state"], told["state"])
    return (told.get("user") or {}).get("login", told["id"]), state
