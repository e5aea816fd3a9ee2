"""The few mutations of GitHub's GraphQL that have no counterpart in REST."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.forge.github_views import Views, node
from tests.forge.hosted import Hosted, Pull
from tests.forge.serving import Answer, Request

if TYPE_CHECKING:
    from tests.forge.github import GitHub

METHODS = ("MERGE", "SQUASH", "REBASE")


class Unprocessable(Exception):
    """It answers 200, with errors."""


def graphql(forge: GitHub, request: Request, views: Views) -> Answer:
    body = request.json
    if request.method != "POST" or set(body) - {"query", "variables", "operationName"}:
        forge.violations.append(f"graphql: {request.method} with {sorted(body)}")
    if body["query"].count("{") != body["query"].count("}"):
        forge.violations.append("graphql: braces that do not match")
    names = [name for name in MUTATIONS if re.search(rf"\b{name}\s*\(", body["query"])]
    if len(names) != 1 or "mutation" not in body["query"]:
        forge.violations.append(f"graphql: the fake lacks {body['query'][:300]}")
        return Answer(200, {"errors": [{"message": "unknown query", "type": "undefinedField"}]})
    given = body.get("variables", {}).get("input") or _literals(body["query"])
    mutation = MUTATIONS[names[0]]
    wanted = ({"pullRequestId"}, {"pullRequestId", *mutation.optional})
    if not wanted[0] <= set(given) <= wanted[1] | {"clientMutationId"}:
        forge.violations.append(f"graphql: {names[0]} with {sorted(given)}")
    try:
        repository, pull = _find(forge, given["pullRequestId"])
        if repository.archived:
            raise Unprocessable("Repository was archived so is read-only.")
        mutation.act(repository, pull, given)
    except Unprocessable as refused:
        error = {"type": "UNPROCESSABLE", "path": [names[0]], "message": str(refused)}
        return Answer(200, {"data": {names[0]: None}, "errors": [error]})
    shown = {
        "id": node("PullRequest", pull.id),
        "number": pull.number,
        "isDraft": pull.draft,
        "autoMergeRequest": {"mergeMethod": pull.auto_merge.upper()} if pull.auto_merge else None,
    }
    actor = {"login": forge.login, "avatarUrl": "", "resourcePath": f"/{forge.login}", "url": views.web}
    told = {"clientMutationId": given.get("clientMutationId"), "actor": actor, "pullRequest": shown}
    return Answer(200, {"data": {names[0]: told}})


def _literals(query: str) -> dict[str, str]:
    return dict(re.findall(r"(\w+):\s*\"?([\w=+/-]+)\"?", query))


def _find(forge: GitHub, id: str) -> tuple[Hosted, Pull]:
    for repository in map(forge.__getitem__, forge.repositories):
        for pull in repository.pulls.values():
            if node("PullRequest", pull.id) == id:
                return repository, pull
    raise Unprocessable(f"Could not resolve to a node with the global id of '{id}'")


def _enable(repository: Hosted, pull: Pull, given: dict[str, Any]) -> None:
    method = given.get("mergeMethod", "MERGE")
    if method not in METHODS:
        raise Unprocessable(f"{method} is no merge method")
    if not repository.auto_merge:
        raise Unprocessable("Pull request Auto merge is not allowed for this repository")
    if repository.stack_of(pull):
        raise Unprocessable("Pull request is part of a stack: auto-merge is not available")
    if not pull.open:
        raise Unprocessable("Pull request is closed")
    if pull.draft:
        raise Unprocessable("Pull request is in draft state")
    if given.get("expectedHeadOid", pull.head_sha) != pull.head_sha:
        raise Unprocessable("Head sha does not match")
    if repository.conclusion(pull.head_sha) in ("none", "success") and not repository.merge_queue:
        raise Unprocessable("Pull request is in clean status")
    pull.auto_merge = method.lower()


def _disable(repository: Hosted, pull: Pull, given: dict[str, Any]) -> None:
    if pull.auto_merge is None:
        raise Unprocessable("Can't disable auto-merge for this pull request")
    pull.auto_merge = None


def _ready(repository: Hosted, pull: Pull, given: dict[str, Any]) -> None:
    pull.draft = False


def _draft(repository: Hosted, pull: Pull, given: dict[str, Any]) -> None:
    pull.draft = True


class Mutation:
    def __init__(self, act: Callable[[Hosted, Pull, dict[str, Any]], None], *optional: str) -> None:
        self.act = act
        self.optional = optional


MUTATIONS = {
    "enablePullRequestAutoMerge": Mutation(
        _enable, "authorEmail", "commitBody", "commitHeadline", "expectedHeadOid", "mergeMethod"
    ),
    "disablePullRequestAutoMerge": Mutation(_disable),
    "markPullRequestReadyForReview": Mutation(_ready),
    "convertPullRequestToDraft": Mutation(_draft),
}
