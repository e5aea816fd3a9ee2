"""The branches of a batch: the same commits as one at a time, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runner.batch.branches import Branch, made, point
from runner.deliver import Commit, deliver
from runner.errors import RunFailed, UsageError
from runner.git import Repository

Git = Callable[..., str]
Make = Callable[..., Path]
FILES = {"a.py": "old\n", "b.py": "b\n", "pkg/c.py": "c\n", "pkg/d.py": "d\n", 'a "quoted".py': "q\n"}
ODD = ['a "quoted".py', "line\nbreak.py", "tab\t.py", "caf\udce9.py", "ünï.py", "-x.py", "back\\slash.py"]

WORK = {
    "one/edit": (Commit("Edit a", {"a.py": b"new\n"}),),
    "two/commits": (
        Commit("First\n\nWhy.", {"a.py": b"new\n", "pkg/sub/e.py": b"e\n"}),
        Commit("Second\n", {"pkg/c.py": None, "a.py": b"newer\n", "pkg/sub/e.py": b"e2\n"}),
    ),
    "deletes": (Commit("Delete b", {"b.py": None, "pkg/d.py": None, "pkg/c.py": None}),),
    "file-to-folder": (Commit("Split b", {"b.py": None, "b.py/x.py": b"x\n"}),),
    "folder-to-file": (Commit("Fold", {"pkg/c.py": None, "pkg/d.py": None, "pkg": b"all\n"}),),
    "modes": (Commit("Run", {"new": b"#!\n", "from": b"b\n"}, modes={"new": "100755"}, origins={"from": "a.py"}),),
    "empty": (Commit("Empty", {"a.py": b"", "pkg/c.py": b"no newline"}),),
    "odd": (Commit("Odd — names", {name: name.encode("utf-8", "surrogateescape") for name in ODD}),),
}


def branches(base: str, names: tuple[str, ...] = tuple(WORK)) -> list[Branch]:
    return [Branch(name=f"codemod/x/{name}", base=base, commits=WORK[name]) for name in names]


def opened(root: Path) -> tuple[Repository, str]:
    repository = Repository.open(root)
    base = repository.head()
    assert base
    return repository, base


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)], ids=["sha1", "sha256"])
def test_the_commits_are_those_of_one_branch_at_a_time(make_repo: Make, git: Git, options: tuple[str, ...]) -> None:
    root = make_repo(FILES, *options)
    repository, base = opened(root)
    ids = made(repository, branches(base))
    for name, commits in WORK.items():
        alone = deliver(repository, base=base, branch=f"alone/{name}", commits=commits)
        assert ids[f"codemod/x/{name}"] == alone.commits, name
    git(root, "fsck", "--strict")


def test_signed_commits_are_signed_and_made_once(make_repo: Make, git: Git, tmp_path: Path) -> None:
    import subprocess

    root = make_repo(FILES)
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    for name, value in {"gpg.format": "ssh", "user.signingkey": str(key), "commit.gpgsign": "true"}.items():
        git(root, "config", name, value)
    repository, base = opened(root)
    first = made(repository, branches(base))
    point(repository, {name: (None, ids[-1]) for name, ids in first.items()}, "codemod")
    assert made(repository, branches(base)) == first
    assert all("gpgsig" in git(root, "cat-file", "commit", ids[-1]) for ids in first.values())


def test_all_branches_appear_at_once_and_nothing_else(make_repo: Make, git: Git) -> None:
    root = make_repo(FILES)
    repository, base = opened(root)
    ids = made(repository, branches(base))
    assert git(root, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    point(repository, {name: (None, own[-1]) for name, own in ids.items()}, "codemod: batch x")
    assert git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads/codemod").split() == sorted(ids)
    assert git(root, "reflog", "show", "codemod/x/odd").endswith("codemod: batch x")
    assert git(root, "status", "--porcelain") == ""
    assert made(repository, branches(base)) == ids


def test_one_that_has_moved_stops_them_all(make_repo: Make, git: Git) -> None:
    root = make_repo(FILES)
    repository, base = opened(root)
    ids = made(repository, branches(base, ("one/edit", "empty")))
    git(root, "branch", "codemod/x/empty")
    with pytest.raises(RunFailed, match=r"no branch of the batch was written: .*already exists"):
        point(repository, {name: (None, own[-1]) for name, own in ids.items()}, "codemod")
    assert git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads/codemod") == "codemod/x/empty"


def test_branches_move_and_go(make_repo: Make, git: Git) -> None:
    root = make_repo(FILES)
    repository, base = opened(root)
    ids = made(repository, branches(base, ("one/edit", "empty")))
    one, other = sorted(ids)
    point(repository, {name: (None, own[-1]) for name, own in ids.items()}, "codemod")
    point(repository, {one: (ids[one][-1], None), other: (ids[other][-1], base)}, "codemod")
    assert (
        git(root, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/codemod")
        == f"{other} {base}"
    )


def test_a_branch_that_is_checked_out_is_refused(make_repo: Make, git: Git) -> None:
    root = make_repo(FILES)
    repository, base = opened(root)
    ids = made(repository, branches(base, ("one/edit", "empty")))
    git(root, "checkout", "--quiet", "-b", "codemod/x/empty")
    with pytest.raises(UsageError, match="codemod/x/empty is checked out"):
        point(repository, {name: (None, own[-1]) for name, own in ids.items()}, "codemod")
    assert git(root, "rev-parse", "codemod/x/empty") == base


@pytest.mark.parametrize("name", ["codemod/x/../y", "-x", "refs/heads/x", "a b"])
def test_a_name_that_is_none_is_refused(make_repo: Make, git: Git, name: str) -> None:
    root = make_repo(FILES)
    repository, base = opened(root)
    with pytest.raises(UsageError, match="cannot be a branch name"):
        made(repository, [Branch(name=name, base=base, commits=WORK["empty"])])
