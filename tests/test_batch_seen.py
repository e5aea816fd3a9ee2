"""Whose a branch of a batch is, and what it changes: asked of git alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runner.batch.branches import Branch, made
from runner.batch.remote import Move, Remote
from runner.batch.seen import Seen, held, look
from runner.deliver import Commit
from runner.git import Repository

Git = Callable[..., str]
Make = Callable[..., Path]
TRAILERS = "\n\nCodemod-Batch: x\nCodemod-Item: a\nCodemod-Plan: 1234\n"


@pytest.fixture
def clone(make_repo: Make, git: Git, tmp_path: Path) -> Path:
    """A clone whose origin has an item `a` of two commits, checked out on a branch `a`."""
    root = make_repo({"a.py": "old\n", "b.py": "b\n", "c.py": "c\n"})
    git(tmp_path, "clone", "--quiet", "--bare", "repo", "origin.git")
    git(root, "remote", "add", "origin", str(tmp_path / "origin.git"))
    repository = Repository.open(root)
    base = repository.head() or ""
    commits = (
        Commit("One" + TRAILERS, {"a.py": b"new\n"}),
        Commit("Two" + TRAILERS, {"b.py": None, "n.py": b"n\n"}),
    )
    (tip, *_) = reversed(made(repository, [Branch(name="codemod/x/a", base=base, commits=commits)])["codemod/x/a"])
    remote_of(root).push({"codemod/x/a": Move(old=None, new=tip)})
    git(root, "checkout", "--quiet", "-b", "a", tip)
    return root


def remote_of(root: Path) -> Remote:
    return Remote(repository=Repository.open(root), name="origin")


def seen(root: Path, git: Git, base: str = "main") -> Seen:
    """The item after a push of what is checked out."""
    git(root, "push", "--quiet", "--force", "origin", "HEAD:refs/heads/codemod/x/a")
    remote = remote_of(root)
    remote.fetch("main", "codemod/x")
    return look(remote, None, "x", git(root, "rev-parse", base), ())["a"]


def test_a_branch_of_a_batch_is_ours_and_tells_its_files(clone: Path, git: Git) -> None:
    found = seen(clone, git)
    assert (found.key, found.branch, found.ours, found.pull) == ("a", "codemod/x/a", True, None)
    assert {path: oid for path, (_, oid) in found.files.items()} == {
        "a.py": git(clone, "rev-parse", "HEAD:a.py"),
        "b.py": "",
        "n.py": git(clone, "rev-parse", "HEAD:n.py"),
    }
    assert held([found]) == {"a": ("a.py", "b.py", "n.py")}


def commit(root: Path, git: Git, *args: str) -> None:
    git(root, "commit", "--quiet", "--allow-empty", *args)


def merge_with_more(root: Path, git: Git) -> None:
    git(root, "merge", "--quiet", "--no-commit", "main")
    (root / "a.py").write_text("mended\n")
    commit(root, git, "-am", "Merge main")


HANDS: dict[str, Callable[[Path, Git], None]] = {
    "a commit on top": lambda root, git: commit(root, git, "-m", "Mend"),
    "a commit on top with the trailers": lambda root, git: commit(root, git, "-m", "Mend" + TRAILERS),
    "an amended commit": lambda root, git: commit(root, git, "--amend", "--no-edit"),
    "one commit less": lambda root, git: None,
    "the base merged in": lambda root, git: print(git(root, "merge", "--quiet", "--no-edit", "main")),
    "the base merged in with more": lambda root, git: print(merge_with_more(root, git)),
    "another branch merged in": lambda root, git: print(git(root, "merge", "--quiet", "--no-edit", "theirs")),
    "the base merged in below a commit": lambda root, git: print(
        git(root, "merge", "--quiet", "--no-edit", "main"), commit(root, git, "-m", "Mend")
    ),
    "rebased": lambda root, git: print(git(root, "rebase", "--quiet", "main")),
}


@pytest.mark.parametrize("name", HANDS)
def test_whose_a_branch_is_after_a_person_has_worked_on_it(clone: Path, git: Git, name: str) -> None:
    git(clone, "checkout", "--quiet", "-b", "theirs", "main")
    commit(clone, git, "-m", "Theirs")
    git(clone, "checkout", "--quiet", "main")
    commit(clone, git, "-m", "On main")
    git(clone, "push", "--quiet", "origin", "main")
    git(clone, "checkout", "--quiet", "a")
    if name == "one commit less":
        git(clone, "reset", "--quiet", "--hard", "HEAD^")
    HANDS[name](clone, git)
    # what is left of ours is ours still, and so is what a forge's "Update branch" makes of it
    assert seen(clone, git).ours == (name in ("one commit less", "the base merged in"))


def test_a_branch_that_was_updated_from_its_base_changes_the_same_files(clone: Path, git: Git) -> None:
    before = seen(clone, git)
    for turn in range(2):
        git(clone, "checkout", "--quiet", "main")
        (clone / "c.py").write_text(f"c = {turn}\n")
        commit(clone, git, "-am", "On main")
        git(clone, "push", "--quiet", "origin", "main")
        git(clone, "checkout", "--quiet", "a")
        git(clone, "merge", "--quiet", "--no-edit", "main")
        after = seen(clone, git)
        assert (after.ours, after.files, after.made_by) == (True, before.files, "1234")


def test_a_base_that_moves_on_changes_nothing(clone: Path, git: Git) -> None:
    before = seen(clone, git)
    git(clone, "checkout", "--quiet", "main")
    (clone / "a.py").write_text("other\n")
    commit(clone, git, "-am", "On main")
    git(clone, "push", "--quiet", "origin", "main")
    git(clone, "checkout", "--quiet", "a")
    assert seen(clone, git) == before


def test_a_branch_that_is_in_the_base_holds_nothing(clone: Path, git: Git) -> None:
    found = seen(clone, git, base="a")
    assert (found.ours, found.files) == (False, {})


def test_another_batch_and_another_item_are_not_ours(clone: Path, git: Git) -> None:
    remote = remote_of(clone)
    git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/codemod/x/b", "HEAD:refs/heads/codemod/y/a")
    remote.fetch("main", "codemod/x")
    remote.fetch("main", "codemod/y")
    main = git(clone, "rev-parse", "main")
    assert {key: one.ours for key, one in look(remote, None, "x", main, ()).items()} == {"a": True, "b": False}
    assert {key: one.ours for key, one in look(remote, None, "y", main, ()).items()} == {"a": False}
