"""The fakes of GitLab, Gitea and Bitbucket do what their documentation says: real clients and real git ask them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import gitlab
import pytest
from gitlab.v4.objects import Project

from tests.forge.gitlab import GitLab
from tests.forge.people import Forge


def filled(forge: Forge, make_repo: Callable[..., Path]) -> None:
    """acme/app with a.py on main, and branches one, two, three."""
    forge.add_repository("acme/app", make_repo({"a.py": "".join(f"a{n} = 1\n" for n in range(30))}))
    for name in ("one", "two", "three"):
        forge.commit("acme/app", name, {f"{name}.py": f"{name} = 1\n"})


# ---- GitLab ------------------------------------------------------------------------------------


@pytest.fixture
def labs(tmp_path: Path, make_repo: Callable[..., Path]) -> Iterator[GitLab]:
    server = GitLab(tmp_path / "labs")
    filled(server, make_repo)
    yield server
    server.stop()
    assert server.violations == []


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
