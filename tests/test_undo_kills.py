"""`codemod undo` killed at random moments: the repository is as before or complete, and the next undo goes on from there.

`make realworld ARGS="--kills undo-branch"` does the same fifty times and on a larger project.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from runner.deliver import Commit, deliver
from runner.errors import UsageError
from runner.git import Repository
from runner.undo import choice as undo
from runner.undo.runs import BranchRun, keep
from tests.command import COMMAND

KILLS = 12  # the first two only measure
PLAN = "ab" * 32
MESSAGE = f"Change all\n\nCodemod: some 1\nCodemod-Plan: {PLAN}\n"


def made(repo: Path) -> BranchRun:
    repository = Repository.open(repo)
    base = repository.resolve("base") or ""
    files = {f"m{n}.py": f"new = {n}\n".encode() for n in range(40)}
    done = deliver(repository, base=base, branch="codemod/some", commits=[Commit(MESSAGE, files)])
    run = BranchRun(plan=PLAN, name="some", branch="codemod/some", base=base, commits=done.commits)
    keep(run, repository.state_dir)
    return run


def test_killed_at_any_moment(make_repo: Callable[..., Path], git: Callable[..., str]) -> None:
    repo = make_repo({f"m{n}.py": f"old = {n}\n" for n in range(40)})
    git(repo, "branch", "base")
    tip = made(repo).tip
    chance, ends, took = random.Random(0), set(), 1.0
    for index in range(KILLS):
        merged = index % 2 == 1  # then the undo is a new branch, else the branch goes
        git(repo, "reset", "-q", "--hard", tip if merged else "base")
        (repo / "m1.py").write_text("mine = 1\n")
        made(repo)
        before = git(repo, "for-each-ref"), git(repo, "status", "--porcelain=v2", "--branch")
        start = time.monotonic()
        process = subprocess.Popen(
            [*COMMAND, "undo"],
            cwd=repo,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.2, 1.1) * took if index > 1 else 60)
        hit = process.poll() is None
        if hit:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        elif index <= 1:
            took = time.monotonic() - start
        now = git(repo, "for-each-ref"), git(repo, "status", "--porcelain=v2", "--branch")
        assert git(repo, "fsck", "--no-dangling", "--no-progress") == ""
        assert now[1] == before[1]
        undone = merged and git(repo, "for-each-ref", "refs/heads/codemod/undo-some")
        gone = not merged and not git(repo, "for-each-ref", "refs/heads/codemod/some")
        assert now[0] == before[0] or undone or gone
        ends.add((merged, hit, bool(undone or gone)))
        with contextlib.suppress(UsageError) if gone else contextlib.nullcontext():
            undo.undo(repo)
        if merged:
            assert git(repo, "diff", "base", "codemod/undo-some") == ""
            git(repo, "branch", "-qD", "codemod/undo-some")
        else:
            assert git(repo, "for-each-ref", "refs/heads/codemod/some") == ""
            assert list(undo.runs(repo)) == []
    assert {hit for _, hit, _ in ends} == {True, False}
