"""What GitLab is asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.forge.github_owners import SINCE, number_of
from tests.forge.gitlab_views import GitLabViews, is_draft, last_reviews
from tests.forge.hosted import Comment, Hosted, MergeRequest, Pull
from tests.forge.routes import Call, Routes
from tests.forge.serving import Answer

routes = Routes()
PROJECT = "projects/:project"
MERGE = f"{PROJECT}/merge_requests/:number"
TRAIN = f"{PROJECT}/merge_trains/merge_requests/:number"
OUT = "removed this merge request from the merge train because a pipeline has failed"
TEXTS = "title description labels assignee_id assignee_ids reviewer_ids remove_source_branch squash milestone_id"


def page(call: Call[GitLabViews], items: Sequence[Any], show: Callable[[Any], Any]) -> Answer:
    number, size = call.number("page", 1), min(call.number("per_page", 20), 100)
    shown, last = call.slice(items, number, size)
    address = f"{call.forge.url}{call.request.path}?page={number + 1}&per_page={size}"
    headers = {"X-Total": len(items), "X-Total-Pages": last, "X-Page": number, "X-Per-Page": size}
    told = {name: str(value) for name, value in headers.items()}
    told["X-Next-Page"] = str(number + 1) if number < last else ""
    told["X-Prev-Page"] = str(number - 1) if number > 1 else ""
    if number < last:
        rest = "".join(f"&{k}={v}" for k, v in call.request.query.items() if k not in ("page", "per_page"))
        told["Link"] = f'<{address}{rest}>; rel="next"'
    return Answer(200, [show(item) for item in shown], told)


# ---- users and projects ------------------------------------------------------------------------


@routes("GET", "user")
def user(call: Call[GitLabViews]) -> Answer:
    return Answer(200, call.forge.user(call.forge.login))


@routes("GET", "users", "username search")
def users(call: Call[GitLabViews]) -> Answer:
    name = call.given.get("username", "")
    strangers = set().union(*(call.forge[r].strangers for r in call.forge.repositories))
    return page(call, [name] if name and name not in strangers else [], call.forge.user)


@routes("GET", PROJECT, "statistics license")
def project(call: Call[GitLabViews]) -> Answer:
    return Answer(200, call.forge.project(call.repository()))


def _projects(call: Call[GitLabViews], owner: str = "") -> Answer:
    found = [call.forge[r] for r in call.forge.repositories]
    given = call.given
    if owner:
        found = [r for r in found if r.owner == owner or r.owner.startswith(f"{owner}/")]
    if "archived" in given:
        found = [r for r in found if r.archived == (str(given["archived"]).lower() == "true")]
    found = [r for r in found if given.get("search", "") in r.name]
    return page(call, found, call.forge.project)


@routes("GET", "projects", "search archived membership simple owned search_namespaces")
def projects(call: Call[GitLabViews]) -> Answer:
    return _projects(call)


@routes("GET", "groups/:group")
def group(call: Call[GitLabViews]) -> Answer:
    if not any(call.forge[r].owner == call.values["group"] for r in call.forge.repositories):
        raise call.forge.refused(404, "Group Not Found")
    name = call.values["group"]
    return Answer(200, {"id": number_of(name), "full_path": name, "path": name, "name": name})


@routes("GET", "groups/:group/projects", "archived include_subgroups simple search with_shared")
def group_projects(call: Call[GitLabViews]) -> Answer:
    owners = {call.forge[r].owner for r in call.forge.repositories}
    wanted = {o for o in owners if call.values["group"] in (o, str(number_of(o)))}
    if not wanted:
        raise call.forge.refused(404, "Group Not Found")
    return _projects(call, wanted.pop())


@routes("GET", "users/:user/projects", "archived simple search")
def user_projects(call: Call[GitLabViews]) -> Answer:
    return _projects(call, call.values["user"])


@routes("GET", "search", "search", needs="scope search")
def search(call: Call[GitLabViews]) -> Answer:
    return _projects(call)


@routes("GET", f"{PROJECT}/repository/branches/:branch")
def branch(call: Call[GitLabViews]) -> Answer:
    repository = call.repository()
    sha = repository.head(call.values["branch"])
    if sha is None:
        raise call.forge.refused(404, "Branch Not Found")
    return Answer(200, {"name": call.values["branch"], "commit": {"id": sha}, "default": False, "protected": False})


@routes("DELETE", f"{PROJECT}/repository/branches/:branch")
def delete_branch(call: Call[GitLabViews]) -> Answer:
    return call.delete_branch("Branch Not Found")


@routes("GET", f"{PROJECT}/repository/commits/:sha/statuses", "ref name all")
def statuses(call: Call[GitLabViews]) -> Answer:
    repository, sha = call.repository(), call.values["sha"]
    words = {None: "running", "success": "success"}
    told = list(repository.checks.get(sha, {}).items())
    return page(call, told, lambda one: {"name": one[0], "status": words.get(one[1], "failed"), "sha": sha})


# ---- merge requests ----------------------------------------------------------------------------

FILTERS = "state source_branch target_branch scope labels created_after updated_after author_username search view"


@routes("GET", f"{PROJECT}/merge_requests", f"{FILTERS} with_merge_status_recheck")
def merge_requests(call: Call[GitLabViews]) -> Answer:
    repository, given = call.repository(), call.given
    found = sorted(repository.pulls.values(), key=lambda p: p.number, reverse=given.get("sort", "desc") == "desc")
    match given.get("state", "all"):
        case "opened":
            found = [p for p in found if p.open]
        case "closed":
            found = [p for p in found if not p.open and not p.merged]
        case "merged":
            found = [p for p in found if p.merged]
    for name in ("source_branch", "target_branch"):
        if name in given:
            found = [p for p in found if given[name] == (p.branch if name == "source_branch" else p.base)]
    if after := given.get("created_after"):
        found = [p for p in found if p.created >= after]
    return page(call, found, lambda p: call.forge.merge_request(repository, p, full=False))


@routes("POST", f"{PROJECT}/merge_requests", f"{TEXTS} target_project_id", needs="source_branch target_branch title")
def create(call: Call[GitLabViews]) -> Answer:
    repository, given = call.repository(), call.given
    heads = repository.heads()
    for name in ("source_branch", "target_branch"):
        if given[name] not in heads:
            return Answer(400, {"message": {name: ["does not exist"]}})
    if other := next(repository.open_for(given["source_branch"], given["target_branch"]), None):
        text = f"Another open merge request already exists for this source branch: !{other.number}"
        return Answer(409, {"message": [text]})
    made = repository.open_pull(
        given["source_branch"], given["target_branch"], given["title"], given.get("description"), call.forge.login
    )
    _change(call, repository, made)
    return Answer(201, call.forge.merge_request(repository, made, full=True))


def _change(call: Call[GitLabViews], repository: Hosted, pull: Pull) -> None:
    given = call.given
    pull.title = given.get("title", pull.title)
    pull.body = given.get("description", pull.body)
    pull.squash = bool(given.get("squash", pull.squash))
    if "labels" in given:
        pull.labels = _names(given["labels"])
    pull.labels += [name for name in _names(given.get("add_labels", "")) if name not in pull.labels]
    pull.labels = [name for name in pull.labels if name not in _names(given.get("remove_labels", ""))]
    repository.labels |= set(pull.labels)
    for field in ("reviewer", "assignee"):
        if f"{field}_ids" in given:
            setattr(
                pull, f"{field}s", [call.forge.people[id] for id in given[f"{field}_ids"] if id in call.forge.people]
            )


def _names(labels: Any) -> list[str]:
    words = labels.split(",") if isinstance(labels, str) else labels
    return list(dict.fromkeys(w.strip() for w in words if w.strip()))


@routes("GET", MERGE, "include_diverged_commits_count include_rebase_in_progress render_html")
def merge_request(call: Call[GitLabViews]) -> Answer:
    return Answer(200, call.forge.merge_request(*call.pull(), full=True))


@routes("PUT", MERGE, f"{TEXTS} add_labels remove_labels state_event target_branch discussion_locked")
def edit(call: Call[GitLabViews]) -> Answer:
    repository, pull = call.pull()
    given = call.given
    if (base := given.get("target_branch", pull.base)) != pull.base:
        if repository.head(base) is None or next(repository.open_for(pull.branch, base), None):
            return Answer(409, {"message": [f"{base} cannot be the target"]})
        pull.base = base
    match given.get("state_event"):
        case "close" if pull.open:
            repository.close(pull)
        case "reopen" if not pull.open:
            if pull.merged or repository.head(pull.branch) is None:
                return Answer(400, {"message": {"state": ["cannot be opened again"]}})
            if other := next(repository.open_for(pull.branch, pull.base), None):
                text = f"Another open merge request already exists for this source branch: !{other.number}"
                return Answer(409, {"message": {"validate_branches": [text]}})
            pull.state, pull.closed_at = "open", None
            pull.head_sha = repository.heads()[pull.branch]
    _change(call, repository, pull)
    return Answer(200, call.forge.merge_request(repository, pull, full=True))


@routes("GET", f"{MERGE}/diffs", "unidiff")
def diffs(call: Call[GitLabViews]) -> Answer:
    repository, pull = call.pull()
    return page(call, repository.files(pull), _diff)


@routes("GET", f"{MERGE}/changes", "access_raw_diffs unidiff")
def changes(call: Call[GitLabViews]) -> Answer:
    repository, pull = call.pull()
    shown = call.forge.merge_request(repository, pull, full=True)
    return Answer(200, shown | {"changes": [_diff(f) for f in repository.files(pull)]})


def _diff(file: Any) -> dict[str, Any]:
    return {
        "old_path": file.before or file.path, "new_path": file.path, "diff": file.patch,
        "new_file": file.status == "added", "renamed_file": file.status == "renamed",
        "deleted_file": file.status == "removed", "a_mode": "100644", "b_mode": "100644",
    }  # fmt: skip


@routes("GET", f"{MERGE}/versions")
def versions(call: Call[GitLabViews]) -> Answer:
    repository, pull = call.pull()
    refs = call.forge.refs(repository, pull)
    told = {"id": 1, "state": "collected", "created_at": SINCE, "real_size": "1"}
    names = {"base_sha": "base_commit_sha", "head_sha": "head_commit_sha", "start_sha": "start_commit_sha"}
    return Answer(200, [told | {names[k]: v for k, v in refs.items()}])


@routes("GET", f"{MERGE}/notes", "activity_filter")
def notes(call: Call[GitLabViews]) -> Answer:
    """What GitLab itself has written too, on trains."""
    _, pull = call.pull()
    words = {"added_to_merge_queue": "started a merge train", "removed_from_merge_queue": OUT}
    of_system = [_note(call, Comment("gitlab", words[e])) | {"system": True} for e in pull.queue_events]
    told = [*(_note(call, c) for c in pull.comments), *of_system]
    if call.given.get("sort", "desc") == "desc":
        told.reverse()
    return page(call, told, lambda note: note)


def _note(call: Call[GitLabViews], comment: Comment) -> dict[str, Any]:
    told = {"id": comment.id, "body": comment.body, "author": call.forge.user(comment.author), "system": False}
    return told | {"created_at": comment.created, "updated_at": comment.created, "resolvable": False}


@routes("POST", f"{MERGE}/notes", needs="body")
def add_note(call: Call[GitLabViews]) -> Answer:
    _, pull = call.pull()
    pull.comments.append(Comment(call.forge.login, call.given["body"]))
    return Answer(201, _note(call, pull.comments[-1]))


@routes("POST", f"{MERGE}/discussions", "position created_at commit_id", needs="body")
def discuss(call: Call[GitLabViews]) -> Answer:
    """With a position: a suggestion, on a line that the diff shows."""
    repository, pull = call.pull()
    given = call.given
    if position := given.get("position"):
        right = {**call.forge.refs(repository, pull), "position_type": "text"}
        if not repository.shows(pull, position.get("new_path", ""), position.get("new_line")):
            text = '400 Bad request - Note {:line_code=>["can\'t be blank", "must be a valid line code"]}'
            return Answer(400, {"message": text})
        if wrong := [key for key, value in right.items() if position.get(key) != value]:
            return Answer(400, {"message": f"400 Bad request - position: {wrong}"})
    pull.comments.append(Comment(call.forge.login, given["body"]))
    pull.places.append((position or {}, given["body"]))
    note = _note(call, pull.comments[-1])
    return Answer(201, {"id": f"{pull.comments[-1].id:040x}", "individual_note": False, "notes": [note]})


@routes("GET", f"{MERGE}/approvals")
def approvals(call: Call[GitLabViews]) -> Answer:
    _, pull = call.pull()
    by = [r.author for r in last_reviews(pull).values() if r.state == "APPROVED"]
    told = [{"user": call.forge.user(name), "approved_at": SINCE} for name in by]
    return Answer(200, {"approved": bool(by), "approved_by": told, "approvals_required": 0, "approvals_left": 0})


@routes("GET", f"{MERGE}/reviewers")
def reviewers(call: Call[GitLabViews]) -> Answer:
    _, pull = call.pull()
    words = {"APPROVED": "approved", "CHANGES_REQUESTED": "requested_changes", "COMMENTED": "reviewed"}
    last = last_reviews(pull)
    names = list(dict.fromkeys([*pull.reviewers, *last]))
    states = {n: words[last[n].state] if n in last else "unreviewed" for n in names}
    return Answer(200, [{"user": call.forge.user(n), "state": s, "created_at": SINCE} for n, s in states.items()])


@routes("GET", f"{MERGE}/pipelines")
def pipelines(call: Call[GitLabViews]) -> Answer:
    told = call.forge.pipeline(*call.pull())
    return page(call, [told] if told else [], lambda p: p)


# ---- merging -----------------------------------------------------------------------------------

WORDS = "sha squash should_remove_source_branch merge_commit_message squash_commit_message"


@routes("PUT", f"{MERGE}/merge", f"{WORDS} auto_merge merge_when_pipeline_succeeds")
def merge(call: Call[GitLabViews]) -> Answer:
    repository, pull = call.pull()
    given = call.given
    if not pull.open or is_draft(pull):
        return Answer(405, {"message": "405 Method Not Allowed"})
    if given.get("sha", pull.head_sha) != pull.head_sha:
        return Answer(409, {"message": f"SHA does not match HEAD of source branch: {pull.head_sha}"})
    pull.squash = bool(given.get("squash", pull.squash))
    checks = repository.conclusion(pull.head_sha)
    if (given.get("auto_merge") or given.get("merge_when_pipeline_succeeds")) and checks == "pending":
        pull.auto_merge = "squash" if pull.squash else "merge"
    elif checks in ("pending", "failure"):
        return Answer(405, {"message": "405 Method Not Allowed"})
    elif repository.merge(pull, "squash" if pull.squash else "merge", call.forge.login) is None:
        return Answer(422, {"message": "Branch cannot be merged"})
    return Answer(200, call.forge.merge_request(repository, pull, full=True))


@routes("GET", f"{PROJECT}/merge_trains", "scope")
def trains(call: Call[GitLabViews]) -> Answer:
    repository = _with_trains(call)
    return page(call, [repository.pulls[n] for n in repository.queue], lambda p: call.forge.car(repository, p))


def _with_trains(call: Call[GitLabViews]) -> Hosted:
    repository = call.repository()
    if not repository.merge_queue:
        raise call.forge.refused(403, "Forbidden")
    return repository


@routes("GET", TRAIN)
def car(call: Call[GitLabViews]) -> Answer:
    _with_trains(call)
    repository, pull = call.pull()
    if pull.merge_request is None:
        raise call.forge.refused(404, "Not Found")
    return Answer(200, call.forge.car(repository, pull))


@routes("POST", TRAIN, "sha squash auto_merge when_pipeline_succeeds")
def board(call: Call[GitLabViews]) -> Answer:
    _with_trains(call)
    repository, pull = call.pull()
    if not pull.open or is_draft(pull) or not repository.mergeable(pull) or pull.number in repository.queue:
        return Answer(400, {"message": "400 Bad request"})
    if call.given.get("sha", pull.head_sha) != pull.head_sha:
        return Answer(409, {"message": "409 Conflict"})
    pull.squash = bool(call.given.get("squash", pull.squash))
    if repository.conclusion(pull.head_sha) in ("pending", "failure"):
        if not (call.given.get("auto_merge") or call.given.get("when_pipeline_succeeds")):
            return Answer(400, {"message": "400 Bad request"})
        pull.auto_merge = "squash" if pull.squash else "merge"
        return Answer(202, [])
    repository.queue.append(pull.number)
    pull.queue_events.append("added_to_merge_queue")
    pull.merge_request = MergeRequest(str(time.time()), "merge", "train", pull.head_sha, 0, "enqueued")
    return Answer(201, [call.forge.car(repository, repository.pulls[n]) for n in repository.queue])
