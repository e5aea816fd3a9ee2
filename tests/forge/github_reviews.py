"""GitHub's reviewers, reviews with suggestions, and checks."""

from __future__ import annotations

import re
from typing import Any

from tests.forge.github import Call, Handler, invalid, not_found
from tests.forge.hosted import Hosted, Pull, Review
from tests.forge.repositories import Changed
from tests.forge.serving import Answer

STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


def reviewers(call: Call) -> Answer:
    repository, pull = call.pull()
    teams = [call.views.team(repository.owner, slug) for slug in pull.teams]
    return Answer(200, {"users": [call.views.user(login) for login in pull.reviewers], "teams": teams})


def request_reviews(call: Call) -> Answer:
    repository, pull = call.pull()
    people, teams = call.body.get("reviewers", []), call.body.get("team_reviewers", [])
    if pull.author in people:
        raise invalid("Review cannot be requested from pull request author.")
    if repository.strangers.intersection([*people, *teams]):
        raise invalid(
            "Reviews may only be requested from collaborators. One or more of the users or teams you specified "
            f"is not a collaborator of the {repository.name} repository."
        )
    pull.reviewers += [p for p in people if p not in pull.reviewers]
    pull.teams += [t for t in teams if t not in pull.teams]
    return Answer(201, call.views.pull(repository, pull))


def remove_reviewers(call: Call) -> Answer:
    repository, pull = call.pull()
    pull.reviewers = [p for p in pull.reviewers if p not in call.body["reviewers"]]
    pull.teams = [t for t in pull.teams if t not in call.body.get("team_reviewers", [])]
    return Answer(200, call.views.pull(repository, pull))


def reviews(call: Call) -> Answer:
    repository, pull = call.pull()
    return call.page(pull.reviews, lambda r: call.views.review(repository, pull, r))


def add_review(call: Call) -> Answer:
    repository, pull = call.pull()
    body = call.body or {}
    event = body.get("event", "PENDING")
    if event in ("APPROVE", "REQUEST_CHANGES") and pull.author == call.forge.login:
        raise invalid(f"Can not {event.lower().replace('_', ' ')} your own pull request")
    if event == "COMMENT" and not body.get("body") and not body.get("comments"):
        raise invalid("Body is missing")
    files = {f.path: f for f in repository.files(pull)}
    for comment in body.get("comments", ()):
        _may_comment(files, comment)
    state: Any = STATES.get(event, "PENDING")
    made = Review(call.forge.login, state, body.get("body", ""), body.get("commit_id", pull.head_sha))
    made.comments = list(body.get("comments", ()))
    pull.reviews.append(made)
    return Answer(200, call.views.review(repository, pull, made))


def _may_comment(files: dict[str, Changed], comment: dict[str, Any]) -> None:
    """Only lines that the diff shows may be commented on."""
    file = files.get(comment["path"])
    if file is None:
        raise invalid("Unprocessable Entity: Path could not be resolved")
    if "position" in comment:
        return
    last = comment.get("line")
    first = comment.get("start_line", last)
    if not any(first in hunk and last in hunk for hunk in file.hunks) or first > last:
        raise invalid("Unprocessable Entity: Line could not be resolved")


def review_comments(call: Call) -> Answer:
    repository, pull = call.pull()
    told = [(review, at, comment) for review in pull.reviews for at, comment in enumerate(review.comments)]
    return call.page(told, lambda one: _comment(call, repository, pull, *one))


def _comment(
    call: Call, repository: Hosted, pull: Pull, review: Review, at: int, comment: dict[str, Any]
) -> dict[str, Any]:
    id = review.id * 1000 + at
    url = f"{call.views.api}/repos/{repository.name}/pulls/comments/{id}"
    html = f"{call.views.web}/{repository.name}/pull/{pull.number}#discussion_r{id}"
    parent = f"{call.views.api}/repos/{repository.name}/pulls/{pull.number}"
    places = {k: comment[k] for k in ("line", "start_line", "side", "start_side") if k in comment}
    return places | {
        "url": url, "id": id, "node_id": "", "pull_request_review_id": review.id, "diff_hunk": "", "html_url": html,
        "path": comment["path"], "commit_id": review.sha, "original_commit_id": review.sha, "body": comment["body"],
        "user": call.views.user(review.author), "created_at": review.created, "updated_at": review.created,
        "pull_request_url": parent, "author_association": "MEMBER",
        "_links": {"self": {"href": url}, "html": {"href": html}, "pull_request": {"href": parent}},
    }  # fmt: skip


def _commit(call: Call) -> tuple[Hosted, str]:
    """A commit by its id or by a branch."""
    repository, name = call.repository(), call.values["ref"]
    sha = repository.head(name.removeprefix("heads/")) or name
    if not re.fullmatch(r"[0-9a-f]{40}", sha):
        raise not_found()
    return repository, sha


def checks(call: Call) -> Answer:
    repository, sha = _commit(call)
    told = list(repository.checks.get(sha, {}).items())
    page = call.page(told, lambda one: call.views.check(repository, sha, *one))
    return Answer(200, {"total_count": len(told), "check_runs": page.body}, page.headers)


def status(call: Call) -> Answer:
    repository, sha = _commit(call)
    told = repository.statuses.get(sha, {})
    bad = any(s in ("failure", "error") for s in told.values())
    state = "failure" if bad else "success" if told and set(told.values()) == {"success"} else "pending"
    at = f"{call.views.api}/repos/{repository.name}/commits/{sha}"
    shown = [call.views.status(repository, sha, *one) for one in told.items()]
    body = {"state": state, "statuses": shown, "sha": sha, "total_count": len(told), "commit_url": at}
    return Answer(200, body | {"url": f"{at}/status", "repository": call.views.repository(repository)})


REVIEWS: dict[str, Handler] = {
    "pulls/list-requested-reviewers": reviewers,
    "pulls/request-reviewers": request_reviews,
    "pulls/remove-requested-reviewers": remove_reviewers,
    "pulls/list-reviews": reviews,
    "pulls/create-review": add_review,
    "pulls/list-review-comments": review_comments,
    "checks/list-for-ref": checks,
    "repos/get-combined-status-for-ref": status,
}
