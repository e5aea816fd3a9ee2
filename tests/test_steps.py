"""A whole step is remembered, and only where nothing that it depends on has changed.

The remembered answer is replaced by a false one: who sees the lie was answered from memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from codemods.engine.registry import Spec
from codemods.engine.work import work
from codemods.engine.world import Outcome, Task
from runner.config import Options
from runner.run import run
from runner.seal import seal, unseal
from runner.workers import Pool
from tests import command

CONFTEST = "import pytest\n\n\n@pytest.fixture\ndef db(): ...\n"
TEST = "def test_a(db):\n    assert db\n"
LIE = b"# a lie\n"
RENAME = ("run", "fixture-rename", "-n")

Write = Callable[..., None]
Git = Callable[..., str]


def codemod(where: Path, *words: str) -> str:
    done = command.codemod(where, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def lie(where: Path) -> None:
    """Make every remembered step say that each of its files becomes LIE."""
    for path in (where / ".git/codemod/steps").iterdir():
        done, reports, before = unseal(path.name.encode(), path.read_bytes())
        files = dict.fromkeys(done.composed.files, LIE)
        done = replace(done, composed=replace(done.composed, files=files))
        path.write_bytes(seal(path.name.encode(), (done, reports, before)) or b"")


@pytest.fixture
def repo(tmp_path: Path, git: Git, write: Write) -> Path:
    where = tmp_path / "repo"
    where.mkdir()
    git(where, "init", "-q")
    write(where, {"tests/conftest.py": CONFTEST, "tests/test_a.py": TEST})
    git(where, "add", "-A")
    git(where, "commit", "-qm", "files")
    return where


def test_the_run_after_a_dry_run_works_nothing_out_again(repo: Path, git: Git) -> None:
    first = codemod(repo, *RENAME)
    assert codemod(repo, *RENAME) == first != ""
    lie(repo)
    assert "a lie" in codemod(repo, *RENAME)
    codemod(repo, "run", "fixture-rename")
    assert git(repo, "show", "codemod/fixture-rename:tests/test_a.py") == LIE.decode().strip()


@pytest.mark.parametrize(
    "words",
    [
        ("--no-cache",),
        ("--new", "session"),
        ("--exclude", "nothing"),
        ("--format", "off"),
        ("--unsafe",),
        ("tests",),
        ("--diff-base", "HEAD"),
    ],
)
def test_other_options_have_other_answers(repo: Path, words: tuple[str, ...]) -> None:
    codemod(repo, *RENAME)
    lie(repo)
    assert "a lie" not in codemod(repo, *RENAME, *words)


def test_a_new_commit_has_another_answer(repo: Path, git: Git, write: Write) -> None:
    codemod(repo, *RENAME)
    lie(repo)
    write(repo, {"tests/far/conftest.py": CONFTEST})
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "far away")
    assert "a lie" not in codemod(repo, *RENAME)


def test_attributes_outside_of_the_commit_have_another_answer(repo: Path, write: Write) -> None:
    codemod(repo, *RENAME)
    lie(repo)
    write(repo, {".git/info/attributes": "test_a.py linguist-generated\n"})
    assert "a lie" not in codemod(repo, *RENAME)


def test_an_earlier_step_changes_the_answer_of_the_next(repo: Path) -> None:
    both = ("run", "fixture-rename,fixture-scope", "-n")
    codemod(repo, *both)
    alone = codemod(repo, "run", "fixture-scope", "-n")
    lie(repo)
    changed = codemod(repo, *both, "-o", "fixture-rename.new=other_db_session")
    assert "a lie" not in changed
    assert alone != changed


def test_a_report_that_was_written_anew_has_another_answer(repo: Path, tmp_path: Path) -> None:
    report = tmp_path / "durations.txt"
    words = ("run", "mark-slow", "-n", "--report", str(report))
    report.write_text("2.00s call     tests/test_a.py::test_a\n")
    assert "+@pytest.mark.slow" in codemod(repo, *words)
    lie(repo)
    assert "a lie" in codemod(repo, *words)
    report.write_text("0.20s call     tests/test_a.py::test_a\n")
    assert codemod(repo, *words) == ""


def test_a_report_of_the_same_name_elsewhere_has_another_answer(repo: Path, tmp_path: Path, git: Git) -> None:
    """Work trees of one repository share what is remembered, and each has its own report."""
    other = tmp_path / "other"
    git(repo, "worktree", "add", "-q", "--detach", str(other))
    (repo / "durations.txt").write_text("2.00s call     tests/test_a.py::test_a\n")
    (other / "durations.txt").write_text("0.20s call     tests/test_a.py::test_a\n")
    words = ("run", "mark-slow", "-n", "--report", "durations.txt")
    assert "+@pytest.mark.slow" in codemod(repo, *words)
    assert codemod(other, *words) == ""


def test_a_change_lost_to_a_crash_is_not_remembered(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options((Spec("fixture-rename", (("old", "db"), ("new", "session"))),), repo, dry_run=True, unsafe=True)
    assert run(options).after
    for path in (repo / ".git/codemod").glob("*/*"):
        path.unlink()

    def dies(pool: Pool, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        for task in tasks:
            yield task, Outcome(code="C006-crashed") if task.kind == "compose" else work(task)

    with monkeypatch.context() as patch:
        patch.setattr(Pool, "run", dies)
        assert not run(options).after
    assert run(options).after


def test_a_damaged_answer_is_as_none(repo: Path) -> None:
    first = codemod(repo, *RENAME)
    for path in (repo / ".git/codemod/steps").iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    assert codemod(repo, *RENAME) == first


def test_the_oldest_answers_go(repo: Path) -> None:
    folder = repo / ".git/codemod/steps"
    folder.mkdir(parents=True)
    for number in range(14):
        (folder / f"old-{number}").write_text("")
        os.utime(folder / f"old-{number}", (number, number))
    codemod(repo, *RENAME)
    assert {p.name for p in folder.iterdir() if p.name.startswith("old-")} == {f"old-{n}" for n in range(3, 14)}
    assert len(list(folder.iterdir())) == 12
