"""Bitbucket Cloud: a thin adapter, tested against a fake only.

It has no labels, what is declined stays so, and the commit ids that it tells are short ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from . import github_state
from .asking import Asking, Reply
from .find import checked_name
from .known import Kind
from .pulls import Pulls
from .rest import FOUND, given, logins, understood
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
        super().__init__(api, secret.basic(user) if user else f"Bearer {secret.reveal()}", asking, timeout)

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


class Bitbucket(Pulls[BitbucketHost]):
    """One repository."""

    kind = Kind.BITBUCKET
    capabilities = CAPABILITIES
    repositories = "/repositories"
    pulls = "pullrequests"

    def default_branch(self) -> str:
        return str(self._repository["mainbranch"]["name"])

    def estimate(self, pulls: int) -> float:
        return self._host.estimate(pulls)

    def pull_requests(self, prefix: str, since: float = 0.0) -> Sequence[PullRequest]:
        query = {"state": ["OPEN", "MERGED", "DECLINED", "SUPERSEDED"], "sort": "-created_on"}
        listed = self._host.pages("list pull requests", self._path("pullrequests"), query, inside="values")
        return self._begun(listed, prefix, since)

    def files(self, number: int) -> Sequence[str]:
        listed = self._host.values(f"list the files of pull request {number}", self._of(number, "diffstat"))
        return [str((told.get("new") or told["old"])["path"]) for told in listed]

    def create(self, wanted: Wanted) -> PullRequest:
        """Looked for first: a second one for the same branches would take the place of the first."""
        if found := self._opened(wanted):
            pull = self._read(found)
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
        done = partial(self._done, wanted)
        return self._read(self._host.ask(what, "POST", path, body, done=done, repeatable=False).json())

    def _opened(self, wanted: Wanted) -> dict[str, Any] | None:
        listed = self._host.values("list pull requests", self._path("pullrequests"), {"state": "OPEN"})
        return self._first(listed, wanted)

    def edit(
        self, number: int, *, title: str | None = None, body: str | None = None, base: str | None = None
    ) -> None:
        destination = {"branch": {"name": base}} if base is not None else None
        if words := given(title=title, description=body, destination=destination):
            self._put(f"edit pull request {number}", number, words)

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
        people = [name for name in logins(reviewers) if "/" not in name]
        for name in (name for name in people if name.lower() not in self._members):
            self._host.tell(f"{self._host.asking.host}: {name} cannot be asked for a review: no member has this name")
        return [self._members[name.lower()] for name in people if name.lower() in self._members]

    @cached_property
    def _members(self) -> dict[str, str]:
        """The ids of all in the workspace: asked for once, not for each pull request."""
        listed = self._host.values("list the members of the workspace", f"/workspaces/{self._owner}/members")
        return {told["user"]["nickname"].lower(): told["user"]["uuid"] for told in listed}

    def comment(self, number: int, text: str) -> None:
        path = self._of(number, "comments")

        def there() -> bool:
            listed = self._host.values(f"list comments on {number}", path)
            return any((c["content"]["raw"] or "").strip() == text.strip() and not c.get("deleted") for c in listed)

        self._host.once(f"comment on pull request {number}", path, {"content": {"raw": text}}, there)

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

    def auto_merge(self, pull: PullRequest, method: Method) -> None:
        raise ForgeFailed("Bitbucket merges nothing by itself")

    def close(self, number: int) -> None:
        """Decline it: not a second time."""

        def there() -> bool:
            return self.get(number).state is not State.OPEN

        self._host.once(f"decline pull request {number}", self._of(number, "decline"), {}, there)

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
