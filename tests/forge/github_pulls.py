"""GitHub's pull requests, with their labels and comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.forge.github import DOCS, Call, Handler, invalid, not_found
from tests.forge.hosted import Comment, Hosted, Pull
from tests.forge.serving import Answer, Refused


def pulls(call: Call) -> Answer:
    repository, query = call.repository(), call.request.query
    found = list(repository.pulls.values())
    if (state := query.get("state", "open")) != "all":
        found = [p for p in found if p.state == state]
    if "base" in query:
        found = [p for p in found if p.base == query["base"]]
    if ":" in (head := query.get("head", "")):  # without an owner GitHub does not look at it
        found = [p for p in found if f"{p.fork.partition('/')[0] or repository.owner}:{p.branch}" == head]
    by_update = query.get("sort", "created") == "updated"
    found.sort(key=lambda p: (p.updated if by_update else p.created, p.number))
    if query.get("direction", "desc" if query.get("sort", "created") == "created" else "asc") == "desc":
        found.reverse()
    return call.page(found, lambda p: call.views.pull(repository, p))


def pull(call: Call) -> Answer:
    return Answer(200, call.views.full_pull(*call.pull()))


def create(call: Call) -> Answer:
    repository, body = call.repository(), call.body
    owner, _, branch = body["head"].rpartition(":")
    heads = repository.heads()
    if branch not in heads or owner not in ("", repository.owner):
        raise invalid(resource="PullRequest", field="head", code="invalid")
    if body["base"] not in heads:
        raise invalid(resource="PullRequest", field="base", code="invalid")
    if not body.get("title"):
        raise invalid(resource="Issue", code="missing_field", field="title")
    if next(repository.open_for(branch, body["base"]), None):
        text = f"A pull request already exists for {repository.owner}:{branch}."
        raise invalid(resource="PullRequest", code="custom", message=text)
    if repository.contains(heads[body["base"]], heads[branch]):
        text = f"No commits between {body['base']} and {branch}"
        raise invalid(resource="PullRequest", code="custom", message=text)
    if len(body.get("body") or "") > 65536:
        raise invalid(
            resource="Issue", code="custom", field="body", message="body is too long (maximum is 65536 characters)"
        )
    made = repository.open_pull(
        branch, body["base"], body["title"], body.get("body"), call.forge.login, draft=body.get("draft", False)
    )
    shown = call.views.full_pull(repository, made)
    return Answer(201, shown, {"Location": shown["url"]})


def edit(call: Call) -> Answer:
    repository, pull = call.pull()
    body = call.body
    if (state := body.get("state", pull.state)) != pull.state:
        if state == "open":
            _may_open(repository, pull)
            pull.state, pull.closed_at = "open", None
            pull.head_sha = repository.heads()[pull.branch]
        else:
            repository.close(pull)
    if (base := body.get("base", pull.base)) != pull.base:
        if not pull.open:
            raise invalid(
                resource="PullRequest",
                code="custom",
                field="base",
                message="Cannot change the base branch of a closed pull request.",
            )
        if repository.head(base) is None:
            text = f"Proposed base branch '{base}' was not found"
            raise invalid(resource="PullRequest", code="invalid", field="base", message=text)
        if next(repository.open_for(pull.branch, base), None):
            text = f"A pull request already exists for base branch '{base}' and head branch '{pull.branch}'"
            raise invalid(resource="PullRequest", code="invalid", field="base", message=text)
        if repository.stack_of(pull):
            raise invalid(resource="PullRequest", code="invalid", field="base", message="It is part of a stack")
        pull.base = base
    pull.title = body.get("title", pull.title)
    pull.body = body.get("body", pull.body)
    return Answer(200, call.views.full_pull(repository, pull))


def _may_open(repository: Hosted, pull: Pull) -> None:
    where = {"resource": "PullRequest", "code": "invalid", "field": "state"}
    now = repository.head(pull.branch)
    if pull.merged or now is None:
        why = "The pull request is merged." if pull.merged else f"The {pull.branch} branch has been deleted."
    elif next(repository.open_for(pull.branch, pull.base), None):
        why = f"There is already an open pull request from {pull.branch}."
    elif repository.contains(repository.heads()[pull.base], now):
        why = f"There are no new commits between base branch '{pull.base}' and head branch '{pull.branch}'."
    elif not repository.contains(now, pull.head_sha):
        why = f"The {pull.branch} branch was force-pushed or recreated."
    else:
        return
    raise invalid(message="Validation Failed", **where, **{"value": f"state cannot be changed. {why}"})


def files(call: Call) -> Answer:
    repository, pull = call.pull()
    return call.page(repository.files(pull)[:3000], lambda f: call.views.file(repository, pull, f))


# ---- issues ------------------------------------------------------------------------------------


def issue(call: Call) -> Answer:
    return Answer(200, call.views.issue(*call.pull()))


def edit_issue(call: Call) -> Answer:
    repository, pull = call.pull()
    body = call.body
    pull.title = str(body.get("title", pull.title))
    pull.body = body.get("body", pull.body)
    if "labels" in body:
        _set_labels(repository, pull, _names(body["labels"]))
    if "assignees" in body:
        pull.assignees = list(body["assignees"])
    if body.get("state") == "closed" and pull.open:
        repository.close(pull)
    return Answer(200, call.views.issue(repository, pull))


def _names(labels: Any) -> list[str]:
    given = labels.get("labels", []) if isinstance(labels, dict) else labels or []
    return [label if isinstance(label, str) else label["name"] for label in given]


def _set_labels(repository: Hosted, pull: Pull, names: Sequence[str]) -> None:
    for name in names:
        if not name or len(name) > 50:
            raise invalid(
                resource="Label", code="invalid", field="name", message="name is too long (maximum is 50 characters)"
            )
    repository.labels |= set(names)
    pull.labels = list(dict.fromkeys(names))


def _shown_labels(call: Call, repository: Hosted, pull: Pull) -> Answer:
    return Answer(200, [call.views.label(repository, name) for name in pull.labels])


def labels(call: Call) -> Answer:
    return _shown_labels(call, *call.pull())


def add_labels(call: Call) -> Answer:
    repository, pull = call.pull()
    _set_labels(repository, pull, [*pull.labels, *_names(call.body)])
    return _shown_labels(call, repository, pull)


def set_labels(call: Call) -> Answer:
    repository, pull = call.pull()
    _set_labels(repository, pull, _names(call.body))
    return _shown_labels(call, repository, pull)


def remove_label(call: Call) -> Answer:
    repository, pull = call.pull()
    if call.values["name"] not in pull.labels:
        raise Refused(404, {"message": "Label does not exist", "documentation_url": DOCS, "status": "404"})
    pull.labels.remove(call.values["name"])
    return _shown_labels(call, repository, pull)


def repository_labels(call: Call) -> Answer:
    repository = call.repository()
    return call.page(sorted(repository.labels), lambda name: call.views.label(repository, name))


def create_label(call: Call) -> Answer:
    repository, name = call.repository(), call.body["name"]
    if name in repository.labels:
        raise invalid(resource="Label", code="already_exists", field="name")
    repository.labels.add(name)
    return Answer(201, call.views.label(repository, name))


def one_label(call: Call) -> Answer:
    repository = call.repository()
    if call.values["name"] not in repository.labels:
        raise not_found()
    return Answer(200, call.views.label(repository, call.values["name"]))


def comments(call: Call) -> Answer:
    repository, pull = call.pull()
    return call.page(pull.comments, lambda c: call.views.comment(repository, pull, c))


def add_comment(call: Call) -> Answer:
    repository, pull = call.pull()
    pull.comments.append(Comment(call.forge.login, call.body["body"]))
    return Answer(201, call.views.comment(repository, pull, pull.comments[-1]))


def events(call: Call) -> Answer:
    """Those of the queue alone."""
    repository, pull = call.pull()
    return call.page(list(enumerate(pull.queue_events)), lambda e: call.views.event(repository, pull, *e))


def assign(call: Call) -> Answer:
    repository, pull = call.pull()
    pull.assignees += [a for a in (call.body or {}).get("assignees", []) if a not in pull.assignees]
    return Answer(201, call.views.issue(repository, pull))


PULLS: dict[str, Handler] = {
    "pulls/list": pulls,
    "pulls/get": pull,
    "pulls/create": create,
    "pulls/update": edit,
    "pulls/list-files": files,
    "issues/get": issue,
    "issues/update": edit_issue,
    "issues/list-labels-on-issue": labels,
    "issues/add-labels": add_labels,
    "issues/set-labels": set_labels,
    "issues/remove-label": remove_label,
    "issues/list-labels-for-repo": repository_labels,
    "issues/create-label": create_label,
    "issues/get-label": one_label,
    "issues/list-comments": comments,
    "issues/create-comment": add_comment,
    "issues/add-assignees": assign,
    "issues/list-events": events,
}
