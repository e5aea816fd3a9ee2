"""What is read and what is built on: a base with nothing to read, a path that it does not hold, a branch that is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.git import Repository
from runner.missing import why_not_committed, why_not_in_folder
from tests.command import codemod

TYPED = "from typing import Optional\nx: Optional[int]\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
TYPING = ("run", "modernize-typing")
BRANCH = "codemod/modernize-typing"

Git = Callable[..., str]
Make = Callable[..., Path]
Write = Callable[..., None]


@pytest.fixture
def project(make_repo: Make) -> Path:
    return make_repo({"pyproject.toml": PROJECT, "a.py": TYPED})


def commit(git: Git, where: Path, message: str = "more") -> str:
    git(where, "add", "-A")
    git(where, "commit", "-q", "--allow-empty", "-m", message)
    return git(where, "rev-parse", "HEAD")


# ---- a base that holds nothing to read ---------------------------------------------------------


@pytest.mark.parametrize("words", [("-n",), ("--check",), (), ("-n", "a.py")])
def test_before_the_first_commit_one_is_told_so(
    make_repo: Make, write: Write, git: Git, words: tuple[str, ...]
) -> None:
    root = make_repo({})
    write(root, {"a.py": TYPED})
    git(root, "add", "-A")
    done = codemod(root, *TYPING, *words)
    assert (done.returncode, done.stderr) == (2, "codemod: there is no commit yet; commit first, or use --in-place\n")


def test_an_orphan_branch_has_no_commit_either_and_a_bare_repository_no_other_way(
    project: Path, make_repo: Make, git: Git
) -> None:
    git(project, "checkout", "-q", "--orphan", "new")
    assert "there is no commit yet; commit first, or use --in-place" in codemod(project, *TYPING).stderr
    assert codemod(project, *TYPING, "--base", "main", "-n").returncode == 0
    assert codemod(project, *TYPING, "--in-place", "-q").returncode == 0
    bare = make_repo({}, "--bare", name="bare.git")
    done = codemod(bare, *TYPING)
    assert (done.returncode, done.stderr) == (2, "codemod: there is no commit yet; commit first\n")


def test_an_empty_commit_is_nothing_to_do_with_a_remark(make_repo: Make, write: Write, git: Git) -> None:
    root = make_repo({})
    commit(git, root)
    write(root, {"a.py": TYPED})
    done = codemod(root, *TYPING)
    assert done.returncode == 0
    assert "nothing to do" in done.stderr
    assert re.search(r"1 untracked Python file\w* .*not in HEAD", done.stderr)


# ---- a path that is not there ------------------------------------------------------------------


def test_a_path_that_is_not_in_the_base_says_why(project: Path, make_repo: Make, write: Write, git: Git) -> None:
    write(project, {"gone.py": TYPED, "old/gone.py": TYPED, "Docs/conf.py": TYPED, ".gitignore": "out/\n"})
    commit(git, project)
    (project / "gone.py").unlink()
    (project / "old/gone.py").unlink()
    (project / "dangling").symlink_to("nowhere.py")
    make_repo({"s.py": TYPED}, name="sub")
    git(project, "submodule", "--quiet", "add", "../sub", "sub")
    deleted = commit(git, project)[:7]
    later = "later.py"
    write(project, {later: TYPED})
    commit(git, project)
    make_repo({"inner.py": TYPED}, name="repo/nested")
    write(project, {"wip.py": TYPED, "new/n.py": TYPED, "out/o.py": TYPED})
    (project / "empty/deep").mkdir(parents=True)
    why = {
        "wip.py": "not committed; --in-place reads the working tree",
        "new": "nothing of it is committed; --in-place reads the working tree",
        "new/n.py": "not committed; --in-place reads the working tree",
        "out": "ignored by git, and not committed",
        "out/o.py": "ignored by git, and not committed",
        "empty": "an empty folder; nothing of it is committed",
        "sub": "a submodule; run codemod inside of it",
        "sub/s.py": "a submodule; run codemod inside of it",
        "nested": "a repository of its own; run codemod inside of it",
        "nested/inner.py": "a repository of its own; run codemod inside of it",
        "gone.py": f"deleted in {deleted}",
        "old": f"deleted in {deleted}",
        "docs/conf.py": "not committed; there is Docs/conf.py",
        "dangling": "a symbolic link in HEAD, which leads to nothing there",
    }
    repository = Repository.open(project)
    head, before = repository.head(), repository.resolve("HEAD~1")
    assert head
    assert before
    assert {path: why_not_committed(path, repository, head, "HEAD") for path in why} == why
    assert why_not_committed("never.py", repository, head, "HEAD") == ""
    assert why_not_committed(later, repository, before, "HEAD~1") == "not in HEAD~1; HEAD has it"
    done = codemod(project / "new", *TYPING, ".")
    message = "codemod: .: nothing of it is committed; --in-place reads the working tree\n"
    assert (done.returncode, done.stderr) == (2, message)
    done = codemod(project, *TYPING, "never.py")
    assert done.stderr.startswith("codemod: never.py: no such file or folder in HEAD (")
    assert git(project, "branch", "--list", "codemod/*") == ""


def test_a_path_that_is_not_read_in_place_says_why(project: Path, make_repo: Make, write: Write, git: Git) -> None:
    write(project, {"gone.py": TYPED, ".gitignore": "out/\n"})
    commit(git, project)
    (project / "gone.py").unlink()
    make_repo({"inner.py": TYPED}, name="repo/nested")
    write(project, {"out/o.py": TYPED})
    (project / "empty").mkdir()
    why = {
        "gone.py": "deleted since the last commit",
        "out/o.py": "ignored by git",
        "nested/inner.py": "a repository of its own; run codemod inside of it",
        "empty": "an empty folder",
        "A.py": "no such file or folder; there is a.py",
    }
    repository = Repository.open(project)
    files = repository.working_files()
    assert {path: why_not_in_folder(path, project, files, repository) for path in why} == why
    done = codemod(project, *TYPING, "--in-place", "out/o.py")
    assert (done.returncode, done.stderr) == (2, "codemod: out/o.py: ignored by git\n")


# ---- a branch that is there --------------------------------------------------------------------


def refused(where: Path, *words: str) -> str:
    done = codemod(where, *TYPING, *words)
    assert done.returncode == 2
    assert "--force" in done.stderr
    return done.stderr


def test_our_own_work_from_an_older_base_is_no_other_work(project: Path, write: Write, git: Git) -> None:
    old = git(project, "rev-parse", "HEAD")
    assert codemod(project, *TYPING, "-q").returncode == 0
    first = git(project, "rev-parse", BRANCH)
    assert codemod(project, *TYPING, "-q").returncode == 0  # the same plan
    write(project, {"b.py": TYPED})
    assert "own work from this base, with other options" in refused(project, "--imports", "none")
    git(project, "config", "user.name", "Somebody Else")
    assert "own work from this base, by another author (" in refused(project)
    assert "with other options" not in refused(project)
    commit(git, project)
    assert f"holds codemod's own work from an older base ({old[:12]}); --force renews it" in refused(project)
    assert codemod(project, *TYPING, "-q", "--force").returncode == 0
    git(project, "branch", "-f", "codemod/modernize-typing", first)
    git(project, "reset", "-q", "--hard", old)
    git(project, "commit", "-q", "--allow-empty", "--amend", "-m", "anew")
    assert f"own work from another base ({old[:12]}); --force renews it" in refused(project)


def test_commits_of_others_and_what_was_amended_are_not_for_force(project: Path, write: Write, git: Git) -> None:
    assert codemod(project, *TYPING, "-q").returncode == 0
    git(project, "switch", "-q", BRANCH)
    commit(git, project, "by hand")
    commit(git, project, "by hand, too")
    git(project, "switch", "-q", "main")
    write(project, {"b.py": TYPED})
    commit(git, project)
    assert "own work with 2 commits of others above" in (told := refused(project))
    assert "--force loses them" in told
    git(project, "switch", "-q", BRANCH)
    git(project, "reset", "-q", "--hard", "HEAD~2")
    git(project, "commit", "-q", "--amend", "--no-edit", "-a")
    git(project, "switch", "-q", "main")
    assert "amended or rebased since" in (told := refused(project))
    assert "--force loses what was done to it" in told


def test_work_of_others_and_a_branch_that_was_merged(project: Path, git: Git) -> None:
    assert codemod(project, *TYPING, "-q").returncode == 0
    git(project, "merge", "-q", BRANCH)
    (project / "c.py").write_text(TYPED)
    commit(git, project)
    assert "it is merged or new" in refused(project)
    git(project, "switch", "-q", "-C", BRANCH)
    commit(git, project, "Codemod: the word alone makes nobody's work ours")
    git(project, "switch", "-q", "main")
    assert "holds other work" in (told := refused(project))
    assert f"git branch -D {BRANCH}" in told
