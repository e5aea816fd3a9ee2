"""Merging on GitHub: always asked for and then looked after, so that queues and stacks are merged by one way.

`merge-async` answers at once and works in the background; where a server does not have it yet the classic merge is
asked, which knows no queue and no stack.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from .asking import Reply
from .github_host import GitHubAPI
from .rest import FOUND
from .values import ForgeFailed, Merged, Merging, Method, PullRequest, State

_POLLS = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0)  # seconds between looks at a merge that runs
_NOTES = {
    "added_to_merge_queue": Merged(outcome=Merging.QUEUED, why="it is in the merge queue"),
    "removed_from_merge_queue": Merged(outcome=Merging.EVICTED, why="it was removed from the merge queue"),
    "head_ref_force_pushed": None,  # what was removed is no longer what there is
    "merged": Merged(outcome=Merging.MERGED),
}
_AUTO = """mutation($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { pullRequest { number } }
}"""


def merge(api: GitHubAPI, path: str, pull: PullRequest, method: Method, asked: MutableMapping[int, str]) -> Merged:
    """Ask for it, with the head that was seen, and look for a while what becomes of it."""
    what = f"merge pull request {pull.number}"
    body = {"sha": pull.sha, "merge_method": method}
    reply = api.ask(what, "PUT", f"{path}/merge-async", body, expected=(400, 404, 409, 422))
    if reply.code == 404 and not _told(reply):
        return _classic(api, path, pull, body)
    if reply.code in (400, 404, 422):
        return Merged(outcome=Merging.REFUSED, why=_why(reply))
    for seconds in (*_POLLS, 0):
        details = _told(reply).get("details") or {}
        if expected := details.get("expected_head_sha"):
            if expected != pull.sha:  # 409: somebody asked before us, for another head
                return Merged(outcome=Merging.REFUSED, why="its head is being merged as it was before")
            asked[pull.number] = details["uuid"]
        outcome = _outcome(reply)
        if outcome is not None or not seconds or pull.number not in asked:
            break
        api.asking.pace.later(seconds)
        reply = api.ask(what, "GET", f"{path}/merge-async/{asked[pull.number]}", expected=(404,))
    return outcome or Merged(outcome=Merging.QUEUED, why="it is being merged")


def _told(reply: Reply) -> dict[str, Any]:
    """A result of an asynchronous merge; nothing for what is none."""
    told = reply.json()
    return told if isinstance(told, dict) and "status" in told and "details" in told else {}


def _why(reply: Reply) -> str:
    details = _told(reply).get("details") or {}
    return str(details.get("message") or reply.message or f"GitHub answers {reply.code}")


def _outcome(reply: Reply) -> Merged | None:
    """What a result says; None while it is open."""
    match _told(reply).get("status"):
        case "merged":
            return Merged(outcome=Merging.MERGED, why=_why(reply))
        case "enqueued":
            return Merged(outcome=Merging.QUEUED, why=_why(reply))
        case "pending":
            return None
        case _:  # failed, or nothing that we know
            return Merged(outcome=Merging.REFUSED, why=_why(reply))


def _classic(api: GitHubAPI, path: str, pull: PullRequest, body: Mapping[str, Any]) -> Merged:
    """A merge that was done although no answer came is refused the second time: so it is looked at first."""

    def done() -> Reply | None:
        now = api.ask(f"show pull request {pull.number}", "GET", path).json()
        return Reply(code=200, headers={}, text='{"message": "merged"}') if now.get("merged_at") else None

    reply = api.ask(
        f"merge pull request {pull.number}", "PUT", f"{path}/merge", dict(body),
        done=done, repeatable=False, expected=(404, 405, 409, 422),
    )  # fmt: skip
    if reply.ok:
        return Merged(outcome=Merging.MERGED, why=reply.message)
    return Merged(outcome=Merging.REFUSED, why=reply.message or f"GitHub answers {reply.code}")


def merging(api: GitHubAPI, path: str, issue: str, pull: PullRequest, asked: Mapping[int, str]) -> Merged | None:
    """What became of it: by its id where we have asked ourselves, else by what the queue has noted on the pull request."""
    if pull.state is State.MERGED:
        return Merged(outcome=Merging.MERGED)
    noted = _noted(api, issue, pull)
    if uuid := asked.get(pull.number):
        reply = api.ask(f"look at the merge of {pull.number}", "GET", f"{path}/merge-async/{uuid}", expected=(404,))
        told = _outcome(reply) if reply.ok else None
        if told is not None and told.outcome is Merging.REFUSED and noted is not None:
            return Merged(outcome=Merging.EVICTED, why=told.why)
        if told is not None and told.outcome is not Merging.QUEUED:
            return told
        return noted or told or (Merged(outcome=Merging.QUEUED, why="it is being merged") if reply.ok else None)
    return noted


def _noted(api: GitHubAPI, issue: str, pull: PullRequest) -> Merged | None:
    """The last time that it went into the queue or out of it."""
    last = None
    try:
        for event in api.pages(f"list the events of {pull.number}", f"{issue}/events"):
            if event["event"] in _NOTES:
                last = _NOTES[event["event"]]
    except ForgeFailed as error:
        if error.code != 404:
            raise
    return last


def auto_merge(api: GitHubAPI, told: Mapping[str, Any], pull: PullRequest, method: Method) -> None:
    """By GraphQL, the only way there is. A member of a stack refuses it, and so it is not asked."""
    if told.get("stack"):
        raise ForgeFailed(f"pull request {pull.number} is in a stack: GitHub merges those only when asked to")
    if told.get("auto_merge"):
        return
    what = f"have pull request {pull.number} merged when its checks pass"
    given = {"pullRequestId": told["node_id"], "mergeMethod": method.upper(), "expectedHeadOid": pull.sha}
    reply = api.graphql(what, _AUTO, {"input": given})
    errors = (reply.json() or {}).get("errors")
    if (
        errors and "clean status" in reply.message
    ):  # no rule of the branch asks for anything: there is nothing to wait for
        api.tell(
            f"{api.asking.host} merges nothing by itself where the base requires no check: codemod batch merge does"
        )
    elif errors:
        raise ForgeFailed(f"{api.asking.host} did not {what}: {reply.message}", code=422)


def stack(api: GitHubAPI, path: str, numbers: list[int]) -> None:
    """One stack holds them, in this order; one that holds the lower ones already gets the others."""
    what = f"stack pull requests {', '.join(map(str, numbers))}"

    def holding() -> list[tuple[int, list[int]]]:
        listed = api.pages("list stacks", path, {"pull_request": numbers[0]})
        return [(told["number"], [p["number"] for p in told["pull_requests"]]) for told in listed]

    def complete(stacks: list[tuple[int, list[int]]]) -> bool:
        return any(set(numbers) <= set(held) for _, held in stacks)

    def done() -> Reply | None:
        return FOUND if complete(holding()) else None

    there = holding()
    if complete(there):
        return
    for number, held in there:
        if held and held == numbers[: len(held)]:
            rest = {"pull_requests": numbers[len(held) :]}
            api.ask(what, "POST", f"{path}/{number}/add", rest, done=done, repeatable=False)
            return
    api.ask(what, "POST", path, {"pull_requests": numbers}, done=done, repeatable=False)
