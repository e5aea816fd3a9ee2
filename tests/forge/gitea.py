"""Gitea and Forgejo on 127.0.0.1. Their answers are from the generated documentation: there is none here to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.forge.github_owners import SINCE, number_of
from tests.forge.hosted import Comment, Hosted, Pull, Review
from tests.forge.routes import Call, RoutedForge, Routes
from tests.forge.serving import Answer, Refused

routes = Routes()
REPO = "repos/:owner/:repo"
PULL = f"{REPO}/pulls/:number"
ISSUE = f"{REPO}/issues/:number"
METHODS = ("merge", "rebase", "rebase-merge", "squash")


class Gitea(RoutedForge):
    """What tests use is what all fakes have. A title that begins with WIP: makes a draft."""

    realm = "Gitea"
    prefix = ("api", "v1")
    routes = routes
    paging = frozenset(("page", "limit"))

    def error(self, status: int, text: str) -> Answer:
        return Answer(status, {"message": text, "url": f"{self.url}/api/swagger"})

    def user(self, name: str) -> dict[str, Any]:
        return {"id": number_of(name), "login": name, "full_name": name.title(), "email": "", "avatar_url": ""}

    def shown(self, of: Hosted) -> dict[str, Any]:
        return {
            "id": of.id, "owner": self.user(of.owner), "name": of.name.rpartition("/")[2], "full_name": of.name,
            "private": of.private, "archived": of.archived, "empty": not of.heads(), "created_at": SINCE,
            "default_branch": of.default_branch, "clone_url": f"{self.url}/{of.name}.git", "fork": False,
            "html_url": f"{self.url}/{of.name}", "permissions": {"admin": False, "push": True, "pull": True},
        }  # fmt: skip

    def label_of(self, name: str) -> dict[str, Any]:
        return {"id": number_of(name) % 100000, "name": name, "color": "ededed", "description": ""}

    def pull_request(self, of: Hosted, pull: Pull) -> dict[str, Any]:
        return {
            "id": pull.id,
            "number": pull.number,
            "url": f"{self.url}/{of.name}/pulls/{pull.number}",
            "html_url": f"{self.url}/{of.name}/pulls/{pull.number}",
            "user": self.user(pull.author),
            "title": pull.title,
            "body": pull.body or "",
            "labels": [self.label_of(name) for name in pull.labels],
            "requested_reviewers": [self.user(name) for name in pull.reviewers],
            "requested_reviewers_teams": [{"id": number_of(t), "name": t} for t in pull.teams],
            "state": pull.state,
            "draft": pull.title.startswith(("WIP:", "[WIP]")),
            "mergeable": of.mergeable(pull),
            "merged": pull.merged,
            "merged_at": pull.merged_at,
            "merge_commit_sha": pull.merge_commit,
            "base": self._end(of, pull.base, of.heads().get(pull.base, "")),
            "head": self._end(of, pull.branch, pull.head_sha, pull.fork),
            "created_at": pull.created,
            "updated_at": pull.updated,
            "closed_at": pull.closed_at,
        }

    def _end(self, of: Hosted, branch: str, sha: str, fork: str = "") -> dict[str, Any]:
        shown = self.shown(of) | ({"full_name": fork, "id": number_of(fork)} if fork else {})
        return {"label": branch, "ref": branch, "sha": sha, "repo_id": shown["id"], "repo": shown}


def page(call: Call[Gitea], items: Sequence[Any], show: Callable[[Any], Any]) -> Answer:
    number, size = call.number("page", 1), min(call.number("limit", 30), 50)
    shown, last = call.slice(items, number, size)
    headers = {"X-Total-Count": str(len(items))}
    if number < last:
        rest = "".join(f"&{k}={v}" for k, v in call.request.query.items() if k != "page")
        headers["Link"] = f'<{call.forge.url}{call.request.path}?page={number + 1}{rest}>; rel="next"'
    return Answer(200, [show(item) for item in shown], headers)


@routes("GET", "user")
def user(call: Call[Gitea]) -> Answer:
    return Answer(200, call.forge.user(call.forge.login))


@routes("GET", REPO)
def repository(call: Call[Gitea]) -> Answer:
    return Answer(200, call.forge.shown(call.repository()))


@routes("GET", "orgs/:org/repos")
@routes("GET", "users/:org/repos")
def repositories(call: Call[Gitea]) -> Answer:
    found = [r for r in map(call.forge.__getitem__, call.forge.repositories) if r.owner == call.values["org"]]
    if not found:
        raise call.forge.refused(404, "user redirect does not exist")
    return page(call, found, call.forge.shown)


@routes("GET", "repos/search", "q topic archived private owner sort order mode uid exclusive")
def search(call: Call[Gitea]) -> Answer:
    found = [r for r in map(call.forge.__getitem__, call.forge.repositories) if call.given.get("q", "") in r.name]
    if "archived" in call.given:
        found = [r for r in found if r.archived == (call.given["archived"] == "true")]
    shown = page(call, found, call.forge.shown)
    return Answer(200, {"ok": True, "data": shown.body}, shown.headers)


@routes("GET", f"{REPO}/branches/:branch")
def branch(call: Call[Gitea]) -> Answer:
    sha = call.repository().head(call.values["branch"])
    if sha is None:
        raise call.forge.refused(404, "The target couldn't be found.")
    return Answer(200, {"name": call.values["branch"], "commit": {"id": sha}})


@routes("DELETE", f"{REPO}/branches/:branch")
def delete_branch(call: Call[Gitea]) -> Answer:
    return call.delete_branch("The target couldn't be found.")


# ---- pull requests -----------------------------------------------------------------------------


@routes("GET", f"{REPO}/pulls", "state sort milestone labels poster base_branch")
def pulls(call: Call[Gitea]) -> Answer:
    repository, state = call.repository(), call.given.get("state", "open")
    found = sorted(repository.pulls.values(), key=lambda p: p.number, reverse=call.given.get("sort") != "oldest")
    found = [p for p in found if state in ("all", p.state)]
    return page(call, found, lambda p: call.forge.pull_request(repository, p))


TEXTS = "body assignee assignees milestone due_date labels"


@routes("POST", f"{REPO}/pulls", f"{TEXTS} reviewers team_reviewers", needs="title head base")
def create(call: Call[Gitea]) -> Answer:
    repository, given = call.repository(), call.given
    heads, branch = repository.heads(), given["head"].removeprefix(f"{repository.owner}:")
    if branch not in heads or given["base"] not in heads:
        raise call.forge.refused(404, "The target couldn't be found.")
    if other := next(repository.open_for(branch, given["base"]), None):
        told = f"pull request already exists for these targets [id: {other.id}, issue_id: {other.number}]"
        raise call.forge.refused(409, told)
    labels = _names(call, repository, given.get("labels", []), create=False)
    made = repository.open_pull(branch, given["base"], given["title"], given.get("body"), call.forge.login)
    made.labels = labels
    return Answer(201, call.forge.pull_request(repository, made))


def _names(call: Call[Gitea], repository: Hosted, given: Sequence[Any], *, create: bool) -> list[str]:
    """Labels are told by their numbers; they must be there."""
    known = {call.forge.label_of(name)["id"]: name for name in repository.labels}
    names = [known.get(one, one) for one in given]
    if wrong := [name for name in names if name not in repository.labels]:
        raise call.forge.refused(422 if create else 404, f"there is no label {wrong}")
    return [str(name) for name in dict.fromkeys(names)]


@routes("GET", PULL)
def pull(call: Call[Gitea]) -> Answer:
    return Answer(200, call.forge.pull_request(*call.pull()))


@routes("GET", f"{REPO}/pulls/:base/:head")
def pull_of(call: Call[Gitea]) -> Answer:
    repository = call.repository()
    found = [p for p in repository.pulls.values() if (p.base, p.branch) == (call.values["base"], call.values["head"])]
    if not found:
        raise call.forge.refused(404, "The target couldn't be found.")
    return Answer(200, call.forge.pull_request(repository, found[-1]))


@routes("PATCH", PULL, f"title base state unset_due_date allow_maintainer_edit {TEXTS}")
def edit(call: Call[Gitea]) -> Answer:
    repository, pull = call.pull()
    given = call.given
    if (base := given.get("base", pull.base)) != pull.base:
        if repository.head(base) is None:
            raise call.forge.refused(404, "new base branch does not exist")
        if next(repository.open_for(pull.branch, base), None):
            raise call.forge.refused(409, "pull request already exists for these targets")
        pull.base = base
    if (state := given.get("state", pull.state)) != pull.state:
        if state == "closed":
            repository.close(pull)
        elif pull.merged or repository.head(pull.branch) is None:
            raise call.forge.refused(412, "cannot change state of this pull request, it was already merged")
        else:
            pull.state, pull.closed_at, pull.head_sha = "open", None, repository.heads()[pull.branch]
    if "labels" in given:
        pull.labels = _names(call, repository, given["labels"], create=False)
    pull.title, pull.body = given.get("title", pull.title), given.get("body", pull.body)
    return Answer(201, call.forge.pull_request(repository, pull))


@routes("GET", f"{PULL}/files", "skip-to whitespace")
def files(call: Call[Gitea]) -> Answer:
    repository, pull = call.pull()
    return page(
        call,
        repository.files(pull),
        lambda f: {"filename": f.path, "status": f.status, "additions": f.added, "deletions": f.removed},
    )


@routes("POST", f"{PULL}/requested_reviewers", "reviewers team_reviewers")
def request_reviews(call: Call[Gitea]) -> Answer:
    repository, pull = call.pull()
    people, teams = call.given.get("reviewers", []), call.given.get("team_reviewers", [])
    if pull.author in people or repository.strangers.intersection([*people, *teams]):
        raise call.forge.refused(422, "a reviewer is the author, or is not known here")
    pull.reviewers += [name for name in people if name not in pull.reviewers]
    pull.teams += [name for name in teams if name not in pull.teams]
    return Answer(201, [])


@routes("GET", f"{PULL}/reviews")
def reviews(call: Call[Gitea]) -> Answer:
    _, pull = call.pull()
    words = {"CHANGES_REQUESTED": "REQUEST_CHANGES", "COMMENTED": "COMMENT"}
    asked = [Review(name, "PENDING", "", "") for name in pull.reviewers]

    def show(review: Review) -> dict[str, Any]:
        state = "REQUEST_REVIEW" if review.state == "PENDING" else words.get(review.state, review.state)
        told = {"id": review.id, "user": call.forge.user(review.author), "state": state, "body": review.body}
        return told | {"commit_id": review.sha, "stale": False, "dismissed": False, "submitted_at": review.created}

    return page(call, [*pull.reviews, *asked], show)


@routes("POST", f"{PULL}/reviews", "body commit_id event comments")
def add_review(call: Call[Gitea]) -> Answer:
    repository, pull = call.pull()
    for comment in call.given.get("comments", ()):
        if not repository.shows(pull, comment["path"], comment.get("new_position", 0)):
            raise call.forge.refused(422, "the line is not in the diff")
        pull.places.append((comment, comment["body"]))
    pull.reviews.append(Review(call.forge.login, "COMMENTED", call.given.get("body", ""), pull.head_sha))
    return Answer(200, {"id": pull.reviews[-1].id})


@routes(
    "POST",
    f"{PULL}/merge",
    "head_commit_id merge_when_checks_succeed delete_branch_after_merge force_merge MergeTitleField MergeMessageField",
    needs="Do",
)
def merge(call: Call[Gitea]) -> Answer:
    repository, pull = call.pull()
    given = call.given
    if given["Do"] not in METHODS:
        raise call.forge.refused(422, "Do")
    if not pull.open:
        raise call.forge.refused(404 if pull.merged else 405, "it is closed")
    if given.get("head_commit_id", pull.head_sha) != pull.head_sha:
        raise call.forge.refused(409, "head out of date")
    method = given["Do"].partition("-")[0]
    checks = repository.conclusion(pull.head_sha)
    if given.get("merge_when_checks_succeed") and checks == "pending":
        pull.auto_merge = method
        return Answer(201)
    if checks in ("failure", "pending") or repository.merge(pull, method, call.forge.login) is None:
        raise call.forge.refused(405, "Please try again later")
    return Answer(200)


@routes("GET", f"{PULL}/merge")
def is_merged(call: Call[Gitea]) -> Answer:
    _, pull = call.pull()
    if not pull.merged:
        raise Refused(404, None)
    return Answer(204)


@routes("GET", f"{REPO}/commits/:ref/status")
def status(call: Call[Gitea]) -> Answer:
    repository, ref = call.repository(), call.values["ref"]
    sha = repository.head(ref) or ref
    words = {None: "pending", "success": "success"}
    told = [{"context": k, "status": words.get(v, "failure")} for k, v in repository.checks.get(sha, {}).items()]
    state = repository.conclusion(sha).replace("none", "")
    return Answer(200, {"sha": sha, "state": state, "total_count": len(told), "statuses": told or None})


# ---- labels and comments -----------------------------------------------------------------------


@routes("GET", f"{REPO}/labels")
def labels(call: Call[Gitea]) -> Answer:
    return page(call, sorted(call.repository().labels), call.forge.label_of)


@routes("GET", "orgs/:org/labels")
def organisation_labels(call: Call[Gitea]) -> Answer:
    return page(call, [], call.forge.label_of)


@routes("POST", f"{REPO}/labels", "description exclusive is_archived", needs="name color")
def create_label(call: Call[Gitea]) -> Answer:
    call.repository().labels.add(call.given["name"])  # two of one name are possible there
    return Answer(201, call.forge.label_of(call.given["name"]))


@routes("GET", f"{ISSUE}/labels")
def issue_labels(call: Call[Gitea]) -> Answer:
    _, pull = call.pull()
    return Answer(200, [call.forge.label_of(name) for name in pull.labels])


@routes("POST", f"{ISSUE}/labels", needs="labels")
def add_labels(call: Call[Gitea]) -> Answer:
    repository, pull = call.pull()
    names = _names(call, repository, call.given["labels"], create=True)
    pull.labels += [name for name in names if name not in pull.labels]
    return Answer(200, [call.forge.label_of(name) for name in pull.labels])


def _comment(call: Call[Gitea], comment: Comment) -> dict[str, Any]:
    return {"id": comment.id, "body": comment.body, "user": call.forge.user(comment.author), "created_at": SINCE}


@routes("GET", f"{ISSUE}/comments", "since before")
def comments(call: Call[Gitea]) -> Answer:
    _, pull = call.pull()
    return Answer(200, [_comment(call, c) for c in pull.comments])


@routes("POST", f"{ISSUE}/comments", "updated_at", needs="body")
def add_comment(call: Call[Gitea]) -> Answer:
    _, pull = call.pull()
    pull.comments.append(Comment(call.forge.login, call.given["body"]))
    return Answer(201, _comment(call, pull.comments[-1]))
