"""The fakes of GitLab, Gitea and Bitbucket do what their documentation says: real clients and real git ask them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import gitlab
import pytest
import requests
from gitlab.v4.objects import Project

from tests.forge.bitbucket import Bitbucket
from tests.forge.gitea import Gitea
from tests.forge.gitlab import GitLab
from tests.forge.people import Forge

F = TypeVar("F", bound=Forge)


def served(forge: F, make_repo: Callable[..., Path]) -> Iterator[F]:
    """acme/app with a.py on main, and branches one, two, three."""
    forge.add_repository("acme/app", make_repo({"a.py": "".join(f"a{n} = 1\n" for n in range(30))}))
    for name in ("one", "two", "three"):
        forge.commit("acme/app", name, {f"{name}.py": f"{name} = 1\n"})
    yield forge
    forge.stop()
    assert forge.violations == []


# ---- GitLab ------------------------------------------------------------------------------------


@pytest.fixture
def labs(tmp_path: Path, make_repo: Callable[..., Path]) -> Iterator[GitLab]:
    yield from served(GitLab(tmp_path / "labs"), make_repo)


@pytest.fixture
def project(labs: GitLab) -> Project:
    return gitlab.Gitlab(labs.url, private_token=labs.token, retry_transient_errors=False).projects.get("acme/app")


def opened(project: Project, branch: str, **more: object) -> gitlab.v4.objects.ProjectMergeRequest:
    words = {"source_branch": branch, "target_branch": "main", "title": branch.title(), **more}
    made = project.mergerequests.create(words)
    assert isinstance(made, gitlab.v4.objects.ProjectMergeRequest)
    return made


def test_a_merge_request_of_gitlab_from_branch_to_merge(labs: GitLab, project: Project) -> None:
    [ada] = project.manager.gitlab.users.list(username="ada", get_all=True)
    made = opened(project, "one", description="Text", labels=["codemod"], reviewer_ids=[ada.id])
    [pull] = labs.pulls("acme/app")
    assert (made.state, pull.labels, pull.reviewers, pull.body) == ("opened", ["codemod"], ["ada"], "Text")
    with pytest.raises(gitlab.GitlabCreateError, match="Another open merge request already exists") as caught:
        opened(project, "one")
    assert caught.value.response_code == 409
    made.title, made.labels = "Draft: another", ["x"]
    made.save()
    assert project.mergerequests.get(1).detailed_merge_status == "draft_status"
    with pytest.raises(gitlab.GitlabMRClosedError):
        made.merge()
    made.title = "Another"
    made.save()
    made.notes.create({"body": "Hello"})
    assert [n.body for n in made.notes.list(get_all=True)] == ["Hello"]
    assert [d["new_path"] for d in made.changes()["changes"]] == ["one.py"]  # type: ignore[index]
    labs.check("acme/app", 1, ci=None)
    assert project.mergerequests.get(1).head_pipeline["status"] == "running"
    made.merge(merge_when_pipeline_succeeds=True)
    assert labs.pulls("acme/app")[0].open
    labs.check("acme/app", 1, ci="success")
    assert project.mergerequests.get(1).state == "merged"
    assert "one.py" in labs["acme/app"].git("ls-tree", "--name-only", "main")


def test_gitlab_lists_in_pages_and_opens_again(labs: GitLab, project: Project) -> None:
    for name in ("one", "two", "three"):
        opened(project, name)
    listed = project.mergerequests.list(iterator=True, per_page=2, state="all")
    assert [m.iid for m in listed] == [3, 2, 1]
    second = project.mergerequests.get(2)
    second.state_event = "close"
    second.save()
    assert [m.iid for m in project.mergerequests.list(state="closed", get_all=True)] == [2]
    second.state_event = "reopen"
    second.save()
    assert labs.pulls("acme/app")[1].open
    assert [m.iid for m in project.mergerequests.list(source_branch="two", get_all=True)] == [2]


def test_gitlab_tells_who_approved(labs: GitLab, project: Project) -> None:
    made = opened(project, "one")
    labs.review("acme/app", 1, "APPROVED", "ada")
    labs.review("acme/app", 1, "CHANGES_REQUESTED", "grace")
    assert [a["user"]["username"] for a in made.approvals.get().approved_by] == ["ada"]
    assert [(r.user["username"], r.state) for r in made.reviewer_details.list(get_all=True)] == [
        ("ada", "approved"),
        ("grace", "requested_changes"),
    ]
    assert project.mergerequests.get(1).detailed_merge_status == "requested_changes"


def test_a_merge_train_takes_on_and_puts_out(labs: GitLab, project: Project) -> None:
    for name in ("one", "two"):
        opened(project, name)
    with pytest.raises(gitlab.GitlabHttpError, match="403"):
        project.manager.gitlab.http_get("/projects/1/merge_trains/merge_requests/1")
    labs["acme/app"].merge_queue = True
    for number in (1, 2):
        project.manager.gitlab.http_post(f"/projects/1/merge_trains/merge_requests/{number}")
    labs.evict("acme/app", 1)
    with pytest.raises(gitlab.GitlabHttpError, match="404"):
        project.manager.gitlab.http_get("/projects/1/merge_trains/merge_requests/1")
    labs.run_train("acme/app")
    assert [p.merged for p in labs.pulls("acme/app")] == [False, True]
    told = project.manager.gitlab.http_get("/projects/1/merge_trains/merge_requests/2")
    assert told["status"] == "merged"  # type: ignore[index]


def test_suggestions_of_gitlab_lie_on_lines_of_the_diff(labs: GitLab, project: Project) -> None:
    labs.commit("acme/app", "one", {"a.py": "".join(f"a{n} = {1 + (n == 20)}\n" for n in range(30))})
    made = opened(project, "one")
    place = {**made.diff_refs, "position_type": "text", "new_path": "a.py", "old_path": "a.py", "new_line": 21}
    made.discussions.create({"body": "```suggestion\na\n```", "position": place})
    with pytest.raises(gitlab.GitlabCreateError, match="line_code"):
        made.discussions.create({"body": "x", "position": place | {"new_line": 2}})
    assert len(labs.pulls("acme/app")[0].places) == 1


def test_what_gitlab_does_not_know_is_a_violation(labs: GitLab, project: Project) -> None:
    words = {"source_branch": "one", "target_branch": "main", "titel": "One"}
    with pytest.raises(gitlab.GitlabHttpError, match="400"):
        project.manager.gitlab.http_post("/projects/1/merge_requests", post_data=words)
    assert labs.violations == [
        "POST /api/v4/projects/1/merge_requests: it takes no titel",
        "POST /api/v4/projects/1/merge_requests: title is missing",
    ]
    labs.violations.clear()
    with pytest.raises(gitlab.GitlabAuthenticationError):
        gitlab.Gitlab(labs.url, private_token="glpat-wrong").projects.get("acme/app")


def test_groups_of_gitlab(labs: GitLab) -> None:
    labs.add_repository("acme/deep/library")
    labs.add_repository("other/app", archived=True)
    group = gitlab.Gitlab(labs.url, private_token=labs.token).groups.get("acme")
    names = [p.path_with_namespace for p in group.projects.list(get_all=True, include_subgroups=True)]
    assert names == ["acme/app", "acme/deep/library"]


# ---- Gitea -------------------------------------------------------------------------------------


@pytest.fixture
def tea(tmp_path: Path, make_repo: Callable[..., Path]) -> Iterator[Gitea]:
    yield from served(Gitea(tmp_path / "tea"), make_repo)


def ask(forge: Forge, method: str, path: str, body: object = None, **more: Any) -> requests.Response:
    """Below the repository, unless the path begins with a slash."""
    start = {"Gitea": "/api/v1/repos/acme/app/", "Bitbucket": "/2.0/repositories/acme/app/"}[type(forge).__name__]
    headers = {"Authorization": f"Bearer {forge.token}"}
    url = f"{forge.url}{path}" if path.startswith("/") else f"{forge.url}{start}{path}".rstrip("/")
    return requests.request(method, url, json=body, headers=headers, timeout=10, **more)


def test_a_pull_request_of_gitea_from_branch_to_merge(tea: Gitea) -> None:
    words = {"title": "One", "head": "one", "base": "main", "body": "Text"}
    made = ask(tea, "POST", "pulls", words)
    assert (made.status_code, made.json()["number"], made.json()["state"]) == (201, 1, "open")
    assert ask(tea, "POST", "pulls", words).status_code == 409
    assert ask(tea, "POST", "pulls", words | {"head": "nowhere"}).status_code == 404
    assert ask(tea, "GET", "pulls/main/one").json()["number"] == 1
    label = ask(tea, "POST", "labels", {"name": "codemod", "color": "#ededed"}).json()["id"]
    for _ in range(2):
        assert ask(tea, "POST", "issues/1/labels", {"labels": [label]}).status_code == 200
    assert ask(tea, "POST", "issues/1/labels", {"labels": [99]}).status_code == 422
    assert ask(tea, "POST", "pulls/1/requested_reviewers", {"reviewers": ["ada"]}).status_code == 201
    assert ask(tea, "POST", "pulls/1/requested_reviewers", {"reviewers": [tea.login]}).status_code == 422
    tea.check("acme/app", 1, ci=None)
    assert ask(tea, "GET", "commits/one/status").json()["state"] == "pending"
    assert ask(tea, "POST", "pulls/1/merge", {"Do": "squash", "head_commit_id": "0" * 40}).status_code == 409
    assert ask(tea, "POST", "pulls/1/merge", {"Do": "squash"}).status_code == 405
    assert ask(tea, "POST", "pulls/1/merge", {"Do": "squash", "merge_when_checks_succeed": True}).status_code == 201
    tea.check("acme/app", 1, ci="success")
    shown = ask(tea, "GET", "pulls/1").json()
    assert (shown["merged"], [la["name"] for la in shown["labels"]]) == (True, ["codemod"])
    assert [u["login"] for u in shown["requested_reviewers"]] == ["ada"]
    assert ask(tea, "GET", "pulls/1/merge").status_code == 204


def test_gitea_lists_closes_and_opens_again(tea: Gitea) -> None:
    for name in ("one", "two", "three"):
        ask(tea, "POST", "pulls", {"title": name, "head": name, "base": "main"})
    assert ask(tea, "PATCH", "pulls/2", {"state": "closed"}).json()["state"] == "closed"
    first = ask(tea, "GET", "pulls?state=all&limit=2")
    assert [p["number"] for p in first.json()] == [3, 2]
    assert first.headers["X-Total-Count"] == "3"
    assert [p["number"] for p in ask(tea, "GET", first.links["next"]["url"].removeprefix(tea.url)).json()] == [1]
    assert [p["number"] for p in ask(tea, "GET", "pulls").json()] == [3, 1]
    assert ask(tea, "PATCH", "pulls/2", {"state": "open"}).json()["state"] == "open"
    tea.add_repository("acme/old", archived=True)
    assert [r["archived"] for r in ask(tea, "GET", "/api/v1/orgs/acme/repos").json()] == [False, True]
    found = ask(tea, "GET", "/api/v1/repos/search?q=acme&archived=false").json()["data"]
    assert [r["full_name"] for r in found] == ["acme/app"]


# ---- Bitbucket ---------------------------------------------------------------------------------


@pytest.fixture
def bucket(tmp_path: Path, make_repo: Callable[..., Path]) -> Iterator[Bitbucket]:
    yield from served(Bitbucket(tmp_path / "bucket"), make_repo)


def test_a_pull_request_of_bitbucket_from_branch_to_merge(bucket: Bitbucket) -> None:
    members = ask(bucket, "GET", "/2.0/workspaces/acme/members").json()["values"]
    ids = {m["user"]["nickname"]: {"uuid": m["user"]["uuid"]} for m in members}
    words = {"title": "One", "source": {"branch": {"name": "one"}}, "reviewers": [ids["ada"]]}
    made = ask(bucket, "POST", "pullrequests", words)
    assert (made.status_code, made.json()["state"]) == (201, "OPEN")
    assert made.json()["destination"]["branch"]["name"] == "main"
    assert bucket.pulls("acme/app")[0].reviewers == ["ada"]
    for wrong in (
        {"source": {"branch": {"name": "nowhere"}}},
        {"source": {"branch": {"name": "main"}}},
        {"source": {"branch": {"name": "two"}}, "reviewers": [ids[bucket.login]]},
    ):
        assert ask(bucket, "POST", "pullrequests", words | wrong).status_code == 400
    bucket.review("acme/app", 1, "APPROVED", "ada")
    bucket.check("acme/app", 1, ci="success", lint=None)
    assert ask(bucket, "GET", "pullrequests/1").json()["participants"][0]["state"] == "approved"
    states = [s["state"] for s in ask(bucket, "GET", "pullrequests/1/statuses").json()["values"]]
    assert states == ["SUCCESSFUL", "INPROGRESS"]
    assert [d["new"]["path"] for d in ask(bucket, "GET", "pullrequests/1/diffstat").json()["values"]] == ["one.py"]
    assert ask(bucket, "POST", "pullrequests/1/merge", {"merge_strategy": "squash"}).json()["state"] == "MERGED"
    assert ask(bucket, "POST", "pullrequests/1/decline").status_code == 400


def test_bitbucket_lists_what_is_asked_for(bucket: Bitbucket) -> None:
    for name in ("one", "two", "three"):
        ask(bucket, "POST", "pullrequests", {"title": name, "source": {"branch": {"name": name}}})
    ask(bucket, "POST", "pullrequests/2/decline")
    first = ask(bucket, "GET", "pullrequests?state=OPEN&state=DECLINED&pagelen=2").json()
    assert [p["id"] for p in first["values"]] == [3, 2]
    second = ask(bucket, "GET", first["next"].removeprefix(bucket.url)).json()
    assert ([p["id"] for p in second["values"]], "next" in second) == ([1], False)
    found = ask(bucket, "GET", "pullrequests", params={"q": 'source.branch.name = "one"'}).json()["values"]
    assert [p["id"] for p in found] == [1]
    assert bucket.violations == []


@pytest.mark.parametrize("which", ["tea", "bucket"])
def test_a_wrong_token_is_refused(which: str, request: pytest.FixtureRequest) -> None:
    forge = request.getfixturevalue(which)
    forge.token, right = "other", forge.token
    assert ask(forge, "GET", "").status_code == 200
    headers = {"Authorization": f"Bearer {right}"}
    assert requests.get(f"{forge.url}/{'/'.join(forge.prefix)}/user", headers=headers, timeout=10).status_code == 401
