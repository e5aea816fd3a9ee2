"""GitHub merges: at once, in the background, through a queue; and stacks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from tests.forge.github import DOCS, Call, Handler, invalid, not_found
from tests.forge.hosted import Hosted, MergeRequest, Pull, Stack
from tests.forge.serving import Answer, Refused

MODIFIED = "Head branch was modified. Review and try the merge again."


def is_merged(call: Call) -> Answer:
    _, pull = call.pull()
    if not pull.merged:
        raise Refused(404, None)
    return Answer(204)


def merge(call: Call) -> Answer:
    """At once: not for stacks, nor where there is a queue."""
    repository, pull = call.pull()
    body = call.body or {}
    if (why := _not_ready(repository, pull)) or (why := _not_at_once(repository, pull)):
        raise Refused(405, {"message": why, "documentation_url": DOCS, "status": "405"})
    if body.get("sha", pull.head_sha) != pull.head_sha:
        raise Refused(409, {"message": MODIFIED, "documentation_url": DOCS, "status": "409"})
    words = (body.get("commit_title", ""), body.get("commit_message", ""))
    made = repository.merge(pull, body.get("merge_method", "merge"), call.forge.login, *words)
    if made is None:
        raise Refused(405, {"message": "Pull Request is not mergeable", "documentation_url": DOCS, "status": "405"})
    return Answer(200, {"sha": made, "merged": True, "message": "Pull Request successfully merged"})


def _not_ready(repository: Hosted, pull: Pull) -> str:
    if not pull.open:
        return "Pull Request is closed"
    if pull.draft:
        return "Pull Request is still a draft"
    return ""


def _not_at_once(repository: Hosted, pull: Pull) -> str:
    if repository.stack_of(pull):
        return "Pull Request is part of a stack and must be merged with merge-async"
    if repository.merge_queue:
        return "Repository rule violations found: changes must be made through the merge queue"
    if repository.conclusion(pull.head_sha) == "failure":
        return "Repository rule violations found: required status checks have failed"
    return "" if repository.mergeable(pull) else "Pull Request is not mergeable"


def merge_async(call: Call) -> Answer:
    repository, pull = call.pull()
    body = call.body or {}
    if pull.merged:
        told = {"message": "Pull Request is already merged", "sha": pull.merge_commit}
        return Answer(200, {"status": "merged", "details": told})
    if why := _not_ready(repository, pull):
        return Answer(400, {"status": "failed", "details": {"message": why}})
    running = pull.merge_request
    if running and running.status in ("pending", "enqueued"):
        return Answer(200 if running.status == "enqueued" else 409, _request(running))
    action = body.get("merge_action", "default")
    if action == "merge_queue" and not repository.merge_queue:
        return Answer(400, {"status": "failed", "details": {"message": "There is no merge queue for this branch"}})
    made = MergeRequest(
        uuid=str(uuid.uuid4()),
        method=body.get("merge_method", "default"),
        action=action,
        sha=body.get("sha", pull.head_sha),
        polls=repository.polls,
        message="Merge request accepted",
    )
    pull.merge_request = made
    return Answer(202, _request(made))


def _request(running: MergeRequest) -> dict[str, Any]:
    told = {"message": running.message, "uuid": running.uuid, "merge_method": running.method}
    told |= {"merge_action": running.action, "expected_head_sha": running.sha}
    return {"status": running.status, "details": told}


def merge_result(call: Call) -> Answer:
    repository, pull = call.pull()
    running = pull.merge_request
    if running is None or running.uuid != call.values["uuid"]:
        raise not_found()
    if running.status == "pending":
        running.polls -= 1
        if running.polls <= 0:
            carry_out(repository, pull, running, call.forge.login)
    if running.status == "merged":
        told = {"message": "Pull Request successfully merged", "sha": pull.merge_commit}
        return Answer(200, {"status": "merged", "details": told})
    if running.status == "failed":
        return Answer(200, {"status": "failed", "details": {"message": running.message}})
    return Answer(200, _request(running))


def carry_out(repository: Hosted, pull: Pull, running: MergeRequest, who: str) -> None:
    """What runs in the background: all that it stands on is merged with it."""
    if running.sha != pull.head_sha:
        running.status, running.message = "failed", MODIFIED
    elif repository.merge_queue and running.action != "direct_merge":
        running.status, running.message = "enqueued", "Pull Request was added to the merge queue"
        for member in repository.below(pull):
            if member.number not in repository.queue:
                repository.queue.append(member.number)
                member.queue_events.append("added_to_merge_queue")
    else:
        merge_all(repository, pull, running, who)


def merge_all(repository: Hosted, pull: Pull, running: MergeRequest, who: str) -> None:
    members = repository.below(pull)
    base = members[0].base if members else pull.base
    for member in members:
        member.base = base  # what it stood on is there by now
        if repository.merge(member, running.method.replace("default", "merge"), who) is None:
            running.status, running.message = "failed", f"Pull Request #{member.number} is not mergeable"
            return
    running.status, running.message = "merged", ""


# ---- stacks ------------------------------------------------------------------------------------


def stacks(call: Call) -> Answer:
    repository = _with_stacks(call)
    found = repository.stacks
    if number := call.request.query.get("pull_request"):
        found = [s for s in found if int(number) in s.members]
    return call.page(found, lambda s: call.views.stack(repository, s, full=False))


def _with_stacks(call: Call) -> Hosted:
    repository = call.repository()
    if not repository.has_stacks:
        raise not_found()
    return repository


def _stack(call: Call) -> tuple[Hosted, Stack]:
    repository = _with_stacks(call)
    found = [s for s in repository.stacks if str(s.number) == call.values["stack_number"]]
    if not found:
        raise not_found()
    return repository, found[0]


def create_stack(call: Call) -> Answer:
    repository = _with_stacks(call)
    numbers = call.body["pull_requests"]
    _form_a_chain(repository, numbers)
    made = Stack(len(repository.stacks) + 1, list(numbers))
    repository.stacks.append(made)
    return Answer(201, call.views.stack(repository, made, full=True))


def _form_a_chain(repository: Hosted, numbers: Sequence[int], top: Pull | None = None) -> None:
    """Each stands on the head of the one before."""
    for at, number in enumerate(numbers):
        wrong: dict[str, Any] = {"resource": "PullRequest", "field": "pull_requests", "index": at, "value": number}
        pull = repository.pulls.get(number)
        if pull is None:
            raise invalid(**wrong, code="missing")
        if not pull.open or pull.fork:
            raise invalid(**wrong, code="invalid", message="Pull request is not open or is from a fork")
        if repository.stack_of(pull):
            raise invalid(**wrong, code="already_exists", message="Pull request is already part of a stack")
        if top is not None and pull.base != top.branch:
            raise invalid(**wrong, code="invalid", message=f"Base must be {top.branch}")
        top = pull


def stack(call: Call) -> Answer:
    repository, found = _stack(call)
    return Answer(200, call.views.stack(repository, found, full=True))


def add_to_stack(call: Call) -> Answer:
    repository, found = _stack(call)
    _form_a_chain(repository, call.body["pull_requests"], repository.pulls[found.members[-1]])
    found.members += call.body["pull_requests"]
    return Answer(200, call.views.stack(repository, found, full=True))


def unstack(call: Call) -> Answer:
    repository, found = _stack(call)
    members = [repository.pulls[n] for n in found.members]
    waiting = [p for p in members if p.open and p.number not in repository.queue]
    if not waiting:
        raise invalid(resource="Stack", code="invalid", message="Every pull request in the stack is locked")
    found.members = [p.number for p in members if p not in waiting]
    if not found.members:
        repository.stacks.remove(found)
        return Answer(204)
    return Answer(200, call.views.stack(repository, found, full=True))


MERGING: dict[str, Handler] = {
    "pulls/check-if-merged": is_merged,
    "pulls/merge": merge,
    "pulls/merge-async": merge_async,
    "pulls/get-merge-async-result": merge_result,
    "pull-request-stacks/list": stacks,
    "pull-request-stacks/create": create_stack,
    "pull-request-stacks/get": stack,
    "pull-request-stacks/add": add_to_stack,
    "pull-request-stacks/unstack": unstack,
}
