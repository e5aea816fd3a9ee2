"""`--in-place` and `codemod undo`: whole changes, one run at a time, each run's own record, each work tree its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runner.apply import Applied, replace_files
from runner.errors import RunFailed, UsageError
from runner.undo import files as undo
from tests.command import codemod

TYPED = "from typing import Optional\nx: Optional[int]\n"
NEW = "x: int | None\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
TYPING = ("run", "modernize-typing", "--in-place", "-q", "-j1")

Git = Callable[..., str]
Make = Callable[..., Path]
Write = Callable[..., None]


@pytest.fixture
def project(make_repo: Make) -> Path:
    return make_repo({"pyproject.toml": PROJECT, "a.py": TYPED})


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def folder(tmp_path: Path, write: Write) -> Path:
    """Three folders with a file each, and what they shall hold: see `run`."""
    top = tmp_path / "top"
    write(top, dict.fromkeys(("d/m.py", "e/m.py", "f/m.py"), "old\n"))
    return top


def run(top: Path, state: Path, after: Mapping[str, bytes | None] | None = None, **rest: object) -> Applied:
    new = after if after is not None else {f"{d}/m.py": b"new\n" for d in "def"}
    before = {p: (top / p).read_bytes() for p in new if (top / p).exists()}
    with undo.at_work(state):
        return replace_files(top, before, new, state=state, name="some", **rest)  # type: ignore[arg-type]


def contents(top: Path) -> dict[str, str]:
    return {str(p.relative_to(top)): p.read_text() for p in sorted(top.rglob("*")) if p.is_file()}


OLD = dict.fromkeys(("d/m.py", "e/m.py", "f/m.py"), "old\n")


# ---- all of a change or nothing of it ----------------------------------------------------------


@pytest.mark.parametrize("what", ["e", "e/m.py"])
def test_a_place_that_cannot_be_written_stops_the_run_before_the_first_file(
    project: Path, write: Write, git: Git, immutable: Callable[[Path], None], what: str
) -> None:
    write(project, dict.fromkeys(("d/m.py", "e/m.py", "f/m.py"), TYPED))
    git(project, "add", "-A")
    git(project, "commit", "-qm", "more")
    immutable(project / what)
    done = codemod(project, *TYPING)
    assert done.returncode == 3
    assert done.stderr == "codemod: e/m.py: it, or its folder, is not writable; nothing was changed\n"
    assert git(project, "status", "--short") == ""
    assert codemod(project, "undo").returncode == 2


def test_a_failure_in_the_middle_puts_back_what_was_written(
    folder: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def refuses(source: object, target: Path) -> None:
        if str(target).endswith("e/m.py") and Path(source).read_text() == "new\n":  # type: ignore[arg-type]
            raise OSError(28, "No space left on device")
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", refuses)
    with pytest.raises(RunFailed, match=r"^e/m\.py: no space left on device; what was written is put back"):
        run(folder, state)
    assert contents(folder) == OLD
    with pytest.raises(UsageError, match="nothing to undo"):
        undo.undo(folder, state)


def test_a_path_that_became_a_folder_stops_the_run(folder: Path, state: Path) -> None:
    before = dict.fromkeys(OLD, b"old\n")
    (folder / "e/m.py").unlink()
    (folder / "e/m.py").mkdir()
    with undo.at_work(state), pytest.raises(RunFailed, match=r"^e/m\.py: a folder, not a file; nothing was changed"):
        replace_files(folder, before, dict.fromkeys(OLD, b"new\n"), state=state)
    assert (folder / "d/m.py").read_text() == "old\n"


def test_a_disk_that_is_full_stops_the_run_before_the_first_file(folder: Path, state: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from runner.undo import files as undo; from runner.apply import replace_files\n"
        "top, state = map(Path, sys.argv[1:]); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "old = {p: b'old\\n' for p in ('d/m.py', 'e/m.py')}\n"
        "with undo.at_work(state): replace_files(top, old, {'d/m.py': b'new\\n', 'e/m.py': b'x' * 5000}, state=state)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, folder, state], capture_output=True, text=True, check=False)
    assert "RunFailed: e/m.py: file too large; nothing was changed" in done.stderr
    assert contents(folder) == OLD
    assert not list((state / "undo").glob("*/*"))


def test_a_file_that_changed_meanwhile_is_left_alone_with_all_that_shares_a_change_with_it(
    folder: Path, state: Path
) -> None:
    before = dict.fromkeys(OLD, b"old\n")
    (folder / "e/m.py").write_text("mine\n")
    with undo.at_work(state):
        done = replace_files(folder, before, dict.fromkeys(OLD, b"new\n"), links=[{"f/m.py", "e/m.py"}], state=state)
    assert done.left == ("e/m.py", "f/m.py")
    assert contents(folder) == {"d/m.py": "new\n", "e/m.py": "mine\n", "f/m.py": "old\n"}
    assert undo.undo(folder, state).restored == ("d/m.py",)


def test_a_file_that_changes_between_the_look_and_its_write_takes_its_change_back(
    folder: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def someone_saves(source: object, target: Path) -> None:
        real(source, target)  # type: ignore[arg-type]
        if str(target).endswith("e/m.py"):
            (folder / "f/m.py").write_text("mine\n")

    monkeypatch.setattr(os, "replace", someone_saves)
    done = run(folder, state, links=[{"e/m.py", "f/m.py"}])
    assert done.left == ("e/m.py", "f/m.py")
    assert contents(folder) == {"d/m.py": "new\n", "e/m.py": "old\n", "f/m.py": "mine\n"}
    monkeypatch.undo()
    assert not undo.undo(folder, state).left
    assert contents(folder) == {"d/m.py": "old\n", "e/m.py": "old\n", "f/m.py": "mine\n"}


def test_files_and_folders_that_a_run_made_go_with_it(folder: Path, state: Path) -> None:
    (folder / "d/m.py").chmod(0o750)
    run(folder, state, {"new/deep/n.py": b"n\n", "d/m.py": None})
    assert contents(folder).keys() == {"e/m.py", "f/m.py", "new/deep/n.py"}
    undo.undo(folder, state)
    assert contents(folder) == OLD
    assert not (folder / "new").exists()
    assert (folder / "d/m.py").stat().st_mode & 0o777 == 0o750


# ---- each run can be undone --------------------------------------------------------------------


def test_two_runs_are_undone_one_after_the_other(project: Path, write: Write, git: Git) -> None:
    write(project, {"test_a.py": "import pytest\n@pytest.fixture\ndef db(): return 1\ndef test_a(db): assert db\n"})
    git(project, "add", "-A")
    git(project, "commit", "-qm", "more")
    told = json.loads(codemod(project, *TYPING, "--output-format", "json").stdout)
    assert (told["undo"], told["left"]) == ("1", [])
    assert codemod(project, "run", "fixture-rename", "--in-place", "-q").returncode == 0
    assert git(project, "status", "--short").split() == ["M", "a.py", "M", "test_a.py"]
    listed = codemod(project, "undo", "--list").stdout.splitlines()
    assert [(line.split()[0], line.split()[3]) for line in listed] == [
        ("2", "fixture-rename"),
        ("1", "modernize-typing"),
    ]
    first, second = codemod(project, "undo"), codemod(project, "undo")
    assert (first.stderr, second.stderr) == (
        "1 file restored, of run 2 (fixture-rename)\n",
        "1 file restored, of run 1 (modernize-typing)\n",
    )
    assert git(project, "status", "--short") == ""


def test_runs_over_the_same_file_are_undone_in_turn_and_a_number_chooses_one(folder: Path, state: Path) -> None:
    for text in (b"one\n", b"two\n", b"three\n"):
        run(folder, state, {"d/m.py": text})
    run(folder, state, {"e/m.py": b"four\n"})
    assert undo.undo(folder, state, "2").left == {"d/m.py": "changed since"}  # run 3 came after it
    assert undo.undo(folder, state, "4").restored == ("e/m.py",)
    for text in ("two\n", "one\n", "old\n"):
        undo.undo(folder, state)
        assert (folder / "d/m.py").read_text() == text
    with pytest.raises(UsageError, match="nothing to undo"):
        undo.undo(folder, state)


def test_a_record_that_restores_nothing_is_kept(folder: Path, state: Path) -> None:
    run(folder, state)
    for path in OLD:
        (folder / path).write_text("mine\n")
    done = undo.undo(folder, state)
    assert (done.restored, tuple(done.left)) == ((), tuple(OLD))
    for path in OLD:
        (folder / path).write_text("old\n")
    with pytest.raises(UsageError, match="are as they were before it"):
        undo.undo(folder, state)
    for path in OLD:
        (folder / path).write_text("new\n")
    assert undo.undo(folder, state).restored == tuple(OLD)


def test_what_undo_leaves_is_told_as_what_it_is(project: Path) -> None:
    assert codemod(project, *TYPING).returncode == 0
    (project / "a.py").unlink()
    undone = codemod(project, "undo")
    assert (undone.returncode, "a.py: deleted since; left alone" in undone.stderr) == (3, True), undone.stderr


def test_where_nothing_could_be_restored_the_other_runs_are_named(project: Path, write: Write) -> None:
    codemod(project, "run", "modernize-typing")
    codemod(project, "run", "modernize-typing", "--in-place")
    write(project, {"a.py": "mine = 1\n"})
    done = codemod(project, "undo")
    assert (done.returncode, done.stderr.splitlines()) == (3, [
        "0 files restored, of run 2 (modernize-typing)",
        "a.py: changed since; left alone",
        "other runs on record: 1; see: codemod undo --list",
    ])  # fmt: skip


def test_an_unknown_run_is_named_with_those_that_there_are(folder: Path, state: Path) -> None:
    run(folder, state)
    for wrong in ("7", "x", "../1", "01"):
        with pytest.raises(UsageError, match=r"no run .* to undo; on record: 1"):
            undo.undo(folder, state, wrong)


def test_the_oldest_records_go(folder: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "KEPT", 3)
    for number in range(5):
        run(folder, state, {"d/m.py": b"%d\n" % number})
    assert [line.split()[0] for line in undo.runs(folder, state)] == ["5", "4", "3"]


# ---- one at a time -----------------------------------------------------------------------------


def test_a_second_run_and_an_undo_stop_at_once_while_one_is_at_work(project: Path) -> None:
    with undo.at_work(project / ".git/codemod"):
        for words in (TYPING, ("undo",)):
            (project / ".git/codemod/undo/1").mkdir(exist_ok=True)
            (project / ".git/codemod/undo/1/record.json").write_text("{}")
            done = codemod(project, *words)
            assert (done.returncode, done.stderr.count("\n")) == (2, 1)
            assert "another run with --in-place is at work here" in done.stderr
        assert codemod(project, "run", "modernize-typing", "--in-place", "-n").returncode == 0
    assert (project / "a.py").read_text() == TYPED


def test_a_killed_run_leaves_no_lock(project: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from runner.undo import files as undo\n"
        "with undo.at_work(Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(project / ".git/codemod")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert codemod(project, *TYPING).returncode == 2
        holder.kill()
    assert codemod(project, *TYPING).returncode == 0
    assert (project / "a.py").read_text() == NEW


def killed_at(project: Path, name: str, *words: str) -> None:
    """Start codemod and kill it when it is about to put a file into its place."""
    code = (
        "import os, signal; from runner import disk\n"
        "def put(staged, path, real=disk.put):\n"
        f"    if path.name == {name!r}: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    real(staged, path)\n"
        "disk.put = put; import runner.apply; runner.apply.put = put; from runner.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code, *words], cwd=project, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL


def test_no_run_builds_on_half_of_a_change_that_was_killed(project: Path, write: Write, git: Git) -> None:
    write(project, dict.fromkeys(("b.py", "c.py"), TYPED))
    git(project, "add", "-A")
    git(project, "commit", "-qm", "more")
    killed_at(project, "b.py", *TYPING)
    assert git(project, "status", "--short") == " M a.py"
    done = codemod(project, *TYPING)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "was killed while it wrote" in done.stderr
    assert "codemod undo 1" in done.stderr
    assert codemod(project, "undo").returncode == 0
    assert codemod(project, *TYPING).returncode == 0
    killed_at(project, "b.py", "undo")
    assert git(project, "status", "--short").split() == ["M", "b.py", "M", "c.py"]
    assert codemod(project, *TYPING).returncode == 2
    assert codemod(project, "undo").returncode == 0
    assert git(project, "status", "--short") == ""


def test_a_run_that_was_killed_before_its_first_file_is_none(project: Path, git: Git) -> None:
    killed_at(project, "a.py", *TYPING)
    done = codemod(project, "undo")
    assert (done.returncode, "nothing to undo" in done.stderr) == (2, True)
    killed_at(project, "a.py", *TYPING)
    assert codemod(project, *TYPING).returncode == 0
    assert codemod(project, "undo").returncode == 0
    assert git(project, "status", "--short") == ""


# ---- each work tree its own --------------------------------------------------------------------


def test_undo_belongs_to_the_work_tree_that_it_is_typed_in(project: Path, git: Git) -> None:
    second = project.parent / "second"
    git(project, "worktree", "add", "-q", str(second))
    assert codemod(project, *TYPING).returncode == 0
    refused = codemod(second, "undo")
    assert (refused.returncode, "nothing to undo" in refused.stderr) == (2, True)
    assert codemod(second, *TYPING).returncode == 0
    for place in (project, second):
        assert git(place, "status", "--short") == " M a.py"
        assert codemod(place, "undo").returncode == 0
        assert git(place, "status", "--short") == ""
    assert list((project / ".git/worktrees/second/codemod/plans").iterdir())


def test_undo_works_from_a_subfolder_and_where_the_git_directory_is_read_only(
    project: Path, write: Write, git: Git, immutable: Callable[[Path], None]
) -> None:
    write(project, {"pkg/b.py": TYPED})
    git(project, "add", "-A")
    git(project, "commit", "-qm", "more")
    immutable(project / ".git")
    assert codemod(project / "pkg", *TYPING).returncode == 0
    assert codemod(project / "pkg", "undo").returncode == 0
    assert (project / "pkg/b.py").read_text() == (project / "a.py").read_text() == TYPED


# ---- what is read back is looked over ----------------------------------------------------------


def tamper(state: Path, **told: object) -> None:
    path = state / "undo/1/record.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | told))


@pytest.mark.parametrize(
    "path",
    ["../victim", "/victim", "d/../../victim", "link/victim", "out.py", ".git/hooks/x", "d/.GIT/x", "", "d//m.py"],
)
def test_a_record_that_leads_out_of_the_work_tree_is_refused(
    folder: Path, state: Path, write: Write, path: str
) -> None:
    victim = folder.parent / "victim"
    victim.write_text("precious\n")
    write(folder, {".git/hooks/x": "precious\n", "d/.GIT/x": "precious\n"})
    (folder / "link").symlink_to(folder.parent)
    (folder / "out.py").symlink_to(victim)
    run(folder, state)
    entry = {"path": path.replace("/victim", str(victim), path == "/victim"), "original": undo.digest(b"old\n")}
    tamper(state, files=[entry | {"written": undo.digest(b"precious\n"), "mode": 0o644}])
    with pytest.raises(UsageError, match="no place for a file of"):
        undo.undo(folder, state)
    assert victim.read_text() == (folder / ".git/hooks/x").read_text() == "precious\n"
    assert (state / "undo/1/record.json").exists()


@pytest.mark.parametrize(
    "told",
    [
        {"top": "/elsewhere"}, {"schema_version": 2}, {"files": 3}, {"made": ["../x"]}, {"made": [3]},
        {"files": [{"path": "d/m.py", "original": "../../victim", "written": None, "mode": 0o644}]},
        {"files": [{"path": "d/m.py", "original": None, "written": None, "mode": 0o4755}]},
        {"files": [{"path": "d/m.py", "original": 0, "written": "0"}]},
    ],
)  # fmt: skip
def test_a_record_of_another_place_or_shape_is_refused(folder: Path, state: Path, told: dict[str, object]) -> None:
    run(folder, state)
    tamper(state, **told)
    with pytest.raises(UsageError):
        undo.undo(folder, state)
    assert set(contents(folder).values()) == {"new\n"}


def test_an_original_that_is_damaged_or_a_link_restores_nothing(folder: Path, state: Path) -> None:
    run(folder, state)
    original = state / "undo/1" / str(undo.digest(b"old\n"))
    original.write_text("not the original\n")
    with pytest.raises(UsageError, match="damaged"):
        undo.undo(folder, state)
    original.unlink()
    (folder.parent / "secret").write_text("old\n")
    original.symlink_to(folder.parent / "secret")
    with pytest.raises(UsageError, match="is lost"):
        undo.undo(folder, state)
    assert set(contents(folder).values()) == {"new\n"}


def test_records_are_not_followed_to_another_folder(folder: Path, state: Path) -> None:
    run(folder, state)
    shutil.move(state / "undo/1", folder.parent / "1")
    (state / "undo/1").symlink_to(folder.parent / "1")
    with pytest.raises(UsageError, match="nothing to undo"):
        undo.undo(folder, state)


def test_a_record_of_another_version_is_named_and_not_followed(project: Path) -> None:
    assert codemod(project, *TYPING).returncode == 0
    victim = project.parent / "victim"
    victim.write_text("precious\n")
    planted = {"top": "/elsewhere", "files": {"../victim": {"original": 0, "written": undo.digest(b"precious\n")}}}
    (project / ".git/codemod/undo/index.json").write_text(json.dumps(planted))
    (project / ".git/codemod/undo/0").write_text("planted\n")
    done = codemod(project, "undo")
    assert (done.returncode, "index.json" in done.stderr) == (2, True)
    assert victim.read_text() == "precious\n"


# ---- where in-place stops ----------------------------------------------------------------------


def test_in_place_and_undo_stop_where_git_refuses(project: Path, write: Write) -> None:
    write(project, {"secret/s.py": TYPED, ".gitignore": "secret/\n"})
    for words in (TYPING, ("undo",), ("run", "modernize-typing", "-n")):
        done = codemod(project, *words, env={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "dubious ownership" in done.stderr
    assert (project / "secret/s.py").read_text() == (project / "a.py").read_text() == TYPED


@pytest.mark.parametrize("shape", ["empty", "unreadable", "lost", "junk", "configuration"])
def test_a_broken_repository_is_no_plain_folder(project: Path, shape: str) -> None:
    real = project / ".git"
    match shape:
        case "empty" | "lost" | "junk":
            shutil.rmtree(real)
            real.mkdir() if shape == "empty" else real.write_text("gitdir: /nowhere\n" if shape == "lost" else "junk")
        case "unreadable":
            (real / "HEAD").unlink()
        case _:
            (real / "config").write_text("[core\n")
    done = codemod(project, *TYPING, "--target-version", "3.11")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert (project / "a.py").read_text() == TYPED


def test_there_is_no_work_tree_in_a_bare_repository_nor_in_a_git_directory(project: Path, git: Git) -> None:
    bare = project.parent / "bare.git"
    git(project, "clone", "-q", "--bare", ".", str(bare))
    for place in (bare, bare / "hooks", project / ".git", project / ".git/hooks"):
        place.mkdir(exist_ok=True)
        (place / "x.py").write_text(TYPED)
        done = codemod(place, *TYPING, "--target-version", "3.11")
        assert (done.returncode, "has no work tree" in done.stderr) == (2, True)
        assert (place / "x.py").read_text() == TYPED
    git(project, "config", "core.worktree", str(project.parent / "elsewhere"))
    (project.parent / "elsewhere").mkdir()
    assert codemod(project, *TYPING).returncode == 2
