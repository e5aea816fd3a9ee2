"""The worktree of a verification: what it holds from run to run, what is set up in it, and that nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.errors import UsageError, VerifyFailed
from runner.git import Repository
from runner.verify import flow
from runner.verify.worktree import worktree
from tests.command import codemod
from tests.test_signals import of_session, wait_for
from tests.verifying import Changes, worktrees

Make = Callable[..., Path]
Git = Callable[..., str]
TOP = Path(__file__).parent.parent
TEST = "from calc import VALUE\n\n\ndef test_value():\n    assert VALUE\n"
PROJECT = {"calc.py": "VALUE = 1\nOTHER = 1\n", "test_calc.py": TEST}
GOOD = {"good": ("calc.py", "OTHER = 1", "OTHER = 2")}


def base_of(repo: Path) -> tuple[Repository, str]:
    repository = Repository.open(repo)
    return repository, repository.resolve("HEAD") or ""


# ---- contents ----------------------------------------------------------------------------------


def test_it_goes_from_one_set_of_files_to_the_next(make_repo: Make, git: Git) -> None:
    repo = make_repo({"a.py": "1\n", "b/c.py": "2\n", "run.sh": "#!/bin/sh\n", "b/d/e.py": "3\n"})
    (repo / "run.sh").chmod(0o755)
    git(repo, "commit", "-qam", "Run")
    repository, base = base_of(repo)
    with worktree(repository, base) as tree:
        state = lambda: git(tree.top, "status", "--porcelain", "-uall")  # noqa: E731
        assert (state(), tree.top.name) == ("", "repo")
        tree.settle()
        tree.hold({"a.py": b"4\n", "b/d/e.py": None, "new/f.py": b"5\n", "run.sh": b"#!/bin/bash\n"})
        assert state().split("\n") == [" M a.py", " D b/d/e.py", " M run.sh", "?? new/f.py"]
        assert not (tree.top / "b/d").exists()
        assert os.access(tree.top / "run.sh", os.X_OK)
        tree.hold({"a.py": b"6\n"})
        assert (state(), (tree.top / "a.py").read_bytes()) == (" M a.py", b"6\n")
        assert not (tree.top / "new").exists()
        tree.hold({})
        assert git(tree.top, "diff", "HEAD") == ""
        assert (tree.top / "b/d/e.py").read_bytes() == b"3\n"
        assert os.access(tree.top / "run.sh", os.X_OK)
    assert (git(repo, "status", "--porcelain"), worktrees(repo)) == ("", [])


def test_a_file_never_has_the_time_that_it_had_with_another_content(make_repo: Make) -> None:
    """Python takes compiled code for that of a source by the second and the size."""
    repository, base = base_of(make_repo({"a.py": "1\n"}))
    with worktree(repository, base) as tree:
        times = {int((tree.top / "a.py").stat().st_mtime)}
        for content in (b"2\n", b"3\n", b"1\n", b"2\n"):
            tree.hold({"a.py": content})
            times.add(int((tree.top / "a.py").stat().st_mtime))
        tree.hold({})
        times.add(int((tree.top / "a.py").stat().st_mtime))
        assert len(times) == 6


def test_what_tests_do_to_the_worktree_is_taken_back(make_repo: Make, git: Git) -> None:
    repository, base = base_of(make_repo({"a.py": "1\n", "b.py": "1\n", ".gitignore": "*.log\n"}))
    with worktree(repository, base) as tree:
        (tree.top / "made.txt").write_text("set up\n")
        tree.settle()
        tree.hold({"b.py": b"2\n"})
        (tree.top / "a.py").write_text("by a test\n")
        (tree.top / "b.py").unlink()
        (tree.top / "left").mkdir()
        for name in ("left/x.txt", "y.txt", "z.log"):
            (tree.top / name).touch()
        tree.hold({"b.py": b"2\n"})
        assert (tree.top / "b.py").read_bytes() == b"2\n"
        assert git(tree.top, "status", "--porcelain").split("\n") == [" M b.py", "?? made.txt"]
        assert (tree.top / "z.log").exists()  # of no interest to git


def test_files_that_git_does_not_know_are_copied_when_asked(make_repo: Make, environment: Path) -> None:
    test = TEST + "    from pathlib import Path\n\n    assert Path('.env').read_text() == 'A=1'\n    import made\n"
    repo = make_repo({**PROJECT, "test_calc.py": test, ".gitignore": ".env\nmade.py\n"})
    (repo / ".env").write_text("A=1")
    (repo / "made.py").write_text("")
    changes = Changes(repo, GOOD)
    with pytest.raises(VerifyFailed, match=r"\(not in git: made.py; see --verify-copy\)"):
        changes.verify("pytest", environment=environment)
    assert changes.verify("pytest", environment=environment, copies=(".env", "made.py")).kept == {"good"}
    with pytest.raises(UsageError, match=r"--verify-copy nothing\*: no untracked file of .* is called so"):
        changes.verify("pytest", environment=environment, copies=("nothing*",))


def test_what_the_tests_need_is_set_up_once(make_repo: Make, environment: Path) -> None:
    test = TEST + "    import made\n\n    assert made.TIMES == [1]\n"
    files = {**PROJECT, "test_calc.py": test, "make.py": "open('made.py', 'a').write('TIMES = [1]\\n')\n"}
    changes = Changes(make_repo(files), GOOD)
    assert changes.verify("pytest", environment=environment, setup="python make.py").kept == {"good"}
    with pytest.raises(
        VerifyFailed, match=r"--verify-setup .* failed \(exit code 1\): NameError: name 'nothing' is not"
    ):
        changes.verify("pytest", environment=environment, setup="python -c nothing")


def test_the_command_runs_where_the_user_stands(make_repo: Make, environment: Path) -> None:
    files = {f"sub/{name}": text for name, text in PROJECT.items()} | {
        "test_top.py": "def test_top():\n    assert 0\n"
    }
    changes = Changes(make_repo(files), {"bad": ("sub/calc.py", "VALUE = 1", "VALUE = 0")})
    found = changes.verify("pytest", environment=environment, inside="sub")
    assert (found.kept, found.set_aside) == (frozenset(), ())
    assert found.excluded["bad"].tests == ("test_calc.py::test_value",)


def test_from_a_bare_repository(make_repo: Make, environment: Path, git: Git, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(make_repo(PROJECT)), "bare.git")
    changes = Changes(tmp_path / "bare.git", GOOD)
    assert changes.verify("pytest", environment=environment).kept == {"good"}


def test_hooks_do_not_run(make_repo: Make) -> None:
    repo = make_repo(PROJECT)
    hook = repo / ".git/hooks/post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {repo}/ran\n")
    hook.chmod(0o755)
    repository, base = base_of(repo)
    with worktree(repository, base):
        pass
    assert not (repo / "ran").exists()


def test_where_there_can_be_no_worktree_it_says_so(make_repo: Make) -> None:
    repo = make_repo(PROJECT)
    (repo / ".git/worktrees").write_text("in the way")
    repository, base = base_of(repo)
    with pytest.raises(VerifyFailed, match=r"cannot make a worktree to verify in: .*; nothing was delivered"):
        worktree(repository, base).__enter__()
    assert list((repo / ".git/codemod/tmp").iterdir()) == []


def test_any_run_clears_what_a_killed_verification_left(make_repo: Make, git: Git) -> None:
    """But not what one that lives has, nor a worktree of the user's."""
    repo = make_repo(PROJECT)
    ended = subprocess.Popen(["true"])
    ended.wait()
    for name in (f"{ended.pid}-dead", f"{os.getpid()}-alive"):
        (repo / ".git/codemod/tmp" / name).mkdir(parents=True)
        git(repo, "worktree", "add", "-q", "--detach", "--lock", str(repo / ".git/codemod/tmp" / name / "repo"))
    git(repo, "worktree", "add", "-q", "--detach", str(repo.parent / "own"))
    assert codemod(repo, "run", "modernize-typing", "-n").returncode == 0
    listed = [Path(line.split()[0]).parts[-2] for line in git(repo, "worktree", "list").splitlines()]
    assert {*listed[1:]} == {f"{os.getpid()}-alive", repo.parent.name}
    assert not (repo / f".git/codemod/tmp/{ended.pid}-dead").exists()


# ---- time --------------------------------------------------------------------------------------


def test_when_the_budget_is_spent_before_anything_is_known_nothing_is_delivered(
    make_repo: Make, environment: Path
) -> None:
    changes = Changes(make_repo(PROJECT), GOOD)
    with pytest.raises(VerifyFailed, match="the budget was spent before any set of changes was known to pass"):
        changes.verify("pytest", environment=environment, budget=0.0001)


def test_when_the_budget_is_spent_what_is_known_to_pass_is_kept(
    make_repo: Make, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first of two bad changes is found the time is over: what stands before it passes, says the last run."""
    edits = {f"good {n}": ("calc.py", "OTHER = 1", f"OTHER = 1{n}") for n in range(1)} | {
        "bad": ("calc.py", "VALUE = 1", "VALUE = 0"),
        "later": ("other.py", "A = 1", "A = 2"),
    }
    changes = Changes(make_repo({**PROJECT, "other.py": "A = 1\n"}), edits)
    real = flow.Trial.part

    def part(trial: flow.Trial, keys: frozenset[str], names: frozenset[str]) -> object:
        if keys == {"good 0", "later"}:
            raise flow.Spent
        return real(trial, keys, names)

    monkeypatch.setattr(flow.Trial, "part", part)
    found = changes.verify("pytest", environment=environment)
    assert (found.kept, found.unjudged) == ({"good 0"}, ("later",))
    assert found.excluded["later"].reason == "not judged: the budget was spent"


def test_a_quick_pass_comes_first_where_it_is_quicker(
    make_repo: Make, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "QUICK_FROM", 0.0)
    others = {f"test_other{n}.py": "def test_it():\n    pass\n" for n in range(3)}
    changes = Changes(make_repo({**PROJECT, **others}), {**GOOD, "bad": ("calc.py", "VALUE = 1", "VALUE = 0")})
    found = changes.verify("pytest", environment=environment)
    assert changes.said[1:3] == [
        "a quick pass: 1 of 4 test files import what changed",
        "test_calc.py::test_value fails; looking for the change that did it",
    ]
    assert (found.kept, found.excluded["bad"].tests, found.runs) == ({"good"}, ("test_calc.py::test_value",), 1)


# ---- the end -----------------------------------------------------------------------------------

DRIVER = """
import sys
from pathlib import Path
from runner import cli, signals
from tests.verifying import Changes
signals.end_cleanly()
repo, environment = map(Path, sys.argv[1:])
changes = Changes(repo, {"bad": ("calc.py", "VALUE = 1", "VALUE = 0"), "good": ("calc.py", "OTHER = 1", "OTHER = 2")})
try:
    changes.verify("pytest", environment=environment)
except KeyboardInterrupt as stop:
    sys.exit(signals.exit_code(stop))
"""


def started(repo: Path, environment: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", DRIVER, str(repo), str(environment)]
    return subprocess.Popen(command, cwd=TOP, start_new_session=True, stderr=subprocess.PIPE)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_told_to_end_it_leaves_nothing_behind(
    make_repo: Make, environment: Path, tmp_path: Path, number: signal.Signals
) -> None:
    slow = f"from pathlib import Path\nPath({str(tmp_path / 'began')!r}).touch()\n__import__('time').sleep(60)\n"
    repo = make_repo({**PROJECT, "test_slow.py": slow})
    run = started(repo, environment)
    wait_for((tmp_path / "began").exists)
    run.send_signal(number)
    _, talk = run.communicate(timeout=30)
    assert (run.returncode, talk) == (128 + number, b"")
    wait_for(lambda: not of_session(run.pid), 10)
    assert worktrees(repo) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_killed_at_any_moment_the_next_start_clears_what_it_left(
    make_repo: Make, environment: Path, git: Git
) -> None:
    """Its tests end with it, and the worktree is gone before another one is made."""
    repo = make_repo(PROJECT)
    before = git(repo, "for-each-ref") + git(repo, "status", "--porcelain")
    left = 0
    for moment in range(8):
        run = started(repo, environment)
        time.sleep(0.3 + 0.25 * moment)
        run.kill()
        run.communicate()
        wait_for(lambda leader=run.pid: not of_session(leader), 10)  # type: ignore[misc]
        left += bool(worktrees(repo))
        with Repository.open(repo).scratch():
            pass
        assert worktrees(repo) == []
        assert git(repo, "worktree", "list").count("\n") == 0
    assert left
    assert git(repo, "for-each-ref") + git(repo, "status", "--porcelain") == before
    assert git(repo, "fsck", "--no-dangling") == ""
