"""Bitbucket Cloud: a thin adapter, tested against a fake only.

It has no labels, what is declined stays so, and the commit ids that it tells are short ones.
"""

from __future__ import annotations

import json
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

CAPABILITIES = Capabilities(drafts=True, labels=False, tested=False)
_STATES = {"OPEN": State.OPEN, "MERGED": State.MERGED}
_CHECKS = {"SUCCESSFUL": Checks.PASSED, "INPROGRESS": Checks.PENDING}
_METHODS: Mapping[Method, str] = {"merge": "merge_commit", "squash": "squash", "rebase": "fast_forward"}
_VERDICTS = {"approved": "APPROVED", "changes_requested": "CHANGES_REQUESTED"}


class BitbucketHost(Plain):
    """bitbucket.org."""

    size = "pagelen"
    most = 50

    def __init__(self, api: str, secret: Secret, asking: Asking, *, timeout: float = 30, user: str = "") -> None:
        from .. import __version__

        super().__init__(asking)
        self.api, self.timeout, self.session = api, timeout, OwnHost()
        header = secret.basic(user) if user else f"Bearer {secret.reveal()}"
        self.session.headers.update({"Authorization": header, "User-Agent": f"codemod/{__version__}"})

    def has_more(self, reply: Reply) -> bool:
        return bool((reply.json() or {}).get("next"))

    def values(self, what: str, path: str, query: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        return list(self.pages(what, path, query, inside="values"))

    def repository(self, name: str) -> Bitbucket:
        return Bitbucket(self, checked_name(name, Kind.BITBUCKET))

    def repositories(self, organisation: str) -> Sequence[str]:
        (workspace, _) = checked_name(f"{organisation}/x", Kind.BITBUCKET).split("/")
        found = self.values(f"list the repositories of {workspace}", f"/repositories/{workspace}")
        return sorted(told["full_name"] for told in found)

    def search(self, query: str) -> Sequence[str]:
        """`WORKSPACE/WORD`: those of a workspace with the word in their name. There is no search over all."""
        workspace, _, word = checked_name(query, Kind.BITBUCKET).partition("/")
        asked = {"q": f'name ~ "{word}"'}
        return sorted(told["full_name"] for told in self.values("search", f"/repositories/{workspace}", asked))


class Bitbucket:
    """One repository."""

    def __init__(self, host: BitbucketHost, name: str) -> None:
        self._host = host
        self._told = name

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    @cached_property
    def _repository(self) -> dict[str, Any]:
        told = self._host.get(f"show {self._told}", f"/repositories/{self._told}")
        with understood(self._host.asking.host):
            checked_name(told["full_name"], Kind.BITBUCKET)
        return told

    def _path(self, *parts: object) -> str:
        return "/".join((f"/repositories/{self._repository['full_name']}", *map(str, parts)))

    def _of(self, number: int, *parts: object) -> str:
        return self._path("pullrequests", number, *parts)

    def default_branch(self) -> str:
        return str(self._repository["mainbranch"]["name"])

    def estimate(self, pulls: int) -> float:
        return self._host.estimate(pulls)

    def pull_requests(self, prefix: str, since: float = 0.0) -> Sequence[PullRequest]:
        query = {"state": ["OPEN", "MERGED", "DECLINED", "SUPERSEDED"], "sort": "-created_on"}
        found: dict[int, PullRequest] = {}
        listed = self._host.pages("list pull requests", self._path("pullrequests"), query, inside="values")
        for pull in map(self._read, listed):
            if pull.created < since:
                break
            if pull.branch.startswith(prefix):
                found[pull.number] = pull
        return list(found.values())

    def get(self, number: int) -> PullRequest:
        return self._read(self._get(number))

    def _get(self, number: int) -> dict[str, Any]:
        return self._host.get(f"show pull request {number}", self._of(number))

    def files(self, number: int) -> Sequence[str]:
        listed = self._host.values(f"list the files of pull request {number}", self._of(number, "diffstat"))
        return [str((told.get("new") or told["old"])["path"]) for told in listed]

    def create(self, wanted: Wanted) -> PullRequest:
        """Looked for first: a second one for the same branches would take the place of the first."""

        def done() -> Reply | None:
            found = self._opened(wanted)
            return Reply(code=200, headers={}, text=json.dumps(found)) if found else None

        if found := done():
            pull = self._read(found.json())
            self.request_reviews(pull.number, wanted.reviewers)
            return self.get(pull.number)
        body = {
            "title": wanted.title,
            "description": wanted.body,
            "source": {"branch": {"name": wanted.branch}},
            "destination": {"branch": {"name": wanted.base}},
            "reviewers": [{"uuid": uuid} for uuid in self._uuids(wanted.reviewers)],
            "draft": wanted.draft,
        }
        what, path = f"open a pull request for {wanted.branch}", self._path("pullrequests")
        return self._read(self._host.ask(what, "POST", path, body, done=done, repeatable=False).json())

    def _opened(self, wanted: Wanted) -> dict[str, Any] | None:
        listed = self._host.values("list pull requests", self._path("pullrequests"), {"state": "OPEN"})
        for told in listed:
            pull = self._read(told)
            if (pull.branch, pull.base, pull.same_repository) == (wanted.branch, wanted.base, True):
                return told
        return None

    def edit(
        self, number: int, *, title: str | None = None, body: str | None = None, base: str | None = None
    ) -> None:
        given: dict[str, Any] = {}
        if title is not None:
            given["title"] = title
        if body is not None:
            given["description"] = body
        if base is not None:
            given["destination"] = {"branch": {"name": base}}
        if given:
            self._put(f"edit pull request {number}", number, given)

    def _put(self, what: str, number: int, body: Mapping[str, Any]) -> None:
        """A title must always be told, and who is left out is no reviewer any more."""
        now = self._get(number)
        reviewers = [{"uuid": user["uuid"]} for user in now.get("reviewers") or ()]
        self._host.ask(what, "PUT", self._of(number), {"title": now["title"], "reviewers": reviewers, **body})

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        """There are none."""

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        now = self._get(number)
        there = [user["uuid"] for user in now.get("reviewers") or ()]
        author = (now.get("author") or {}).get("uuid")
        if missing := [uuid for uuid in self._uuids(reviewers) if uuid not in there and uuid != author]:
            body = {"reviewers": [{"uuid": uuid} for uuid in (*there, *missing)]}
            self._put(f"ask for a review of {number}", number, body)

    def _uuids(self, reviewers: Sequence[str]) -> list[str]:
        """People alone, by the name that they have in the workspace."""
        names = [name.removeprefix("@") for name in reviewers]
        if not (people := [name for name in names if "/" not in name and "@" not in name]):
            return []
        workspace = self._repository["full_name"].partition("/")[0]
        members = self._host.values("list the members of the workspace", f"/workspaces/{workspace}/members")
        known = {told["user"]["nickname"].lower(): told["user"]["uuid"] for told in members}
        for name in (name for name in people if name.lower() not in known):
            self._host.tell(f"{self._host.asking.host}: {name} cannot be asked for a review: no member has this name")
        return [known[name.lower()] for name in people if name.lower() in known]

    def comment(self, number: int, text: str) -> None:
        path, what = self._of(number, "comments"), f"comment on pull request {number}"

        def done() -> Reply | None:
            listed = self._host.values(f"list comments on {number}", path)
            same = any((c["content"]["raw"] or "").strip() == text.strip() and not c.get("deleted") for c in listed)
            return FOUND if same else None

        if done() is None:
            self._host.ask(what, "POST", path, {"content": {"raw": text}}, done=done, repeatable=False)

    def status(self, pull: PullRequest) -> Status:
        listed = self._host.values(f"list the checks of {pull.number}", self._of(pull.number, "statuses"))
        found = {_CHECKS.get(told["state"], Checks.FAILED) for told in listed}
        verdicts = (
            (told["user"]["uuid"], _VERDICTS.get(told.get("state") or "", ""))
            for told in self._get(pull.number).get("participants") or ()
        )
        return Status(checks=github_state.together(found), review=github_state.last_word(verdicts), mergeable=None)

    def merge(self, pull: PullRequest, method: Method) -> Merged:
        """Bitbucket cannot be told which head was seen: it is compared right before."""
        now = self.get(pull.number)
        if now.state is State.MERGED:
            return Merged(outcome=Merging.MERGED)
        if not (now.sha and pull.sha.startswith(now.sha)):
            return Merged(outcome=Merging.REFUSED, why="its head was modified meanwhile")

        def done() -> Reply | None:
            return FOUND if self.get(pull.number).state is State.MERGED else None

        body = {"type": "pullrequest_merge_parameters", "merge_strategy": _METHODS[method]}
        reply = self._host.ask(
            f"merge pull request {pull.number}", "POST", self._of(pull.number, "merge"), body,
            done=done, repeatable=False, expected=(400, 409, 422),
        )  # fmt: skip
        if reply.ok:
            return Merged(outcome=Merging.QUEUED if reply.code == 202 else Merging.MERGED)
        if done():
            return Merged(outcome=Merging.MERGED)
        return Merged(outcome=Merging.REFUSED, why=reply.message or f"Bitbucket answers {reply.code}")

    def merging(self, pull: PullRequest) -> Merged | None:
        return Merged(outcome=Merging.MERGED) if pull.state is State.MERGED else None

    def auto_merge(self, pull: PullRequest, method: Method) -> None:
        raise ForgeFailed("Bitbucket merges nothing by itself")

    def close(self, number: int) -> None:
        """Decline it: not a second time."""

        def done() -> Reply | None:
            return FOUND if self.get(number).state is not State.OPEN else None

        if done() is None:
            what = f"decline pull request {number}"
            self._host.ask(what, "POST", self._of(number, "decline"), {}, done=done, repeatable=False)

    def reopen(self, number: int) -> None:
        raise ForgeFailed("Bitbucket opens no pull request again that was declined")

    def stack(self, numbers: Sequence[int]) -> None:
        raise ForgeFailed("Bitbucket has no stacks of pull requests")

    def suggest(self, pull: PullRequest, suggestions: Sequence[Suggestion]) -> None:
        raise ForgeFailed("Bitbucket has no suggestions that can be applied")

    def _read(self, told: Mapping[str, Any]) -> PullRequest:
        with understood(self._host.asking.host):
            source, destination = told["source"], told["destination"]
            of = (source.get("repository") or {}).get("full_name", "")
            return PullRequest(
                number=told["id"],
                url=told["links"]["html"]["href"],
                branch=source["branch"]["name"],
                sha=(source.get("commit") or {}).get("hash", ""),
                base=destination["branch"]["name"],
                state=_STATES.get(told["state"], State.CLOSED),
                title=told["title"],
                body=told.get("description") or "",
                author=(told.get("author") or {}).get("nickname", ""),
                reviewers=tuple(user["nickname"] for user in told.get("reviewers") or ()),
                draft=bool(told.get("draft")),
                created=datetime.fromisoformat(told["created_on"]).timestamp(),
                same_repository=of.lower() == destination["repository"]["full_name"].lower(),
            )
