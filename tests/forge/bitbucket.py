"""Bitbucket Cloud on 127.0.0.1. Its answers are from its documentation: there is none here to ask.

It has no labels, and what is declined stays so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.forge.github_owners import SINCE
from tests.forge.hosted import Comment, Hosted, Pull
from tests.forge.routes import Call, RoutedForge, Routes
from tests.forge.serving import Answer

routes = Routes()
REPO = "repositories/:owner/:repo"
PULL = f"{REPO}/pullrequests/:number"
TEXTS = "title description source destination reviewers close_source_branch draft"
METHODS = {"merge_commit": "merge", "squash": "squash", "fast_forward": "rebase"}


class Bitbucket(RoutedForge):
    """What tests use is what all fakes have; `check` sets build statuses."""

    realm = "Bitbucket.org HTTP"
    prefix = ("2.0",)
    routes = routes
    paging = frozenset(("page", "pagelen", "q", "sort", "fields"))

    def reset(self) -> None:
        super().reset()
        self.people: dict[str, str] = {}  # who was shown, by uuid

    def error(self, status: int, text: str) -> Answer:
        return Answer(status, {"type": "error", "error": {"message": text}})

    def user(self, name: str) -> dict[str, Any]:
        uuid = f"{{{uuid5(NAMESPACE_URL, name)}}}"
        self.people[uuid] = name
        told = {"type": "user", "uuid": uuid, "nickname": name, "display_name": name.title()}
        return told | {"account_id": f"557058:{uuid[1:9]}"}

    def shown(self, of: Hosted) -> dict[str, Any]:
        return {
            "type": "repository",
            "uuid": f"{{{uuid5(NAMESPACE_URL, of.name)}}}",
            "full_name": of.name,
            "name": of.name.rpartition("/")[2],
            "slug": of.name.rpartition("/")[2],
            "is_private": of.private,
            "mainbranch": {"type": "branch", "name": of.default_branch} if of.heads() else None,
            "links": {"html": {"href": f"{self.url}/{of.name}"}},
        }

    def pull_request(self, of: Hosted, pull: Pull) -> dict[str, Any]:
        state = "MERGED" if pull.merged else "OPEN" if pull.open else "DECLINED"
        verdicts = {review.author: review.state for review in pull.reviews}
        words = {"APPROVED": "approved", "CHANGES_REQUESTED": "changes_requested"}
        return {
            "type": "pullrequest",
            "id": pull.number,
            "title": pull.title,
            "description": pull.body or "",
            "state": state,
            "draft": pull.draft,
            "author": self.user(pull.author),
            "source": self._end(of, pull.branch, pull.head_sha, pull.fork),
            "destination": self._end(of, pull.base, of.heads().get(pull.base, "")),
            "merge_commit": {"hash": pull.merge_commit} if pull.merge_commit else None,
            "reviewers": [self.user(name) for name in pull.reviewers],
            "participants": [
                {"user": self.user(n), "role": "REVIEWER", "approved": v == "APPROVED", "state": words.get(v)}
                for n, v in {**dict.fromkeys(pull.reviewers, ""), **verdicts}.items()
            ],
            "created_on": pull.created.replace("Z", "+00:00"),
            "updated_on": pull.updated.replace("Z", "+00:00"),
            "links": {"html": {"href": f"{self.url}/{of.name}/pull-requests/{pull.number}"}},
        }

    def _end(self, of: Hosted, branch: str, sha: str, fork: str = "") -> dict[str, Any]:
        repository = {"type": "repository", "full_name": fork or of.name}
        return {"branch": {"name": branch}, "commit": {"hash": sha[:12]}, "repository": repository}


def page(call: Call[Bitbucket], items: Sequence[Any], show: Callable[[Any], Any]) -> Answer:
    number, size = call.number("page", 1), min(call.number("pagelen", 10), 50)
    shown, last = call.slice(items, number, size)
    told: dict[str, Any] = {"pagelen": size, "page": number, "size": len(items), "values": [show(i) for i in shown]}
    if number < last:
        rest = "".join(f"&{k}={v}" for k, v in call.request.pairs if k != "page")
        told["next"] = f"{call.forge.url}{call.request.path}?page={number + 1}{rest}".replace(" ", "%20").replace(
            '"', "%22"
        )
    return Answer(200, told)


@routes("GET", "user")
def user(call: Call[Bitbucket]) -> Answer:
    return Answer(200, call.forge.user(call.forge.login))


@routes("GET", "workspaces/:workspace/members")
def members(call: Call[Bitbucket]) -> Answer:
    return page(call, ["ada", "grace", call.forge.login], lambda name: {"user": call.forge.user(name)})


@routes("GET", REPO)
def repository(call: Call[Bitbucket]) -> Answer:
    return Answer(200, call.forge.shown(call.repository()))


@routes("GET", "repositories/:owner", "role")
def repositories(call: Call[Bitbucket]) -> Answer:
    found = [r for r in map(call.forge.__getitem__, call.forge.repositories) if r.owner == call.values["owner"]]
    if word := re.fullmatch(r'name ~ "(.*)"', call.given.get("q", "")):
        found = [r for r in found if word[1] in r.name]
    return page(call, found, call.forge.shown)


@routes("GET", f"{REPO}/pullrequests", "state")
def pulls(call: Call[Bitbucket]) -> Answer:
    repository = call.repository()
    states = {value for key, value in call.request.pairs if key == "state"} or {"OPEN"}
    found = [p for p in repository.pulls.values() if call.forge.pull_request(repository, p)["state"] in states]
    for part in filter(None, call.given.get("q", "").split(" AND ")):
        told = re.fullmatch(r'(source|destination)\.branch\.name (=|~) "(.*)"', part.strip())
        if told is None:
            call.forge.violations.append(f"the fake lacks the query {part}")
            continue
        end, sign, text = told.groups()
        names = {p.number: p.branch if end == "source" else p.base for p in found}
        found = [p for p in found if (names[p.number] == text if sign == "=" else text in names[p.number])]
    return page(call, sorted(found, key=lambda p: -p.number), lambda p: call.forge.pull_request(repository, p))


@routes("POST", f"{REPO}/pullrequests", TEXTS, needs="title source")
def create(call: Call[Bitbucket]) -> Answer:
    repository, given = call.repository(), call.given
    branch = given["source"]["branch"]["name"]
    base = given.get("destination", {}).get("branch", {}).get("name", repository.default_branch)
    heads = repository.heads()
    if branch not in heads or base not in heads:
        raise call.forge.refused(400, f"branch not found: {base if branch in heads else branch}")
    if repository.contains(heads[base], heads[branch]):
        raise call.forge.refused(400, "There are no changes to be pulled")
    if next(repository.open_for(branch, base), None):
        raise call.forge.refused(409, "There is already an open pull request for these branches")
    reviewers = _people(call, repository, given)
    made = repository.open_pull(branch, base, given["title"], given.get("description"), call.forge.login)
    made.reviewers, made.draft = reviewers, bool(given.get("draft"))
    return Answer(201, call.forge.pull_request(repository, made))


def _people(call: Call[Bitbucket], repository: Hosted, given: dict[str, Any]) -> list[str]:
    names = [call.forge.people.get(one.get("uuid", ""), "?") for one in given.get("reviewers", ())]
    if call.forge.login in names:
        raise call.forge.refused(400, "reviewers: the author cannot be a reviewer")
    if "?" in names or repository.strangers.intersection(names):
        raise call.forge.refused(400, "reviewers: Malformed reviewers list")
    return names


@routes("GET", PULL)
def pull(call: Call[Bitbucket]) -> Answer:
    return Answer(200, call.forge.pull_request(*call.pull()))


@routes("PUT", PULL, TEXTS)
def edit(call: Call[Bitbucket]) -> Answer:
    repository, pull = call.pull()
    given = call.given
    if not pull.open:
        raise call.forge.refused(400, "You cannot edit a pull request that is not open")
    base = given.get("destination", {}).get("branch", {}).get("name", pull.base)
    if repository.head(base) is None:
        raise call.forge.refused(400, f"branch not found: {base}")
    if "reviewers" in given:
        pull.reviewers = _people(call, repository, given)
    pull.base, pull.title = base, given.get("title", pull.title)
    pull.body, pull.draft = given.get("description", pull.body), given.get("draft", pull.draft)
    return Answer(200, call.forge.pull_request(repository, pull))


@routes("POST", f"{PULL}/decline")
def decline(call: Call[Bitbucket]) -> Answer:
    repository, pull = call.pull()
    if not pull.open:
        raise call.forge.refused(400, "This pull request is already closed.")
    repository.close(pull)
    return Answer(200, call.forge.pull_request(repository, pull))


@routes("POST", f"{PULL}/merge", "type message close_source_branch merge_strategy async")
def merge(call: Call[Bitbucket]) -> Answer:
    repository, pull = call.pull()
    method = METHODS[call.given.get("merge_strategy", "merge_commit")]
    if not pull.open or pull.draft:
        raise call.forge.refused(400, "This pull request cannot be merged.")
    if repository.merge(pull, method, call.forge.login) is None:
        raise call.forge.refused(409, "You can't merge until you resolve all merge conflicts.")
    return Answer(200, call.forge.pull_request(repository, pull))


@routes("GET", f"{PULL}/diffstat")
def files(call: Call[Bitbucket]) -> Answer:
    repository, pull = call.pull()

    def show(file: Any) -> dict[str, Any]:
        new = None if file.status == "removed" else {"path": file.path}
        old = None if file.status == "added" else {"path": file.before or file.path}
        return {"type": "diffstat", "status": file.status, "new": new, "old": old}

    return page(call, repository.files(pull), show)


@routes("GET", f"{PULL}/statuses")
def statuses(call: Call[Bitbucket]) -> Answer:
    repository, pull = call.pull()
    words = {None: "INPROGRESS", "success": "SUCCESSFUL"}
    told = list(repository.checks.get(pull.head_sha, {}).items())
    return page(call, told, lambda one: {"key": one[0], "state": words.get(one[1], "FAILED")})


def _comment(call: Call[Bitbucket], comment: Comment) -> dict[str, Any]:
    told = {"id": comment.id, "content": {"raw": comment.body}, "user": call.forge.user(comment.author)}
    return told | {"created_on": SINCE, "deleted": False}


@routes("GET", f"{PULL}/comments")
def comments(call: Call[Bitbucket]) -> Answer:
    _, pull = call.pull()
    return page(call, pull.comments, lambda c: _comment(call, c))


@routes("POST", f"{PULL}/comments", "inline", needs="content")
def add_comment(call: Call[Bitbucket]) -> Answer:
    repository, pull = call.pull()
    if place := call.given.get("inline"):
        if not repository.shows(pull, place["path"], place.get("to")):
            raise call.forge.refused(400, "inline: the line is not in the diff")
        pull.places.append((place, call.given["content"]["raw"]))
    pull.comments.append(Comment(call.forge.login, call.given["content"]["raw"]))
    return Answer(201, _comment(call, pull.comments[-1]))


@routes("DELETE", f"{REPO}/refs/branches/:branch")
def delete_branch(call: Call[Bitbucket]) -> Answer:
    return call.delete_branch("Branch not found")
