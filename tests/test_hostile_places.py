"""The life of a plan where machine or repository are odd: one line says what is wrong, nothing is lost or left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.verify.stage import last_line
from tests.command import COMMAND, codemod
from tests.test_exit import shell
from tests.test_run import SWAP
from tests.verifying import worktrees

Git = Callable[..., str]
CALL = "from legacy import old\n\n\ndef f():\n    return old(1)\n"


@pytest.fixture
def repo(make_repo: Callable[..., Path]) -> Path:
    repo = make_repo(
        {
            "a.py": CALL,
            "pkg/b.py": CALL,
            "legacy.py": "def old(x):\n    return x\n",
            "lib.py": "def new(x):\n    return x\n",
        }
    )
    assert codemod(repo, "run", SWAP, "-n").returncode == 0
    return repo


def refused(where: Path, *words: str, code: int = 2) -> str:
    done = codemod(where, *words)
    assert done.returncode == code, done.stderr
    return done.stderr.splitlines()[-1]


# ---- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--verify", "--verify-setup", "--branch", "--base", "--diff-base"])
def test_an_empty_word_is_not_the_default(repo: Path, git: Git, option: str) -> None:
    told = refused(repo, "run", SWAP, option, "")
    assert told.startswith(f"codemod: {option}: '' is not accepted")
    assert git(repo, "branch", "--list", "codemod/*") == ""


def test_an_empty_command_verifies_nothing(repo: Path) -> None:
    assert refused(repo, "verify", "--", "") == "codemod: the command to verify with is empty"
    assert refused(repo, "apply", "--branch", "").startswith("codemod: --branch: '' is not accepted")


# ---- what is kept ------------------------------------------------------------------------------


def test_decisions_that_are_no_file_are_not_added_to(repo: Path) -> None:
    (row,) = (repo / ".git/codemod/plans").glob("*.row.json")
    os.mkfifo(row.with_name(row.name.replace(".row.json", ".decisions.jsonl")))
    assert "decisions cannot be kept: not a regular file" in refused(repo, "review", code=3)


def test_a_plan_that_cannot_be_kept_is_said(repo: Path) -> None:
    done = shell(repo, f"ulimit -f 0; codemod run {SWAP} -n --branch other --no-cache | cat")
    assert done.returncode in (0, 3), done.stderr
    assert "cannot be kept" in done.stderr or "the system refuses what is needed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_limit_of_the_machine_is_no_internal_error(repo: Path) -> None:
    done = shell(repo, "ulimit -n 9; codemod plans")
    assert done.stderr == "codemod: the system refuses what is needed: too many open files\n"
    assert done.returncode == 3


# ---- the editor --------------------------------------------------------------------------------


def test_no_editor_is_started_that_would_wait_for_a_terminal(repo: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("GIT_EDITOR", "VISUAL", "EDITOR")}
    told = subprocess.run(
        [*COMMAND, "review"], cwd=repo, input=b"e\n", capture_output=True, check=False, env=env, timeout=30
    )
    assert b"not accepted: an editor needs a terminal; name a file with the new text: e=FILE" in told.stdout
    assert told.returncode == 0


# ---- checkouts ---------------------------------------------------------------------------------


def test_files_that_git_has_converted_are_not_said_to_be_changed(repo: Path, git: Git) -> None:
    git(repo, "config", "core.autocrlf", "true")
    for path in ("a.py", "pkg/b.py"):
        (repo / path).unlink()
    git(repo, "checkout", "-q", ".")
    assert git(repo, "status", "--short") == ""
    told = refused(repo, "apply", "--in-place")
    assert told.startswith("codemod: a.py and pkg/b.py have been converted by git (core.autocrlf")
    assert codemod(repo, "apply").returncode == 0


def test_files_outside_of_a_sparse_checkout_are_not_said_to_be_changed(repo: Path, git: Git) -> None:
    git(repo, "sparse-checkout", "set", "--cone", "nothing")
    told = refused(repo, "apply", "--in-place")
    assert told == "codemod: pkg/b.py has not been checked out (see git sparse-checkout); apply it on a branch"
    assert codemod(repo, "apply").returncode == 0


def test_a_commit_that_cannot_be_signed_says_so(repo: Path, git: Git) -> None:
    for name, value in (("commit.gpgsign", "true"), ("gpg.format", "ssh"), ("user.signingkey", "/nowhere/key")):
        git(repo, "config", name, value)
    told = refused(repo, "apply", code=3)
    assert told.startswith("codemod: the commit cannot be signed (commit.gpgsign): ")
    assert told.endswith("; nothing was changed")
    assert git(repo, "branch", "--list", "codemod/*") == ""


# ---- the command that verifies -----------------------------------------------------------------

LOOKS = f"{sys.executable} -c 'import a, pkg.b'"


def test_a_command_that_removes_its_worktree_is_named(repo: Path, git: Git) -> None:
    told = refused(repo, "run", SWAP, "--verify", f'sh -c "{LOOKS}; rm -rf \\"$PWD\\""', code=4)
    assert told == "codemod: the command has removed the worktree that it runs in; nothing was delivered"
    assert worktrees(repo) == []
    assert git(repo, "branch", "--list", "codemod/*") == ""


def test_what_the_command_left_running_ends_with_it(repo: Path, tmp_path: Path) -> None:
    number = tmp_path / "number"
    done = codemod(repo, "verify", "--", "sh", "-c", f"{LOOKS} && (sleep 100 & echo $! > {number})")
    assert done.returncode == 0, done.stderr
    state = Path(f"/proc/{number.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_where_nothing_is_left_to_verify_that_is_said(repo: Path) -> None:
    subprocess.run([*COMMAND, "review"], cwd=repo, input=b"n\nn\n", capture_output=True, check=True)
    done = codemod(repo, "verify", "--", "true")
    assert "nothing to verify: no change is accepted; decide again with: codemod review " in done.stderr


def test_a_usage_error_is_told_by_the_line_that_has_it() -> None:
    text = "usage: pytest [options]\npytest: error: unrecognized arguments: -n\n  inifile: None\n  rootdir: /tmp/x\n"
    assert last_line(text) == "pytest: error: unrecognized arguments: -n"
    assert last_line("error: no\nsome more\n") == "some more"
