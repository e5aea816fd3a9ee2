"""Pushing the branches of a batch, to real repositories."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.batch.remote import Move, Remote
from runner.errors import RunFailed, UsageError
from runner.forges.access import git_environment
from runner.git import Repository
from tests.forge.github import GitHub

Git = Callable[..., str]
Make = Callable[..., Path]


@pytest.fixture
def pair(make_repo: Make, git: Git, tmp_path: Path) -> tuple[Path, Path, Remote]:
    """A clone with three commits beside main, its bare origin, and the remote."""
    root = make_repo({"a.py": "old\n"})
    git(tmp_path, "clone", "--quiet", "--bare", "repo", "origin.git")
    git(root, "remote", "add", "origin", str(tmp_path / "origin.git"))
    for name in ("one", "two", "three"):
        git(root, "commit", "--quiet", "--allow-empty", "-m", name)
        git(root, "tag", name)
        git(root, "reset", "--quiet", "--hard", "HEAD^")
    return root, tmp_path / "origin.git", Remote(repository=Repository.open(root), name="origin")


def refs(git: Git, where: Path, below: str = "refs/heads/codemod") -> dict[str, str]:
    out = git(where, "for-each-ref", "--format=%(refname) %(objectname)", below)
    return {ref.removeprefix("refs/heads/"): oid for ref, oid in (line.split() for line in out.splitlines())}


def test_many_branches_go_at_once_and_are_seen_again(pair: tuple[Path, Path, Remote], git: Git) -> None:
    root, origin, remote = pair
    ids = {f"codemod/x/{name}": git(root, "rev-parse", name) for name in ("one", "two", "three")}
    done = remote.push({name: Move(old=None, new=oid) for name, oid in ids.items()})
    assert (done.moved, done.refused) == (ids.keys(), {})
    assert refs(git, origin) == ids
    remote.fetch("main", "codemod/x")
    assert remote.branches("codemod/x") == ids
    assert git(root, "rev-parse", remote.ref("main")) == git(root, "rev-parse", "main")
    git(origin, "update-ref", "-d", "refs/heads/codemod/x/two")
    remote.fetch("main", "codemod/x")
    assert sorted(remote.branches("codemod/x")) == ["codemod/x/one", "codemod/x/three"]
    assert refs(git, root) == {}  # no branch of ours is touched


def test_what_has_moved_since_stays_and_the_others_go(pair: tuple[Path, Path, Remote], git: Git) -> None:
    root, origin, remote = pair
    one, two, three, main = (git(root, "rev-parse", name) for name in ("one", "two", "three", "main"))
    git(root, "push", "--quiet", "origin", f"{two}:refs/heads/codemod/x/b", f"{one}:refs/heads/codemod/x/c")
    done = remote.push(
        {
            "codemod/x/a": Move(old=None, new=one),
            "codemod/x/b": Move(old=main, new=three),  # somebody has pushed: it is at two
            "codemod/x/c": Move(old=one, new=three),
            "codemod/x/d": Move(old=three, new=three),
        }
    )
    assert done.moved == {"codemod/x/a", "codemod/x/c"}
    assert done.refused == {"codemod/x/b": "stale info"}
    assert refs(git, origin) == {"codemod/x/a": one, "codemod/x/b": two, "codemod/x/c": three}


def test_a_branch_that_came_meanwhile_is_not_overwritten(pair: tuple[Path, Path, Remote], git: Git) -> None:
    root, origin, remote = pair
    one, two = (git(root, "rev-parse", name) for name in ("one", "two"))
    git(root, "push", "--quiet", "origin", f"{two}:refs/heads/codemod/x/a")
    assert remote.push({"codemod/x/a": Move(old=None, new=one)}).refused == {"codemod/x/a": "stale info"}
    assert refs(git, origin) == {"codemod/x/a": two}


def test_what_a_hook_of_the_remote_declines_does_not_stop_the_others(
    pair: tuple[Path, Path, Remote], git: Git
) -> None:
    root, origin, remote = pair
    hook = origin / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\ncase $1 in *b) echo "not this one" >&2; exit 1;; esac\n')
    hook.chmod(0o755)
    one = git(root, "rev-parse", "one")
    done = remote.push({f"codemod/x/{name}": Move(old=None, new=one) for name in "abc"})
    assert done.moved == {"codemod/x/a", "codemod/x/c"}
    assert done.refused == {"codemod/x/b": "hook declined: not this one"}


def test_hooks_of_the_user_do_not_run_and_tags_stay_here(pair: tuple[Path, Path, Remote], git: Git) -> None:
    root, origin, remote = pair
    hook = root / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    git(root, "config", "push.followTags", "true")
    remote.push({"codemod/x/a": Move(old=None, new=git(root, "rev-parse", "one"))})
    assert list(refs(git, origin, "refs")) == ["codemod/x/a", "main"]


def test_branches_are_deleted_where_they_were_seen(pair: tuple[Path, Path, Remote], git: Git) -> None:
    root, origin, remote = pair
    one, two = (git(root, "rev-parse", name) for name in ("one", "two"))
    remote.push({"codemod/x/a": Move(old=None, new=one), "codemod/x/b": Move(old=None, new=two)})
    done = remote.delete({"codemod/x/a": one, "codemod/x/b": one})
    assert (done.moved, done.refused) == ({"codemod/x/a"}, {"codemod/x/b": "stale info"})
    assert refs(git, origin) == {"codemod/x/b": two}


def test_a_remote_that_cannot_be_reached_is_one_line(pair: tuple[Path, Path, Remote], git: Git) -> None:
    root, origin, remote = pair
    origin.rename(origin.with_name("gone"))
    with pytest.raises(RunFailed, match=r"^cannot push to origin: .*does not appear to be a git repository"):
        remote.push({"codemod/x/a": Move(old=None, new=git(root, "rev-parse", "one"))})
    with pytest.raises(RunFailed, match=r"^cannot fetch main from origin: "):
        remote.fetch("main", "codemod/x")
    with pytest.raises(RunFailed, match=r"^cannot reach origin: "):
        remote.default_branch()


def test_a_remote_that_says_nothing_is_given_up(forge: GitHub, make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "old\n"})
    url = forge.add_repository("acme/app", root)
    git(root, "remote", "add", "origin", url)
    environment = {
        "CODEMOD_FORGE": f"github:{forge.url}",
        "GITHUB_TOKEN": forge.token,
        "GIT_HTTP_LOW_SPEED_TIME": "1",
    }
    remote = Remote(repository=Repository.open(root), name="origin", environment=git_environment(url, environment))
    assert remote.default_branch() == "main"
    forge.fail(1, "hang after")
    began = time.monotonic()
    with pytest.raises(RunFailed, match="cannot fetch main from origin"):
        remote.fetch("main", "codemod/x")
    assert time.monotonic() - began < 20  # the server holds it for 30


def test_a_remote_that_is_not_there_names_those_that_are(pair: tuple[Path, Path, Remote]) -> None:
    _, _, remote = pair
    with pytest.raises(UsageError, match="there is no remote 'upstream' here; there is origin"):
        _ = Remote(repository=remote.repository, name="upstream").url


def test_the_default_branch_is_what_head_is_there(pair: tuple[Path, Path, Remote], git: Git) -> None:
    _, origin, remote = pair
    assert remote.default_branch() == "main"
    git(origin, "symbolic-ref", "HEAD", "refs/heads/nowhere")
    assert remote.default_branch() is None
