"""A run that is told to end cleans up behind itself, says what was done, and has an exit code of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from runner import deliver, programs
from runner.apply import replace_files
from runner.deliver import Commit
from runner.git import Repository
from runner.undo import files as undo
from tests.command import COMMAND

MISBEHAVE = str(Path(__file__).parent / "local/misbehave.py")
TYPED = "from typing import Optional\nx: Optional[int]\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
BOTH = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)

Git = Callable[..., str]
Make = Callable[..., Path]


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not what() and time.monotonic() < until:
        time.sleep(0.01)
    assert what()


def of_session(leader: int) -> list[str]:
    """The processes of a session, but for zombies."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


def hanging(repo: Path, tmp_path: Path, jobs: int, temp: str = "") -> subprocess.Popen[str]:
    """A run in a session of its own, one of whose workers hangs already; `temp` is its folder for temporary files."""
    env = os.environ | {"MISBEHAVE_HANGS": str(tmp_path / "hangs")}
    if temp:
        (tmp_path / temp).mkdir()
        env["TMPDIR"] = str(tmp_path / temp)
    run = subprocess.Popen(
        [*COMMAND, "run", MISBEHAVE, "-n", "--no-cache", f"-j{jobs}"],
        cwd=repo,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=env,
    )
    wait_for((tmp_path / "hangs").exists)
    return run


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("to_all", [False, True], ids=["parent", "group"])
@BOTH
def test_a_run_that_is_ended_leaves_nothing_behind(
    make_repo: Make, tmp_path: Path, number: signal.Signals, to_all: bool
) -> None:
    repo = make_repo({"hang.py": "x = 1  # hang here\n", "a.py": "x = 1\n"})
    run = hanging(repo, tmp_path, 2, "t")
    (os.killpg if to_all else os.kill)(run.pid, number)
    os.kill(run.pid, number)  # as `timeout` does: to the process, then to its group
    out, talk = run.communicate(timeout=30)
    assert (run.returncode, out, talk) == (128 + number, "", "interrupted; nothing was changed\n")
    wait_for(lambda: not of_session(run.pid), 10)
    assert list((tmp_path / "t").iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_a_worker_in_an_endless_search_is_ended_with_the_run(make_repo: Make, tmp_path: Path) -> None:
    repo = make_repo({"hang.py": "x = 1  # search here\n"})
    run = hanging(repo, tmp_path, 1)
    os.killpg(run.pid, signal.SIGTERM)  # the process that would have ended the worker is told as well
    assert run.wait(30) == 128 + signal.SIGTERM
    try:
        wait_for(lambda: not of_session(run.pid), 10)
    finally:
        for left in of_session(run.pid):
            os.kill(int(left), signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("temp", ["t", "t" * 80], ids=["copied", "from nothing"])
def test_a_run_that_is_killed_takes_its_workers_along(make_repo: Make, tmp_path: Path, temp: str) -> None:
    repo = make_repo({"hang.py": "x = 1  # search here\n"})
    run = hanging(repo, tmp_path, 1, temp)
    run.kill()
    run.wait()
    try:
        wait_for(lambda: not of_session(run.pid), 10)
    finally:
        for left in of_session(run.pid):
            os.kill(int(left), signal.SIGKILL)


def test_what_was_told_to_outlive_its_terminal_does(make_repo: Make) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, "a.py": TYPED})
    code = (
        "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); from runner import cli, signals\n"
        "real = signals.end_cleanly; signals.end_cleanly = lambda: (real(), os.kill(os.getpid(), signal.SIGHUP))\n"
        "cli.main()"
    )
    command = [sys.executable, "-P", "-c", code, "run", "modernize-typing", "-n", "-q"]
    done = subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)
    assert (done.returncode, "+x: int | None" in done.stdout) == (0, True)


@BOTH
def test_files_are_written_to_the_last_before_a_signal_counts(
    make_repo: Make, git: Git, number: signal.Signals
) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, "a.py": TYPED, "b.py": TYPED, "c.py": TYPED})
    code = (
        "import os; from runner import disk\n"
        "def put(staged, path, real=disk.put):\n"
        f"    if path.name == 'b.py': os.kill(os.getpid(), {int(number)})\n"
        "    real(staged, path)\n"
        "import runner.apply; runner.apply.put = put; from runner.cli import main; main()"
    )
    command = [sys.executable, "-P", "-c", code, "run", "modernize-typing", "--in-place"]
    done = subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)
    assert done.returncode == 128 + number
    assert "3 files written; take it back with: codemod undo 1" in done.stderr
    assert git(repo, "status", "--short").split() == ["M", "a.py", "M", "b.py", "M", "c.py"]


def test_a_signal_while_files_are_written_is_told_to_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tmp_path / "top"
    top.mkdir()
    (top / "a.py").write_text("old\n")
    real = os.replace

    def told_to_end(source: object, target: object) -> None:
        if target == top / "a.py":
            os.kill(os.getpid(), signal.SIGTERM)
        real(source, target)  # type: ignore[arg-type]

    with undo.at_work(tmp_path / "state"), monkeypatch.context() as patch:
        patch.setattr(os, "replace", told_to_end)
        done = replace_files(top, {"a.py": b"old\n"}, {"a.py": b"new\n"}, state=tmp_path / "state")
    assert (done.run, done.interrupted, (top / "a.py").read_text()) == ("1", signal.SIGTERM, "new\n")


def test_a_signal_while_the_branch_is_moved_is_told_to_the_caller(
    make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make_repo({"a.py": "old\n"})
    real = deliver.write

    def told_to_end(*args: object, **rest: object) -> str:
        if "update-ref" in args:
            os.kill(os.getpid(), signal.SIGTERM)
        return real(*args, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(deliver, "write", told_to_end)
    repository = Repository.open(repo)
    commits = [Commit("Edit", {"a.py": b"new\n"})]
    done = deliver.deliver(repository, base=repository.head(), branch="codemod/x", commits=commits)
    assert (done.created, done.interrupted) == (True, signal.SIGTERM)
    assert git(repo, "show", "codemod/x:a.py") == "new"


def test_programs_that_other_threads_wait_for_end_with_all_that_they_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_ENDED", threading.Event())
    script = f"sleep 60 & echo $! >{tmp_path}/child; mv {tmp_path}/child {tmp_path}/started; wait".encode()
    ended: list[int] = []

    def wait() -> None:
        ended.append(programs.run([b"sh", b"-c", script], tmp_path, os.environ, family=True).returncode)

    thread = threading.Thread(target=wait)
    thread.start()
    wait_for((tmp_path / "started").exists)
    programs.end_all()
    thread.join(10)
    assert ended == [-signal.SIGKILL]
    child = int((tmp_path / "started").read_text())
    wait_for(lambda: not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text(), 10)
    with pytest.raises(InterruptedError):
        programs.run([b"true"], tmp_path, os.environ)


def test_a_program_that_is_late_ends_with_all_that_it_started(tmp_path: Path) -> None:
    script = f"sleep 60 & echo $! >{tmp_path}/child; wait".encode()
    with pytest.raises(subprocess.TimeoutExpired):
        programs.run([b"sh", b"-c", script], tmp_path, os.environ, timeout=1, family=True)
    child = int((tmp_path / "child").read_text())
    wait_for(lambda: not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text(), 10)
