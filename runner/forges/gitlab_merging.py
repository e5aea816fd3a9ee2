"""Merging on GitLab: by a merge train where the project has them, at once elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, MutableSet
from typing import Any

from .asking import Reply
from .gitlab_host import GitLabAPI
from .rest import FOUND
from .values import ForgeFailed, Merged, Merging, Method, PullRequest, State

_RUNS = ("created", "waiting_for_resource", "preparing", "pending", "running", "scheduled")
_NOTES = {  # what GitLab itself writes on a merge request
    "started a merge train": Merged(outcome=Merging.QUEUED, why="it is in the merge train"),
    "added this merge request to the merge train": Merged(outcome=Merging.QUEUED, why="it is in the merge train"),
    "removed this merge request from the merge train": Merged(outcome=Merging.EVICTED),
}


def merge(
    api: GitLabAPI, path: str, train: str, pull: PullRequest, method: Method, boarded: MutableSet[int]
) -> Merged:
    """With the head that was seen. How commits are put together but for squashing is the project's to say."""
    what = f"merge merge request {pull.number}"
    body = {"sha": pull.sha, "squash": method == "squash"}
    if train:
        return _board(api, path, train, what, body, pull, boarded)

    def done() -> Reply | None:
        now = api.get(f"show merge request {pull.number}", path)
        return Reply(code=200, headers={}, text='{"state": "merged"}') if now["state"] == "merged" else None

    refusals = (400, 405, 406, 409, 422)
    reply = api.ask(what, "PUT", f"{path}/merge", body, done=done, repeatable=False, expected=refusals)
    if not reply.ok:
        return _refused(api, path, pull, reply)
    state = (reply.json() or {}).get("state")
    return Merged(outcome=Merging.MERGED if state == "merged" else Merging.QUEUED)


def _refused(api: GitLabAPI, path: str, pull: PullRequest, reply: Reply) -> Merged:
    """GitLab's refusals say nothing (405 Method Not Allowed), the merge request does."""
    now = api.get(f"show merge request {pull.number}", path)
    if now["state"] == "merged":
        return Merged(outcome=Merging.MERGED)
    if now["state"] == "closed":
        return Merged(outcome=Merging.REFUSED, why="it is closed")
    detailed = str(now.get("detailed_merge_status") or "").replace("_", " ")
    known = "" if detailed in ("mergeable", "unchecked", "checking") else detailed
    return Merged(outcome=Merging.REFUSED, why=known or reply.message or f"GitLab answers {reply.code}")


def _board(
    api: GitLabAPI,
    path: str,
    train: str,
    what: str,
    body: Mapping[str, Any],
    pull: PullRequest,
    boarded: MutableSet[int],
) -> Merged:
    """Put it on the train, where it is not on it yet."""

    def done() -> Reply | None:
        return FOUND if _car(api, train, pull) in ("idle", "stale", "fresh", "merging", "merged") else None

    if done() is None:
        reply = api.ask(what, "POST", train, dict(body), done=done, repeatable=False, expected=(400, 409, 422))
        if not reply.ok:
            return _refused(api, path, pull, reply)
    boarded.add(pull.number)
    return Merged(outcome=Merging.QUEUED, why="it is in the merge train")


def _car(api: GitLabAPI, train: str, pull: PullRequest) -> str:
    """How its car in the train is; "" where it has none."""
    reply = api.ask(f"look at the merge train of {pull.number}", "GET", train, expected=(403, 404))
    return str((reply.json() or {}).get("status", "")) if reply.ok else ""


def merging(api: GitLabAPI, path: str, train: str, pull: PullRequest, boarded: MutableSet[int]) -> Merged | None:
    """By its car in the train; one that has none any more was put out."""
    if pull.state is State.MERGED:
        return Merged(outcome=Merging.MERGED)
    match _car(api, train, pull) if train else "":
        case "merged" | "skip_merged":
            return Merged(outcome=Merging.MERGED)
        case "":
            noted = _noted(api, path, pull) if train else None
            if pull.number in boarded and (noted is None or noted.outcome is Merging.QUEUED):
                return Merged(outcome=Merging.EVICTED, why="it is not in the merge train any more")
            return noted if noted is not None and noted.outcome is Merging.EVICTED else None
        case _:
            return Merged(outcome=Merging.QUEUED, why="it is in the merge train")


def _noted(api: GitLabAPI, path: str, pull: PullRequest) -> Merged | None:
    """The last word about trains; a push after it takes it back."""
    query = {"sort": "desc", "order_by": "created_at"}
    for note in api.pages(f"list notes on {pull.number}", f"{path}/notes", query):
        if not note.get("system"):
            continue
        text = str(note["body"])
        if text.startswith("added ") and " commit" in text:
            return None
        for begins, told in _NOTES.items():
            if text.startswith(begins):
                return Merged(outcome=told.outcome, why=told.why or text)
    return None


def auto_merge(api: GitLabAPI, path: str, told: Mapping[str, Any], pull: PullRequest, method: Method) -> None:
    """Only while a pipeline runs: asked before it begins, GitLab would merge at once."""
    if told.get("merge_when_pipeline_succeeds"):
        return
    pipeline = told.get("head_pipeline")
    what = f"have merge request {pull.number} merged when its checks pass"
    if not pipeline or pipeline["status"] not in _RUNS:
        raise ForgeFailed(f"{api.asking.host} did not {what}: no pipeline runs for it now", again=True)
    body = {
        "sha": pull.sha, "squash": method == "squash", "auto_merge": True, "merge_when_pipeline_succeeds": True,
    }  # fmt: skip
    api.ask(what, "PUT", f"{path}/merge", body)
