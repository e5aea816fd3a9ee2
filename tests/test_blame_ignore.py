"""`--blame-ignore`: one more commit lists the others in `.git-blame-ignore-revs`, and `git blame` passes over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runner.blame import extended
from tests.command import codemod

Git = Callable[..., str]
Make = Callable[..., Path]

LIST = ".git-blame-ignore-revs"
TYPED = "from typing import Optional\nx: Optional[int]\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
SUITE = "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n\n\ndef test_it(db):\n    assert db\n"
FILES = {"pyproject.toml": PROJECT, "a.py": TYPED, "tests/test_a.py": SUITE}
RUN = ("run", "modernize-typing", "--blame-ignore")


def test_one_more_commit_lists_the_others_and_blame_passes_over_them(make_repo: Make, git: Git) -> None:
    repo = make_repo(FILES)
    done = codemod(repo, *RUN)
    assert done.returncode == 0, done.stderr
    assert (
        "git config blame.ignoreRevsFile .git-blame-ignore-revs; a squash or a rebase changes the ids" in done.stderr
    )
    commits = git(repo, "rev-list", "--reverse", "main..codemod/modernize-typing").split()
    assert git(repo, "diff", "--name-only", *commits) == LIST
    subject = git(repo, "log", "-1", "--format=%s", commits[0])
    listed = git(repo, "show", f"codemod/modernize-typing:{LIST}")
    assert listed == f"# {subject} (modernize-typing)\n{commits[0]}"
    message = git(repo, "log", "-1", "--format=%B", commits[1])
    assert message.startswith("Ignore modernize-typing in git blame\n\n")
    assert "\nCodemod-Plan: " in message
    git(repo, "merge", "-q", "codemod/modernize-typing")
    git(repo, "config", "blame.ignoreRevsFile", LIST)
    blamed = git(repo, "blame", "-s", "--abbrev=12", "a.py").lstrip("^").split()[0]
    assert git(repo, "rev-list", "--max-parents=0", "HEAD").startswith(blamed)
    assert codemod(repo, "undo").returncode == 0
    assert git(repo, "diff", "--name-status", "HEAD~2", "codemod/undo-modernize-typing") == ""


def test_the_same_run_makes_the_same_commits_and_adds_nothing(make_repo: Make, git: Git) -> None:
    repo = make_repo(FILES)
    codemod(repo, *RUN)
    tip = git(repo, "rev-parse", "codemod/modernize-typing")
    again = codemod(repo, *RUN)
    assert (again.returncode, f"already holds exactly this change ({tip[:12]})" in again.stderr) == (0, True), again
    without = codemod(repo, "run", "modernize-typing")
    assert (without.returncode, "codemod's own work" in without.stderr) == (2, True), without.stderr
    for words in (RUN, ("apply", "--blame-ignore")):
        git(repo, "branch", "-qD", "codemod/modernize-typing")
        codemod(repo, *words)
        assert git(repo, "rev-parse", "codemod/modernize-typing") == tip


def test_each_step_has_its_entry_below_those_that_were_there(make_repo: Make, git: Git) -> None:
    known = "# Ran black\r\n" + "1" * 40 + "\r\n"
    repo = make_repo(FILES | {LIST: known})
    words = ("-o", "fixture-rename.old=db", "-o", "fixture-rename.new=database", "--blame-ignore")
    done = codemod(repo, "run", "modernize-typing,fixture-rename", *words)
    assert done.returncode == 0, done.stderr
    first, second, last = git(repo, "rev-list", "--reverse", "main..codemod/modernize-typing-fixture-rename").split()
    lines = git(repo, "cat-file", "blob", f"{last}:{LIST}").removesuffix("\r").split("\r\n")
    assert lines[:3] == ["# Ran black", "1" * 40, ""]
    assert [lines[4], lines[7]] == [first, second]
    assert [line.rpartition(" (")[2] for line in (lines[3], lines[6])] == ["modernize-typing)", "fixture-rename)"]
    assert git(repo, "log", "-1", "--format=%s", last) == "Ignore modernize-typing, fixture-rename in git blame"


def test_a_dry_run_says_it_and_in_place_has_nothing_to_list(make_repo: Make, git: Git) -> None:
    repo = make_repo(FILES)
    dry = codemod(repo, *RUN, "-n")
    assert "one more commit would list the others in .git-blame-ignore-revs" in dry.stderr
    assert "apply with: codemod run modernize-typing --blame-ignore" in dry.stderr
    refused = codemod(repo, *RUN, "--in-place")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "--blame-ignore lists commits for git blame, and --in-place makes none" in refused.stderr


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_a_list_that_is_no_file_delivers_nothing(make_repo: Make, git: Git, kind: str) -> None:
    more: Mapping[str, str] = {f"{LIST}/x": ""} if kind == "folder" else {}
    repo = make_repo(FILES | more)
    if kind == "link":
        (repo / LIST).symlink_to("a.py")
        git(repo, "add", LIST)
        git(repo, "commit", "-qm", "Link")
    done = codemod(repo, *RUN)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
    assert git(repo, "branch", "--list", "codemod/*") == ""


@pytest.mark.parametrize(
    ("known", "want"),
    [
        (b"", b"# T\nOID\n"),
        (b"# a\nx", b"# a\nx\n\n# T\nOID\n"),
        (b"# a\r\nx\r\n", b"# a\r\nx\r\n\r\n# T\r\nOID\r\n"),
        (b"OID # known\n", b"OID # known\n"),
        (b"\n", b"\n# T\nOID\n"),
    ],
)
def test_the_list_keeps_what_it_has(known: bytes, want: bytes) -> None:
    assert extended(known, [("T", "OID")]) == want
