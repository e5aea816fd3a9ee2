"""`codemod batch`, as a person types it: from a plan to pull requests, and all that follows."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import COMMAND, codemod
from tests.forge.github import GitHub

Git = Callable[..., str]
Make = Callable[..., Path]
NAME = "acme/app"
OPTIONAL = "from typing import Optional\n\nx: Optional[int] = None\n"
FILES = {
    "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n',
    "a/x.py": OPTIONAL,
    "b/y.py": OPTIONAL,
    "b/z.py": OPTIONAL,
    "c/w.py": OPTIONAL,
    "codemod.batch.toml": 'run = ["modernize-typing"]\nname = "typing"\n',
}


@pytest.fixture
def clone(forge: GitHub, make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of acme/app, which asks for a batch `typing`."""
    url = forge.add_repository(NAME, make_repo(FILES, name="source"))
    root = make_repo({}, name="empty").parent / "clone"
    git(root.parent, "clone", "--quiet", url, "clone")
    for name, value in {
        "GITHUB_TOKEN": forge.token,
        "CODEMOD_FORGE": f"github:{forge.url}",
        "CODEMOD_PACE": "100000",
    }.items():
        monkeypatch.setenv(name, value)
    return root


def batch(root: Path, *words: str, code: int = 0) -> dict[str, str]:
    """The state of each item after a command."""
    done = codemod(root, "batch", *words, "-j", "1", "--json")
    assert done.returncode == code, done.stderr
    return {item["key"]: item["state"] for item in json.loads(done.stdout)["items"]}


def shown(forge: GitHub) -> list[tuple[int, str, str, list[str]]]:
    return [(p.number, p.branch, "merged" if p.merged else p.state, p.labels) for p in forge.pulls(NAME)]


ALL = [(n, f"codemod/typing/{key}", "open", ["codemod"]) for n, key in enumerate("abc", 1)]


def test_from_a_spec_to_pull_requests(clone: Path, forge: GitHub, git: Git) -> None:
    assert batch(clone, "run", "-n") == {"a": "to open", "b": "to open", "c": "to open"}
    assert (shown(forge), git(clone, "branch", "--list", "codemod/*")) == ([], "")
    assert batch(clone, "run") == {"a": "opened", "b": "opened", "c": "opened"}
    assert shown(forge) == ALL
    assert git(clone, "show", "origin/codemod/typing/b:b/z.py") == "x: int | None = None"
    assert git(clone, "diff", "--name-only", "origin/main", "origin/codemod/typing/b").split() == ["b/y.py", "b/z.py"]
    assert batch(clone, "run") == {"a": "unchanged", "b": "unchanged", "c": "unchanged"}
    assert batch(clone, "status") == {"a": "open", "b": "open", "c": "open"}
    assert git(clone, "status", "--porcelain") == ""


def test_what_is_said_of_a_run(clone: Path, forge: GitHub) -> None:
    done = codemod(clone, "batch", "run", "-j", "1", "--max-open", "2")
    url = f"{forge.url}/acme/app/pull"
    assert done.stdout.splitlines() == [
        "STATE    PR  ITEM  FILES",
        f"opened   #1  a     1      {url}/1",
        f"opened   #2  b     2      {url}/2",
        "waiting      c     1      2 are open, --max-open 2",
    ]
    assert done.stderr.splitlines() == [
        f"[1/3] opened a {url}/1",
        f"[2/3] opened b {url}/2",
        "3 items: 2 opened, 1 waiting",
    ]


def test_the_time_that_is_left_is_told(clone: Path, forge: GitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEMOD_PACE", "100000,6")  # an hour: as many writes as it takes, and fewer than it may take
    done = codemod(clone, "batch", "run", "-j", "1")
    url = f"{forge.url}/acme/app/pull"
    assert done.stderr.splitlines()[:3] == [
        f"[1/3] opened a {url}/1, at most 60 min left",
        f"[2/3] opened b {url}/2, at most 60 min left",
        f"[3/3] opened c {url}/3",
    ]


def test_what_a_queue_has_put_out_goes_in_again_only_by_name(clone: Path, forge: GitHub) -> None:
    assert len(batch(clone, "run", "--max-open", "1")) == 3
    forge[NAME].merge_queue = True
    forge.check(NAME, 1, ci="success")
    assert batch(clone, "merge", "--when-green") == {"a": "queued"}
    assert batch(clone, "status") == {"a": "queued"}
    forge.evict(NAME, 1)
    assert batch(clone, "merge", "--when-green") == {"a": "evicted"}
    assert batch(clone, "merge", "-k", "a", "--when-green") == {"a": "queued"}
    forge.run_queue(NAME)
    assert batch(clone, "status") == {"a": "merged"}


def test_people_merge_close_and_adopt(clone: Path, forge: GitHub, git: Git) -> None:
    repository = forge[NAME]
    sha = repository.commit("theirs", {"c/w.py": "x: int | None = None\n"}, author="grace", message="By hand")
    theirs = forge.open(NAME, "theirs")
    assert codemod(clone, "batch", "adopt", str(theirs.number)).returncode == 0
    assert batch(clone, "run") == {"a": "opened", "b": "opened", "adopted-1": "adopted"}
    assert repository.head("theirs") == sha
    forge.close(NAME, 3)
    forge.check(NAME, 2, ci="success")
    assert batch(clone, "status") == {"adopted-1": "adopted", "a": "open", "b": "rejected"}
    assert batch(clone, "merge") == {"a": "open", "adopted-1": "adopted"}
    forge.review(NAME, 2)
    assert batch(clone, "merge") == {"a": "merged", "adopted-1": "adopted"}
    assert batch(clone, "run") == {"b": "rejected", "adopted-1": "adopted"}
    assert batch(clone, "prune") == {}
    assert sorted(repository.heads()) == ["main", "theirs"]
    assert git(clone, "branch", "--list", "codemod/*") == ""


def test_a_stranger_adopts_nothing_by_what_they_write(clone: Path, forge: GitHub, git: Git) -> None:
    repository = forge[NAME]
    sha = repository.commit("theirs", {"c/w.py": "x = 1\n"}, author="eve", message="By hand")
    repository.git("update-ref", "-d", "refs/heads/theirs")
    body = "Hello\n\n<!-- codemod:typing/adopted-1 plan=00000000 -->"
    theirs = forge.open(NAME, "theirs", body=body, author="eve", fork="eve/app", sha=sha)
    assert batch(clone, "run") == {"a": "opened", "b": "opened", "c": "opened"}
    forge.close(NAME, forge.pull(NAME, "codemod/typing/c").number)
    # whoever may write here says so
    assert codemod(clone, "batch", "adopt", str(theirs.number)).returncode == 0
    assert (theirs.labels, theirs.body) == (["codemod:adopted"], body)
    assert batch(clone, "status")["adopted-1"] == "adopted"


def test_branches_here_go_with_those_that_the_forge_has_deleted(clone: Path, forge: GitHub, git: Git) -> None:
    batch(clone, "run")
    for number in (1, 2):
        forge.merge(NAME, number, "squash")
        forge[NAME].git("update-ref", "-d", f"refs/heads/{forge.pulls(NAME)[number - 1].branch}")
    git(clone, "checkout", "--quiet", "codemod/typing/b")
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "Mine")
    git(clone, "checkout", "--quiet", "main")
    done = codemod(clone, "batch", "prune", "-j", "1")
    assert done.stderr.splitlines()[-1] == "deleted: codemod/typing/a"
    branches = git(clone, "for-each-ref", "--format=%(refname:short)", "refs/heads/codemod").split()
    assert branches == ["codemod/typing/b", "codemod/typing/c"]


def test_a_plan_of_something_else_is_no_plan_of_the_batch(clone: Path, forge: GitHub) -> None:
    (clone / "codemod.batch.toml").unlink()
    codemod(clone, "run", "modernize-typing", "-j", "1", "--dry-run")
    batch(clone, "run", "--max-open", "1")
    codemod(clone, "run", "fixture-scope", "-j", "1", "--dry-run")
    for words in (["run"], ["status"], ["close"]):
        done = codemod(clone, "batch", *words)
        assert (done.returncode, done.stdout) == (2, "")
        told = "the latest plan here is fixture-scope, and batches here are modernize-typing; name the plan"
        assert done.stderr == f"codemod: {told}\n"
    assert codemod(clone, "batch", "plan", "-j", "1").returncode == 0
    assert batch(clone, "status", "modernize-typing") == {"a": "open"}
    assert len(forge.pulls(NAME)) == 1


def test_a_token_that_has_expired(clone: Path, forge: GitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_old")
    done = codemod(clone, "batch", "run", "-j", "1", "--push-only")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "codemod: cannot reach origin: it refuses the token; has that expired?\n"


def test_the_only_remote_is_meant(clone: Path, git: Git) -> None:
    git(clone, "remote", "rename", "origin", "there")
    git(clone, "checkout", "--quiet", "--detach")
    batch(clone, "run", "--max-open", "1")
    done = codemod(clone, "batch", "run", "-n", "-j", "1")
    assert done.stdout.splitlines()[1].split()[:3] == ["to", "open", "b"]
    assert done.stdout.splitlines()[3].split()[:3] == ["unchanged", "#1", "a"]  # what is there is named
    git(clone, "remote", "add", "other", "https://example.com/acme/app")
    done = codemod(clone, "batch", "run", "-n", "-j", "1")
    assert done.stderr == "codemod: there is no remote 'origin' here; there is other, there (choose with --remote)\n"


def test_what_has_no_checks_is_merged_only_where_that_is_said(clone: Path, forge: GitHub) -> None:
    batch(clone, "run")
    forge.review(NAME, 1)
    forge.check(NAME, 2, ci="failure")
    assert batch(clone, "merge") == {"a": "approved", "b": "checks failed", "c": "open"}
    assert batch(clone, "merge", "--without-checks") == {"a": "merged", "b": "checks failed", "c": "open"}
    assert batch(clone, "merge", "--without-checks", "--when-green") == {"b": "checks failed", "c": "merged"}


def test_all_that_is_known_is_deleted_and_nothing_comes_twice(clone: Path, forge: GitHub, git: Git) -> None:
    import shutil

    batch(clone, "run", "--max-open", "2")
    forge.merge(NAME, 1)
    forge.close(NAME, 2)
    shutil.rmtree(clone / ".git" / "codemod")
    for ref in git(clone, "for-each-ref", "--format=%(refname)", "refs/heads/codemod", "refs/remotes").split():
        git(clone, "update-ref", "-d", ref)
    assert batch(clone, "run") == {"b": "rejected", "c": "opened"}
    assert [(n, state) for n, _, state, _ in shown(forge)] == [(1, "merged"), (2, "closed"), (3, "open")]


def test_what_failed_is_tried_again_alone(clone: Path, forge: GitHub, git: Git) -> None:
    hook = forge[NAME].path / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\ncase $1 in */b) echo "not now" >&2; exit 1;; esac\n')
    hook.chmod(0o755)
    assert batch(clone, "run", code=3) == {"a": "opened", "b": "failed", "c": "opened"}
    assert batch(clone, "status", code=3) == {"a": "open", "b": "failed", "c": "open"}
    done = codemod(clone, "batch", "retry", "--failed", "-j", "1")
    assert done.returncode == 3
    assert done.stdout.splitlines()[1].split() == [
        "failed",
        "b",
        "2",
        "not",
        "pushed:",
        "hook",
        "declined:",
        "not",
        "now",
    ]
    assert "failed: b: not pushed: hook declined: not now" in done.stderr.splitlines()
    hook.unlink()
    assert batch(clone, "retry", "--failed") == {"b": "opened"}
    assert batch(clone, "retry", "--failed") == {}


def test_what_the_base_requires_no_check_of_is_not_merged_by_itself(clone: Path, forge: GitHub) -> None:
    done = codemod(clone, "batch", "run", "-j", "1", "--auto-merge")
    assert done.returncode == 0
    assert shown(forge) == ALL
    assert [pull.auto_merge for pull in forge.pulls(NAME)] == [None, None, None]
    told = "127.0.0.1 merges nothing by itself where the base requires no check: codemod batch merge does"
    assert done.stderr.splitlines().count(told) == 1


def test_a_branch_that_somebody_brings_elsewhere_too(clone: Path, forge: GitHub) -> None:
    batch(clone, "run")
    forge[NAME].commit("stable", {"n.py": "n = 1\n"}, author="grace", message="On stable")
    other = forge.open(NAME, "codemod/typing/a", "stable", title="Backport")
    assert batch(clone, "run") == {"a": "unchanged", "b": "unchanged", "c": "unchanged"}
    assert (other.base, other.title, other.labels) == ("stable", "Backport", [])
    forge.close(NAME, 1)
    assert batch(clone, "run") == {"a": "rejected", "b": "unchanged", "c": "unchanged"}
    assert (other.base, other.state) == ("stable", "open")


def test_an_item_that_is_none_is_refused(clone: Path, forge: GitHub) -> None:
    for words in (["run"], ["run", "-n"], ["retry"]):
        done = codemod(clone, "batch", *words, "-j", "1", "-k", "a", "-k", "no\nsuch")
        assert (done.returncode, done.stdout) == (2, "")
        assert "there is no item 'no\\nsuch' to work on; see: codemod batch run -n" in done.stderr.replace('"', "'")
    assert forge.pulls(NAME) == []


def test_what_failed_and_is_wanted_no_more_is_forgotten(clone: Path, forge: GitHub) -> None:
    hook = forge[NAME].path / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert batch(clone, "run", code=3) == {"a": "failed", "b": "failed", "c": "failed"}
    hook.unlink()
    forge[NAME].commit("main", {"a/x.py": "x = 1\n"}, author="grace", message="By hand")
    assert batch(clone, "run") == {"b": "opened", "c": "opened"}
    assert batch(clone, "status") == {"b": "open", "c": "open"}


def test_an_interrupted_run_says_that_some_is_open(clone: Path, forge: GitHub, git: Git) -> None:
    batch(clone, "run", "--push-only")
    words = [*COMMAND, "batch", "run", "-j", "1"]
    with subprocess.Popen(words, cwd=clone, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as run:
        while not forge.pulls(NAME) and run.poll() is None:
            time.sleep(0.005)
        run.send_signal(signal.SIGINT)
        assert run.stderr is not None
        told = run.stderr.read().decode().splitlines()
    assert run.returncode == 130
    assert told[-1] == "interrupted; what is pushed and opened stays; the next codemod batch run does the rest"
    assert len(forge.pulls(NAME)) < 3
    batch(clone, "run")
    assert shown(forge) == ALL


def test_a_run_is_pushed_and_its_pull_request_opened(clone: Path, forge: GitHub, git: Git) -> None:
    done = codemod(clone, "run", "modernize-typing", "-j", "1", "--push")
    assert (done.returncode, forge.pulls(NAME)) == (0, [])
    assert done.stderr.splitlines()[-1] == "pushed to origin"
    tip = forge[NAME].head("codemod/modernize-typing")
    assert tip == git(clone, "rev-parse", "codemod/modernize-typing")
    for _ in range(2):  # once is enough
        done = codemod(clone, "run", "modernize-typing", "-j", "1", "--pr")
        assert done.stderr.splitlines()[-1].strip() == f"pull request: {forge.url}/acme/app/pull/1"
    (pull,) = forge.pulls(NAME)
    assert (pull.branch, pull.head_sha, pull.base) == ("codemod/modernize-typing", tip, "main")
    assert "Optional" in (pull.body or "")


def test_other_work_at_the_remote_is_replaced_only_by_force(clone: Path, forge: GitHub) -> None:
    forge[NAME].commit("codemod/modernize-typing", {"a/x.py": "mine = 1\n"}, author="grace", message="Mine")
    theirs = forge[NAME].head("codemod/modernize-typing")
    done = codemod(clone, "run", "modernize-typing", "-j", "1", "--push")
    assert done.returncode == 2
    assert "is pushed to origin already, and is other work; replace it with --force" in done.stderr
    assert forge[NAME].head("codemod/modernize-typing") == theirs
    assert codemod(clone, "run", "modernize-typing", "-j", "1", "--push", "--force").returncode == 0
    assert forge[NAME].head("codemod/modernize-typing") != theirs


@pytest.mark.parametrize("other", ["--dry-run", "--check", "--in-place"])
def test_what_makes_no_branch_is_not_pushed(clone: Path, other: str) -> None:
    done = codemod(clone, "run", "modernize-typing", "--pr", other)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"codemod: --pr is for a branch, and {other} makes none; use one of them\n"


def test_a_branch_of_that_name_is_in_the_way(clone: Path) -> None:
    assert codemod(clone, "run", "modernize-typing", "-j", "1", "--branch", "codemod/typing").returncode == 0
    done = codemod(clone, "batch", "run", "-j", "1")
    assert done.returncode == 2
    assert "branch codemod/typing is in the way of the batch's own, codemod/typing/…" in done.stderr


@pytest.mark.parametrize("command", ["plan", "run", "status"])
def test_outside_of_git_there_is_no_batch(tmp_path: Path, command: str) -> None:
    done = codemod(tmp_path, "batch", command)
    told = f"codemod: {tmp_path} is not inside a git repository; a batch is made of the commits of one\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_branches_alone_need_no_forge(make_repo: Make, git: Git, tmp_path: Path) -> None:
    root = make_repo(FILES)
    git(tmp_path, "clone", "--quiet", "--bare", "repo", "origin.git")
    git(root, "remote", "add", "origin", str(tmp_path / "origin.git"))
    done = codemod(root, "batch", "run", "-j", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is a folder on this machine: pull requests need a forge" in done.stderr
    assert batch(root, "run", "--push-only") == {"a": "opened", "b": "opened", "c": "opened"}
    assert len(git(tmp_path / "origin.git", "branch", "--list", "codemod/*").splitlines()) == 3
