"""The fake GitHub that other tests stand on does what GitHub does: PyGithub and real git are its clients."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from github import Auth, Github, GithubException, GithubRetry
from github.Repository import Repository

from tests.forge.contract import VERSIONS, contract
from tests.forge.github import GitHub
from tests.forge.serving import KINDS

Git = Callable[..., str]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, git_home: Path) -> Path:
    """A repository, and beside it a clone with three branches more: made once, for many tests copy them."""
    top = tmp_path_factory.mktemp("source")
    environment = {"GIT_CONFIG_GLOBAL": str(git_home / "config"), "GIT_CONFIG_NOSYSTEM": "1"}

    def run(*words: str) -> None:
        subprocess.run(["git", *words], cwd=top, check=True, env=os.environ | environment)

    for name, files in (("source", "ab"), ("clone", "123")):
        run("init", "--quiet", "source") if name == "source" else run("clone", "--quiet", "source", "clone")
        for file in files:
            branch = {"1": "one", "2": "two", "3": "three"}.get(file, "main")
            if branch != "main":
                run("-C", name, "switch", "--quiet", "--create", branch, "main")
            (top / name / f"{file}.py").write_text(f"{file} = 1\n")
            run("-C", name, "add", "--all")
            run("-C", name, "commit", "--quiet", "--message", f"Add {file}")
    return top / "source"


@pytest.fixture
def url(forge: GitHub, source: Path) -> str:
    """Where acme/app is, which has one branch with a.py and b.py."""
    return forge.add_repository("acme/app", source)


@pytest.fixture
def clone(url: str, source: Path, tmp_path: Path) -> Path:
    """A clone of acme/app with three branches that are not pushed yet."""
    where = Path(shutil.copytree(source.parent / "clone", tmp_path / "clone"))
    config = where / ".git/config"
    config.write_text(config.read_text().replace(str(source), url))
    return where


def push(forge: GitHub, clone: Path, *words: str, token: str | None = None) -> subprocess.CompletedProcess[str]:
    basic = base64.b64encode(f"x-access-token:{token or forge.token}".encode()).decode()
    env = os.environ | {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
    }
    command = ["git", "push", "--quiet", "origin", *words]
    return subprocess.run(command, cwd=clone, env=env, capture_output=True, text=True, check=False)


def client(forge: GitHub, version: str = VERSIONS[0], retry: GithubRetry | None = None) -> Github:
    return Github(
        base_url=forge.url,
        auth=Auth.Token(forge.token),
        retry=retry,
        seconds_between_requests=0,
        seconds_between_writes=0,
        api_version=version,
    )


def app(forge: GitHub, version: str = VERSIONS[0]) -> Repository:
    return client(forge, version).get_repo("acme/app")


def rest(forge: GitHub, method: str, path: str, version: str = VERSIONS[0], **more: object) -> requests.Response:
    headers = {"Authorization": f"Bearer {forge.token}", "X-GitHub-Api-Version": version}
    return requests.request(method, f"{forge.url}{path}", headers=headers, timeout=10, **more)  # type: ignore[arg-type]


# ---- git ---------------------------------------------------------------------------------------


def test_a_push_without_the_right_token_is_refused(forge: GitHub, clone: Path) -> None:
    refused = push(forge, clone, "one", token="ghp_wrong")
    assert refused.returncode
    assert [r.status for r in forge.requests][-1] == 401
    assert set(forge["acme/app"].heads()) == {"main"}


def test_an_atomic_push_with_a_stale_lease_moves_nothing(forge: GitHub, clone: Path, git: Git) -> None:
    assert push(forge, clone, "one").returncode == 0
    seen = git(clone, "rev-parse", "one")
    forge.commit("acme/app", "one", {"x.py": "x = 1\n"})
    words = ("--atomic", f"--force-with-lease=one:{seen}", "--force-with-lease=two:", "one~1:refs/heads/one", "two")
    refused = push(forge, clone, *words)
    assert refused.returncode
    assert "stale info" in refused.stderr
    assert set(forge["acme/app"].heads()) == {"main", "one"}
    assert push(forge, clone, "--atomic", "two", "three").returncode == 0
    assert set(forge["acme/app"].heads()) == {"main", "one", "two", "three"}


def test_a_private_repository_is_cloned_with_the_token_only(forge: GitHub, tmp_path: Path, git: Git) -> None:
    forge.add_repository("acme/secret", None, private=True)
    denied = requests.get(f"{forge.url}/acme/secret.git/info/refs?service=git-upload-pack", timeout=10)
    assert denied.status_code == 401
    got = requests.get(
        f"{forge.url}/acme/secret.git/info/refs?service=git-upload-pack", auth=("x", forge.token), timeout=10
    )
    assert got.status_code == 200


def test_an_archived_repository_takes_no_push(forge: GitHub, clone: Path) -> None:
    forge["acme/app"].archived = True
    assert "403" in push(forge, clone, "one").stderr
    with pytest.raises(GithubException) as caught:
        app(forge).create_pull(base="main", head="one", title="One", body="")
    assert caught.value.status == 403


# ---- pull requests -----------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_pull_request_from_push_to_merge(forge: GitHub, clone: Path, git: Git, version: str) -> None:
    assert push(forge, clone, "one").returncode == 0
    repository = app(forge, version)
    made = repository.create_pull(base="main", head="one", title="One", body="Text", draft=True)
    made.add_to_labels("codemod", "x")
    made.add_to_labels("codemod")
    made.create_review_request(reviewers=["ada"], team_reviewers=["core"])
    made.create_issue_comment("Hello")
    made.edit(title="Another", body="More")
    again = repository.get_pull(made.number)
    assert [label.name for label in again.labels] == ["codemod", "x"]
    assert [u.login for u in again.requested_reviewers] == ["ada"]
    assert [t.slug for t in again.requested_teams] == ["core"]
    assert (again.title, again.body, again.draft, again.mergeable, again.merged) == (
        "Another",
        "More",
        True,
        True,
        False,
    )
    assert [f.filename for f in again.get_files()] == ["1.py"]
    assert [(f.additions, f.status) for f in again.get_files()] == [(1, "added")]
    assert again.head.sha == git(clone, "rev-parse", "one")
    assert ("assignee" in again.raw_data) == ("merge_commit_sha" in again.raw_data) == (version == VERSIONS[0])
    assert git(clone, "ls-remote", "origin", "refs/pull/1/head").split()[0] == again.head.sha
    forge.merge("acme/app", 1)
    assert repository.get_pull(1).merged
    assert git(clone, "ls-remote", "origin", "main").split()[0] == forge.pulls("acme/app")[0].merge_commit


def test_what_cannot_be_opened_is_refused_as_github_does(forge: GitHub, clone: Path) -> None:
    push(forge, clone, "one", "main:refs/heads/empty")
    repository = app(forge)
    repository.create_pull(base="main", head="one", title="One", body="")
    for head, base, told in (
        ("one", "main", "A pull request already exists for acme:one."),
        ("acme:one", "main", "A pull request already exists for acme:one."),
        ("empty", "main", "No commits between main and empty"),
        ("nowhere", "main", "'field': 'head'"),
        ("one", "nowhere", "'field': 'base'"),
    ):
        with pytest.raises(GithubException) as caught:
            repository.create_pull(base=base, head=head, title="One", body="")
        assert caught.value.status == 422
        assert told in str(caught.value.data)
    assert len(forge.pulls("acme/app")) == 1


def test_lists_come_in_pages(forge: GitHub, url: str) -> None:
    for n in range(7):
        forge.commit("acme/app", f"b{n}", {f"{n}.py": "1\n"})
        forge.open("acme/app", f"b{n}", title=f"Number {n}")
    forge.close("acme/app", 3)
    forge.merge("acme/app", 5)
    github = Github(base_url=forge.url, auth=Auth.Token(forge.token), per_page=2, seconds_between_requests=0)
    repository = github.get_repo("acme/app")
    before = len(forge.requests)
    assert [p.number for p in repository.get_pulls(state="all")] == [7, 6, 5, 4, 3, 2, 1]
    assert len(forge.requests) - before == 4
    assert [p.number for p in repository.get_pulls(state="closed")] == [5, 3]
    assert [p.number for p in repository.get_pulls(head="acme:b3", state="all")] == [4]
    assert [p.number for p in repository.get_pulls(head="other:b3", state="all")] == []
    assert [p.number for p in repository.get_pulls(base="other")] == []


def test_a_pull_request_follows_its_branch(forge: GitHub, clone: Path, git: Git) -> None:
    push(forge, clone, "one", "two", "three")
    repository = app(forge)
    for name in ("one", "two", "three"):
        repository.create_pull(base="main", head=name, title=name, body="")
    sha = forge.commit("acme/app", "one", {"one.py": "one = 2\n"}, author="Grace")
    assert repository.get_pull(1).head.sha == sha
    assert push(forge, clone, "--delete", "two").returncode == 0
    assert repository.get_pull(2).state == "closed"
    assert push(forge, clone, "--force", "main:three").returncode == 0
    assert repository.get_pull(3).state == "closed"  # no commits are left
    with pytest.raises(GithubException, match="no new commits"):
        repository.get_pull(3).edit(state="open")
    with pytest.raises(GithubException, match="deleted"):
        repository.get_pull(2).edit(state="open")
    repository.get_pull(1).edit(state="closed")
    repository.get_pull(1).edit(state="open")
    repository.get_pull(1).edit(state="closed")
    assert push(forge, clone, "--force", "one:one").returncode == 0  # without Grace's commit
    with pytest.raises(GithubException, match="force-pushed"):
        repository.get_pull(1).edit(state="open")
    forge.commit("acme/app", "one", {"one.py": "one = 2\n"}, author="Grace")
    repository.get_pull(1).edit(state="open")
    assert forge.pulls("acme/app")[0].open
    git(clone, "pull", "--quiet", "--rebase", "origin", "one")
    assert push(forge, clone, "HEAD:main").returncode == 0
    assert repository.get_pull(1).merged  # somebody pushed its commits by hand


def test_a_conflict_is_seen(forge: GitHub, url: str) -> None:
    forge.commit("acme/app", "edit", {"a.py": "a = 2\n"})
    forge.open("acme/app", "edit")
    assert app(forge).get_pull(1).mergeable
    forge.commit("acme/app", "main", {"a.py": "a = 3\n"})
    assert app(forge).get_pull(1).mergeable is False


def test_checks_and_reviews(forge: GitHub, url: str) -> None:
    forge.commit("acme/app", "edit", {"a.py": "a = 2\n"})
    forge.open("acme/app", "edit")
    pull = app(forge).get_pull(1)
    commit_checks = f"/repos/acme/app/commits/{pull.head.sha}/check-runs"
    assert rest(forge, "GET", commit_checks).json()["total_count"] == 0
    forge.check("acme/app", 1, ci="success", lint=None)
    shown = rest(forge, "GET", commit_checks).json()["check_runs"]
    assert [(c["name"], c["status"], c["conclusion"]) for c in shown] == [
        ("ci", "completed", "success"),
        ("lint", "in_progress", None),
    ]
    forge["acme/app"].statuses[pull.head.sha] = {"old": "failure"}
    assert rest(forge, "GET", f"/repos/acme/app/commits/{pull.head.sha}/status").json()["state"] == "failure"
    forge.review("acme/app", 1, "CHANGES_REQUESTED", "ada")
    forge.review("acme/app", 1, "APPROVED", "ada")
    assert [(r.user.login, r.state) for r in pull.get_reviews()] == [
        ("ada", "CHANGES_REQUESTED"),
        ("ada", "APPROVED"),
    ]


def test_suggestions_lie_on_lines_of_the_diff(forge: GitHub, url: str) -> None:
    forge.commit("acme/app", "main", {"long.py": "".join(f"x{n} = 1\n" for n in range(50))})
    text = "".join(f"x{n} = {2 if n == 20 else 1}\n" for n in range(50))
    forge.commit("acme/app", "edit", {"long.py": text})
    forge.open("acme/app", "edit")
    pull = app(forge).get_pull(1)
    good = {"path": "long.py", "line": 22, "start_line": 20, "side": "RIGHT", "start_side": "RIGHT", "body": "…"}
    pull.create_review(body="Look", event="COMMENT", comments=[good])  # type: ignore[list-item]
    assert [(c.path, c.body) for c in pull.get_review_comments()] == [("long.py", "…")]
    for wrong in ({"line": 40}, {"path": "a.py"}, {"line": 19, "start_line": 21}):
        with pytest.raises(GithubException) as caught:
            pull.create_review(body="Look", event="COMMENT", comments=[good | wrong])  # type: ignore[list-item]
        assert caught.value.status == 422
    assert len(forge.pulls("acme/app")[0].reviews) == 1


def test_strangers_and_the_author_are_no_reviewers(forge: GitHub, clone: Path) -> None:
    push(forge, clone, "one")
    made = app(forge).create_pull(base="main", head="one", title="One", body="")
    forge["acme/app"].strangers.add("eve")
    for who in ("eve", forge.login):
        with pytest.raises(GithubException) as caught:
            made.create_review_request(reviewers=["ada", who])
        assert caught.value.status == 422
    assert forge.pulls("acme/app")[0].reviewers == []


def test_organisations_and_search(forge: GitHub) -> None:
    for name in ("acme/app", "acme/library", "other/app"):
        forge.add_repository(name)
    forge["acme/library"].archived = True
    github = client(forge)
    assert [r.full_name for r in github.get_organization("acme").get_repos()] == ["acme/app", "acme/library"]
    assert [r.full_name for r in github.get_user("other").get_repos()] == ["other/app"]
    found = github.search_repositories("org:acme archived:false")
    assert [r.full_name for r in found] == ["acme/app"]
    assert github.get_user().login == forge.login
    with pytest.raises(GithubException, match="404"):
        github.get_organization("nobody")


def test_the_versions_differ_as_they_do(forge: GitHub) -> None:
    old, new = (rest(forge, "GET", "/rate_limit", version).json() for version in VERSIONS)
    assert ("rate" in old, "rate" in new) == (True, False)
    assert rest(forge, "GET", "/rate_limit", "2020-01-01").status_code == 400


# ---- merging -----------------------------------------------------------------------------------


def three(forge: GitHub, *, chain: bool = False) -> None:
    """Pull requests 1 to 3, side by side or each on the head of the one before."""
    base = "main"
    for number, name in enumerate(("one", "two", "three"), 1):
        if chain and base != "main":
            forge["acme/app"].set(f"refs/heads/{name}", forge["acme/app"].heads()[base])
        forge.commit("acme/app", name, {f"{name}.py": f"{name} = 1\n"})
        forge.open("acme/app", name, base, title=f"Number {number}")
        base = name if chain else "main"


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_merge_moves_the_base(forge: GitHub, clone: Path, git: Git, method: str) -> None:
    three(forge)
    repository = app(forge)
    before = git(clone, "ls-remote", "origin", "main").split()[0]
    assert repository.get_pull(1).merge(merge_method=method).merged
    git(clone, "fetch", "--quiet", "origin")
    assert git(clone, "show", "origin/main:one.py") == "one = 1"
    parents = git(clone, "log", "-1", "--format=%P", "origin/main").split()
    assert parents[0] == before
    assert len(parents) == (2 if method == "merge" else 1)
    assert repository.get_pull(1).is_merged()
    assert not repository.get_pull(2).is_merged()
    assert repository.get_pull(2).mergeable
    assert len(list(repository.get_pull(1).get_files())) == 1


def test_what_cannot_be_merged_at_once(forge: GitHub, url: str) -> None:
    three(forge)
    forge.close("acme/app", 1)
    forge["acme/app"].pulls[2].draft = True
    forge.check("acme/app", 3, ci="failure")
    repository = app(forge)
    for number in (1, 2, 3):
        with pytest.raises(GithubException) as caught:
            repository.get_pull(number).merge()
        assert caught.value.status == 405
    forge.check("acme/app", 3, ci="success")
    with pytest.raises(GithubException) as caught:
        repository.get_pull(3).merge(sha="0" * 40)
    assert caught.value.status == 409


def test_a_merge_in_the_background(forge: GitHub, url: str) -> None:
    three(forge)
    forge["acme/app"].polls = 2
    at = "/repos/acme/app/pulls/1/merge-async"
    sha = forge.pulls("acme/app")[0].head_sha
    asked = rest(forge, "PUT", at, json={"sha": sha, "merge_method": "squash", "merge_action": "default"})
    uuid = asked.json()["details"]["uuid"]
    assert (asked.status_code, asked.json()["status"]) == (202, "pending")
    again = rest(forge, "PUT", at, json={"sha": sha, "merge_method": "merge"})
    assert (again.status_code, again.json()["details"]["uuid"]) == (409, uuid)
    assert again.json()["details"]["merge_method"] == "squash"
    states = [rest(forge, "GET", f"{at}/{uuid}").json()["status"] for _ in range(3)]
    assert states == ["pending", "merged", "merged"]
    assert rest(forge, "PUT", at, json={}).status_code == 200
    assert rest(forge, "GET", f"{at}/other").status_code == 404


def test_a_merge_in_the_background_that_fails(forge: GitHub, url: str) -> None:
    three(forge)
    forge.close("acme/app", 1)
    refused = rest(forge, "PUT", "/repos/acme/app/pulls/1/merge-async", json={})
    assert (refused.status_code, refused.json()["status"]) == (400, "failed")
    forge.commit("acme/app", "main", {"two.py": "two = 0\n", "three.py": "three = 0\n"})
    stale = forge.pulls("acme/app")[2].head_sha
    forge.commit("acme/app", "three", {"x.py": "x = 1\n"})
    for number, sha, told in (
        (2, forge.pulls("acme/app")[1].head_sha, "not mergeable"),
        (3, stale, "Head branch was modified"),
    ):
        at = f"/repos/acme/app/pulls/{number}/merge-async"
        uuid = rest(forge, "PUT", at, json={"sha": sha}).json()["details"]["uuid"]
        result = rest(forge, "GET", f"{at}/{uuid}").json()
        assert result["status"] == "failed"
        assert told in result["details"]["message"]
        assert forge.pulls("acme/app")[number - 1].open


def test_a_queue_merges_and_puts_out(forge: GitHub, url: str) -> None:
    three(forge)
    forge["acme/app"].merge_queue = True
    with pytest.raises(GithubException, match="merge queue"):
        app(forge).get_pull(1).merge()
    uuids = {}
    for number in (1, 2):
        at = f"/repos/acme/app/pulls/{number}/merge-async"
        uuids[number] = rest(forge, "PUT", at, json={}).json()["details"]["uuid"]
        assert rest(forge, "GET", f"{at}/{uuids[number]}").json()["status"] == "enqueued"
        assert rest(forge, "PUT", at, json={}).status_code == 200
    forge.evict("acme/app", 1)
    forge.run_queue("acme/app")
    states = [
        rest(forge, "GET", f"/repos/acme/app/pulls/{n}/merge-async/{uuids[n]}").json()["status"] for n in (1, 2)
    ]
    assert states == ["failed", "merged"]
    assert [p.merged for p in forge.pulls("acme/app")] == [False, True, False]
    assert rest(forge, "PUT", "/repos/acme/app/pulls/1/merge-async", json={}).status_code == 202


def test_a_stack_is_merged_from_the_bottom(forge: GitHub, url: str) -> None:
    three(forge, chain=True)
    made = rest(forge, "POST", "/repos/acme/app/stacks", json={"pull_requests": [1, 2]})
    assert made.status_code == 201
    assert rest(forge, "POST", "/repos/acme/app/stacks/1/add", json={"pull_requests": [3]}).status_code == 200
    assert [s["number"] for s in rest(forge, "GET", "/repos/acme/app/stacks?pull_request=3").json()] == [1]
    assert rest(forge, "GET", "/repos/acme/app/pulls/2").json()["stack"]["position"] == 2
    with pytest.raises(GithubException, match="stack"):
        app(forge).get_pull(1).merge()
    at = "/repos/acme/app/pulls/2/merge-async"
    uuid = rest(forge, "PUT", at, json={}).json()["details"]["uuid"]
    assert rest(forge, "GET", f"{at}/{uuid}").json()["status"] == "merged"
    assert [p.merged for p in forge.pulls("acme/app")] == [True, True, False]
    unstacked = rest(forge, "POST", "/repos/acme/app/stacks/1/unstack")
    assert [p["number"] for p in unstacked.json()["pull_requests"]] == [1, 2]
    assert rest(forge, "POST", "/repos/acme/app/stacks/1/unstack").status_code == 422
    assert rest(forge, "GET", "/repos/acme/app/stacks/1").json()["open"] is False


def test_what_is_no_stack(forge: GitHub, url: str) -> None:
    three(forge, chain=True)
    for numbers, code in (([1, 9], "missing"), ([2, 1], "invalid"), ([1, 3], "invalid")):
        refused = rest(forge, "POST", "/repos/acme/app/stacks", json={"pull_requests": numbers})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["code"] == code
    assert rest(forge, "POST", "/repos/acme/app/stacks", json={"pull_requests": [1, 2]}).status_code == 201
    again = rest(forge, "POST", "/repos/acme/app/stacks", json={"pull_requests": [2, 3]})
    assert again.json()["errors"][0]["code"] == "already_exists"
    assert rest(forge, "POST", "/repos/acme/app/stacks/1/unstack").status_code == 204
    forge["acme/app"].has_stacks = False
    assert rest(forge, "GET", "/repos/acme/app/stacks").status_code == 404


def test_auto_merge_waits_for_the_checks(forge: GitHub, url: str) -> None:
    three(forge)
    pull = app(forge).get_pull(1)
    with pytest.raises(GithubException, match="clean status"):
        pull.enable_automerge("SQUASH")
    forge.check("acme/app", 1, ci=None)
    pull.enable_automerge("SQUASH")
    assert app(forge).get_pull(1).raw_data["auto_merge"]["merge_method"] == "squash"
    assert not forge.pulls("acme/app")[0].merged
    forge.check("acme/app", 1, ci="success")
    assert forge.pulls("acme/app")[0].merged
    forge["acme/app"].auto_merge = False
    with pytest.raises(GithubException, match="not allowed"):
        app(forge).get_pull(2).enable_automerge("SQUASH")


# ---- what makes a test fail --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "told"),
    [
        ("POST", "/repos/acme/app/pulls", {"title": "A", "head": "one"}, "'base' is a required property"),
        ("POST", "/repos/acme/app/pulls", {"head": "one", "base": "main", "titel": "A"}, "'titel' was unexpected"),
        ("POST", "/repos/acme/app/pulls", {"head": "one", "base": "main", "title": 5}, "5 is not of type 'string'"),
        ("GET", "/repos/acme/app/pulls?state=wat", None, "'wat' is not one of"),
        ("GET", "/repos/acme/app/pulls?page=x", None, "'x' is not of type 'integer'"),
        ("GET", "/repos/acme/app/pulls?pages=2", None, "there is no parameter pages"),
        ("GET", "/repos/acme/app/pullz", None, "there is no such operation"),
    ],
)
def test_a_request_that_is_not_described_is_a_violation(
    forge: GitHub, url: str, method: str, path: str, body: object, told: str
) -> None:
    assert rest(forge, method, path, json=body).status_code in (404, 422)
    assert told in "\n".join(forge.violations)
    assert forge.pulls("acme/app") == []
    forge.violations.clear()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_answer_that_is_not_described_is_a_violation(forge: GitHub, url: str, version: str) -> None:
    forge.commit("acme/app", "edit", {"a.py": "a = 2\n"})
    forge.open("acme/app", "edit")
    shown = rest(forge, "GET", "/repos/acme/app/pulls/1", version).json()
    told = contract(version)
    operation = told.find("GET", "/repos/acme/app/pulls/1")
    assert operation
    assert list(told.answer(operation, 200, shown)) == []
    for wrong in ({"number": "1"}, {"head": {}}, {"assignee": 1}, {"merge_commit_sha": 1}):
        assert list(told.answer(operation, 200, shown | wrong))
    del shown["issue_url"]
    assert list(told.answer(operation, 200, shown))
    assert list(told.answer(operation, 418, None))


# ---- faults ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_hits_one_request(forge: GitHub, clone: Path, kind: str) -> None:
    push(forge, clone, "one")
    repository = app(forge)
    forge.fail(at=1, kind=kind)  # type: ignore[arg-type]
    with pytest.raises((GithubException, requests.ConnectionError)):
        repository.create_pull(base="main", head="one", title="One", body="")
    acted = kind.endswith("after")
    assert len(forge.pulls("acme/app")) == acted
    assert [r.fault for r in forge.requests if r.fault] == [kind]
    if acted:
        with pytest.raises(GithubException, match="already exists"):
            repository.create_pull(base="main", head="one", title="One", body="")
    else:
        repository.create_pull(base="main", head="one", title="One", body="")
    assert len(forge.pulls("acme/app")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_hits_a_push(forge: GitHub, clone: Path, kind: str) -> None:
    forge.fail(at=2, kind=kind)  # type: ignore[arg-type]
    done = push(forge, clone, "one")
    if "reset" in kind:  # curl itself asks again where a connection that it has used before breaks
        assert ("failed to update ref" in done.stderr) == (kind == "reset after")
        assert "one" in forge["acme/app"].heads()
        assert [r.fault for r in forge.requests][-2:] == [kind, None]
    else:
        assert done.returncode
        assert ("one" in forge["acme/app"].heads()) == kind.endswith("after")


def test_a_server_that_hangs_has_acted(forge: GitHub, url: str) -> None:
    forge.commit("acme/app", "edit", {"a.py": "a = 2\n"})
    forge.fail(at=1, kind="hang after")
    body = {"title": "A", "head": "edit", "base": "main"}
    headers = {"Authorization": f"token {forge.token}"}
    with pytest.raises(requests.Timeout):
        requests.post(f"{forge.url}/repos/acme/app/pulls", json=body, headers=headers, timeout=0.1)
    assert len(forge.pulls("acme/app")) == 1


def test_pygithub_waits_out_a_secondary_limit(forge: GitHub, clone: Path) -> None:
    push(forge, clone, "one")
    repository = client(forge, retry=GithubRetry(total=3)).get_repo("acme/app")
    forge.fail(at=1, kind="secondary")
    repository.create_pull(base="main", head="one", title="One", body="")
    assert [r.status for r in forge.requests if r.method == "POST" and r.path.endswith("/pulls")] == [403, 201]


def test_the_log_shows_who_asked(forge: GitHub, clone: Path, git: Git) -> None:
    push(forge, clone, "one")
    app(forge)
    assert {r.token for r in forge.requests} == {forge.token}
    git(clone, "ls-remote", "origin")
    assert forge.requests[-1].token == ""  # a public repository is read by anybody
    assert forge.token not in "".join(f"{r.path}{r.query}" for r in forge.requests)
