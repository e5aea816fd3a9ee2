"""What moves, delivered: on a branch, in place and back, as a diff, from a plan that was kept, and decided on."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runner.apply import replace_files
from runner.diff import patch
from runner.errors import RunFailed
from runner.undo import files as undo_files
from tests.command import codemod
from tests.test_review import review

Git = Callable[..., str]
Make = Callable[..., Path]
Write = Callable[[Path, Mapping[str, str | bytes]], None]

SHIFT = str(Path(__file__).parent / "local" / "shift.py")
A = "# why one\ndef one():\n    return 1\n\n\ndef two():\n    return 2\n"
USER = "from a import one, two\n\nprint(one(), two())\n"
FILES = {"a.py": A, "user.py": USER, "other.py": "x = 1\n"}
MODULE = ("run", SHIFT, "--source", "a.py", "--to", "pkg/b.py")
BOTH = ("run", SHIFT, "--source", "a.py", "--to", "b.py", "--symbol", "one", "--symbol", "two")
BRANCH = "codemod/shift"


@pytest.fixture
def repo(make_repo: Make, git: Git) -> Path:
    """A repository whose `a.py` may be executed."""
    found = make_repo(FILES)
    (found / "a.py").chmod(0o755)
    git(found, "commit", "-qam", "Executable")
    return found


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def tree(git: Git, where: Path, revision: str) -> dict[str, str]:
    """The modes by path."""
    return {row.split("\t")[1]: row.split()[0] for row in lines(git(where, "ls-tree", "-r", revision))}


def on_disk(where: Path) -> dict[str, tuple[bytes, int]]:
    found = [p for p in where.rglob("*") if p.is_file() and ".git" not in p.relative_to(where).parts]
    return {p.relative_to(where).as_posix(): (p.read_bytes(), stat.S_IMODE(p.stat().st_mode)) for p in found}


def undone(where: Path) -> subprocess.CompletedProcess[str]:
    return codemod(where, "undo")


# ---- a branch ------------------------------------------------------------------------------------


def test_the_history_of_a_module_follows_it(repo: Path, git: Git) -> None:
    before = on_disk(repo), git(repo, "status", "--porcelain")
    done = codemod(repo, *MODULE)
    assert done.returncode == 0, done.stderr
    assert tree(git, repo, BRANCH) == {"other.py": "100644", "pkg/b.py": "100755", "user.py": "100644"}
    assert len(lines(git(repo, "log", "--follow", "--format=%s", BRANCH, "--", "pkg/b.py"))) == 3
    assert git(repo, "show", f"{BRANCH}:user.py") == USER.replace("from a", "from pkg.b").strip()
    assert (on_disk(repo), git(repo, "status", "--porcelain")) == before
    assert "  files moved: 1\n" in done.stderr
    assert "  a.py → pkg/b.py\n  user.py\n" in done.stderr
    assert "files moved: 1" in git(repo, "log", "-1", "--format=%b", BRANCH)


def test_a_branch_is_taken_back(repo: Path, git: Git) -> None:
    assert codemod(repo, *MODULE, "-q").returncode == 0
    assert undone(repo).returncode == 0
    assert git(repo, "branch", "--list", BRANCH) == ""


def test_a_merged_move_is_taken_back_by_another_branch(repo: Path, git: Git) -> None:
    assert codemod(repo, *MODULE, "-q").returncode == 0
    git(repo, "merge", "-q", BRANCH)
    assert (repo / "pkg/b.py").exists()
    done = undone(repo)
    assert done.returncode == 0, done.stderr
    (branch,) = (name for name in lines(git(repo, "branch", "--format=%(refname:short)")) if "undo" in name)
    assert git(repo, "diff", "HEAD~1", branch) == ""


def test_a_merged_move_with_later_work_in_it_is_taken_back(repo: Path, git: Git) -> None:
    assert codemod(repo, *MODULE, "-q").returncode == 0
    git(repo, "merge", "-q", BRANCH)
    (repo / "pkg/b.py").write_text(f"{A}\n\ndef three():\n    return 3\n")
    git(repo, "commit", "-qam", "Three")
    assert undone(repo).returncode == 0
    (branch,) = (name for name in lines(git(repo, "branch", "--format=%(refname:short)")) if "undo" in name)
    assert git(repo, "show", f"{branch}:a.py").endswith("def three():\n    return 3")
    assert "pkg/b.py" not in tree(git, repo, branch)


def test_definitions_that_moved_are_counted(repo: Path) -> None:
    done = codemod(repo, *BOTH, "--output-format", "json")
    told = json.loads(done.stdout)
    assert told["steps"][0]["moved"] == {"definitions": 2, "altered": 0, "lines": 7, "files": 0}
    assert "  definitions moved unchanged: 2 (lines: 7)\n" in done.stderr
    assert told["files"] == [
        {"path": "a.py", "status": "modified"},
        {"path": "b.py", "status": "created"},
        {"path": "user.py", "status": "modified"},
    ]


def test_a_move_is_one_in_json(repo: Path) -> None:
    told = json.loads(codemod(repo, *MODULE, "-n", "--output-format", "json").stdout)
    assert told["steps"][0]["moved"] == {"definitions": 0, "altered": 0, "lines": 0, "files": 1}
    assert told["files"][1] == {"path": "pkg/b.py", "status": "moved", "from": {"path": "a.py"}}
    assert told["files"][0] == {"path": "a.py", "status": "deleted"}


def test_a_file_that_is_made_has_the_mode_of_the_one_that_it_comes_from(repo: Path, git: Git) -> None:
    assert codemod(repo, *BOTH, "-q").returncode == 0
    assert tree(git, repo, BRANCH)["b.py"] == "100755"


def test_each_stage_is_a_commit_that_imports(repo: Path, git: Git) -> None:
    assert codemod(repo, *BOTH, "--stages", "--together", "-q").returncode == 0
    subjects = lines(git(repo, "log", "--format=%s", f"HEAD..{BRANCH}"))
    assert [subject[-8:] for subject in subjects] == ["(2 of 2)", "(1 of 2)"]
    for revision, changed in (f"{BRANCH}~1", ["a.py", "b.py"]), (BRANCH, ["user.py"]):
        assert lines(git(repo, "diff", "--name-only", f"{revision}~1", revision)) == changed
        git(repo, "checkout", "-q", "--detach", revision)
        done = subprocess.run([sys.executable, "-B", "-c", "import user"], cwd=repo, capture_output=True, text=True)
        assert done.stdout == "1 2\n", done.stderr


def test_what_the_tests_fail_with_is_left_out(repo: Path, git: Git) -> None:
    command = f"{sys.executable} -B -c 'import user, a; a.two'"
    done = codemod(repo, *BOTH, "--verify", command)
    assert (done.returncode, git(repo, "show", f"{BRANCH}:b.py").strip()) == (3, A.partition("def two")[0].strip()), (
        done.stderr
    )
    assert git(repo, "show", f"{BRANCH}:a.py") == "def two():\n    return 2"


def test_a_module_that_moves_is_verified(repo: Path, git: Git) -> None:
    done = codemod(repo, *MODULE, "--verify", f"{sys.executable} -B -c 'import user'")
    assert done.returncode == 0, done.stderr
    assert "pkg/b.py" in tree(git, repo, BRANCH)


def test_a_new_file_is_none_that_has_not_changed(repo: Path, git: Git) -> None:
    git(repo, "branch", "then")
    (repo / "a.py").write_text(f"{A}\n\ndef three():\n    return 3\n")
    git(repo, "commit", "-qam", "Three")
    words = ("run", SHIFT, "--source", "a.py", "--to", "b.py", "--symbol", "three", "--diff-base", "then")
    assert codemod(repo, *words, "-q").returncode == 0
    assert git(repo, "show", f"{BRANCH}:b.py") == "def three():\n    return 3"
    done = codemod(repo, *BOTH, "--diff-base", "then")  # user.py, which follows, has not changed
    assert "C004-excluded × 2" in done.stderr, done.stderr


# ---- as a diff -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pkg/b.py", "pkg/caf\u00e9.py"])
def test_a_diff_has_the_form_of_git_for_renames(repo: Path, git: Git, name: str) -> None:
    words = ("run", SHIFT, "--source", "a.py", "--to", name, "--output-format", "patch")
    made = subprocess.run([*_command(), *words, "-n"], cwd=repo, capture_output=True)
    text = made.stdout
    assert b"similarity index 100%\nrename from a.py\nrename to " in text
    git(repo, "apply", "--index", "-", stdin=text)
    assert codemod(repo, *words, "-q").returncode == 0
    assert git(repo, "diff", "--cached", BRANCH) == ""


def _command() -> tuple[str, ...]:
    from tests.command import COMMAND

    return COMMAND


def test_a_dry_run_shows_a_move_and_its_place_in_the_statistics(repo: Path) -> None:
    done = codemod(repo, *MODULE, "-n")
    assert "rename from a.py\nrename to pkg/b.py\n" in done.stdout
    assert "def one" not in done.stdout
    assert "rename a.py => pkg/b.py (100%)" in codemod(repo, *MODULE, "-n", "--stat").stdout
    shown = codemod(repo, *MODULE, "-n", "--color", "always").stdout
    assert "rename from a.py" in shown
    assert "rename to pkg/b.py" in shown
    assert "rename from a.py\nrename to pkg/b.py\n" in codemod(repo, "diff").stdout


@pytest.mark.parametrize("name", ["b.py", "x a/b a/c.py", "caf\u00e9 b/b.py"])
def test_a_file_that_comes_or_goes_has_two_sides(git: Git, make_repo: Make, name: str) -> None:
    repo = make_repo({name: "x = 1\n", "y.py": "z = 1\n"})
    gone, there = patch({name: b"x = 1\n"}, {name: None}, {}), patch({}, {name: b"x = 1\n"}, {})
    colored = patch({name: b"x = 1\n"}, {name: None}, {}, color=True)
    git(repo, "rm", "-q", "--cached", name)
    expected = git(repo, "diff", "--cached", "--full-index").partition("\n")[0].encode("utf-8", "surrogateescape")
    assert (gone.partition(b"\n")[0], there.partition(b"\n")[0]) == (expected, expected)
    assert colored.partition(b"\n")[0] == b"\x1b[1m" + expected + b"\x1b[m"
    git(repo, "apply", "-", stdin=gone)
    assert not (repo / name).exists()
    git(repo, "apply", "-", stdin=there)
    assert (repo / name).read_bytes() == b"x = 1\n"


def test_text_that_moves_has_a_colour_of_its_own(make_repo: Make) -> None:
    long = A.replace("return 1", "return [number for number in range(1000)]")
    repo = make_repo({"a.py": long, "b.py": "x = 1\n"})
    words = ("run", SHIFT, "--source", "a.py", "--to", "b.py", "--symbol", "one", "-n", "--color", "always")
    shown = codemod(repo, *words).stdout
    assert "\x1b[1;35m-    return [number" in shown  # magenta
    assert "\x1b[1;36m" in shown  # cyan


def test_a_file_that_is_made_is_formatted_like_the_one_that_it_comes_from(make_repo: Make, git: Git) -> None:
    repo = make_repo({"pyproject.toml": "[tool.ruff.format]\n", **FILES})
    assert codemod(repo, *BOTH[:-2], "-q").returncode == 0
    assert git(repo, "cat-file", "-p", f"{BRANCH}:b.py") == A.partition("\n\n\n")[0]
    (repo / "a.py").write_text(A.replace("return 2", "return  2"))  # it is not formatted: neither is the new one
    git(repo, "commit", "-qam", "Spaces")
    assert codemod(repo, *BOTH[:-2], "-q", "--force").returncode == 0
    assert git(repo, "cat-file", "-p", f"{BRANCH}:b.py") == A.partition("def two")[0].removesuffix("\n")


@pytest.mark.parametrize("words", [MODULE, (*BOTH, "--together")])
def test_why_tells_of_a_line_that_moves(repo: Path, words: tuple[str, ...]) -> None:
    done = codemod(repo, "why", SHIFT, "a.py:3", *words[2:])
    assert "would change it" in done.stdout, done.stderr
    shown = "  rename from a.py\n  rename to pkg/b.py\n" if words == MODULE else "  -    return 1\n"
    assert shown in done.stdout


# ---- in place ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [MODULE, (*BOTH, "--together")])
def test_in_place_and_back(repo: Path, words: tuple[str, ...]) -> None:
    before = on_disk(repo)
    assert codemod(repo, *words, "--in-place", "-q").returncode == 0
    now = on_disk(repo)
    place = words[5]
    assert now[place][1] == 0o755
    if words == MODULE:
        assert "a.py" not in now
        assert now[place][0] == A.encode()
    assert undone(repo).returncode == 0
    assert on_disk(repo) == before
    assert not (repo / "pkg").exists()


def test_the_folder_of_a_module_that_moved_away_goes(make_repo: Make) -> None:
    repo = make_repo({"old/a.py": A, "user.py": USER.replace("a import", "old.a import")})
    words = ("run", SHIFT, "--source", "old/a.py", "--to", "b.py", "--in-place", "-q")
    assert codemod(repo, *words).returncode == 0
    assert sorted(on_disk(repo)) == ["b.py", "user.py"]
    assert not (repo / "old").exists()
    assert undone(repo).returncode == 0
    assert sorted(on_disk(repo)) == ["old/a.py", "user.py"]


def test_a_file_that_git_ignores_is_not_written_over(repo: Path, write: Write) -> None:
    write(repo, {".gitignore": "pkg\n", "pkg/b.py": "mine = 1\n"})
    before = on_disk(repo)
    done = codemod(repo, *MODULE, "--in-place")
    assert (done.returncode, "there is pkg/b.py already" in done.stderr) == (3, True)
    assert on_disk(repo) == before


def test_a_file_is_no_folder_to_move_to(repo: Path, write: Write) -> None:
    write(repo, {".gitignore": "/pkg\n", "pkg": "mine\n"})
    before = on_disk(repo)
    done = codemod(repo, *MODULE, "--in-place")
    assert (done.returncode, "there is pkg already" in done.stderr) == (3, True), done.stderr
    assert on_disk(repo) == before


def test_work_that_is_not_committed_moves_along_and_comes_back(repo: Path, write: Write) -> None:
    write(repo, {"a.py": f"{A}\n\n# mine\nthree = 3\n", "new.py": "from a import three\n"})
    before = on_disk(repo)
    assert codemod(repo, *MODULE, "--in-place", "-q").returncode == 0
    now = on_disk(repo)
    assert now["pkg/b.py"] == before["a.py"]
    assert now["new.py"][0] == b"from pkg.b import three\n"
    assert undone(repo).returncode == 0
    assert on_disk(repo) == before


@pytest.mark.parametrize("place", ["pkg", "pkg/b.py"])
def test_nothing_is_written_through_a_link(repo: Path, git: Git, tmp_path: Path, place: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (repo / place).parent.mkdir(exist_ok=True)
    (repo / place).symlink_to(outside / "b.py" if place != "pkg" else outside)
    before = on_disk(repo)
    for committed in (False, True):
        if committed:
            git(repo, "add", "-A")
            git(repo, "commit", "-qm", "Link")
            assert codemod(repo, *MODULE).returncode == 3
            assert git(repo, "branch", "--list", BRANCH) == ""
        done = codemod(repo, *MODULE, "--in-place")
        assert done.returncode == 3, done.stderr
        assert on_disk(repo) == before
    assert list(outside.iterdir()) == []


def test_a_link_is_no_module_that_moves(repo: Path, git: Git) -> None:
    (repo / "a.py").rename(repo / "real.py")
    (repo / "a.py").symlink_to("real.py")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Link")
    for words in (), ("--in-place",):
        done = codemod(repo, *MODULE, *words)
        assert (repo / "a.py").is_symlink()
        assert not (repo / "pkg").exists(), done.stderr


def test_what_changed_after_the_plan_is_not_lost(repo: Path) -> None:
    assert codemod(repo, *MODULE, "-n", "-q").returncode == 0
    (repo / "a.py").write_text(f"{A}\n# mine\n")
    done = codemod(repo, "apply", "--in-place")
    assert (done.returncode, "a.py has changed in the working tree" in done.stderr) == (2, True), done.stderr
    assert (repo / "a.py").read_text().endswith("# mine\n")
    (repo / "a.py").write_text(A)
    (repo / "pkg").mkdir()
    (repo / "pkg/b.py").write_text("mine = 1\n")
    done = codemod(repo, "apply", "--in-place")
    assert done.returncode in (2, 3)
    assert ((repo / "pkg/b.py").read_text(), (repo / "a.py").read_text()) == ("mine = 1\n", A)


def test_a_move_that_was_changed_since_stays_when_it_is_taken_back(repo: Path) -> None:
    assert codemod(repo, *MODULE, "--in-place", "-q").returncode == 0
    (repo / "pkg/b.py").write_text(f"{A}\n# mine\n")
    done = undone(repo)
    assert (repo / "pkg/b.py").read_text().endswith("# mine\n"), done.stderr
    assert (repo / "a.py").read_text() == A


def test_two_names_that_are_one_file_on_the_disk_are_refused(tmp_path: Path) -> None:
    top, state = tmp_path / "top", tmp_path / "state"
    top.mkdir()
    (top / "Mod.py").write_text("x = 1\n")
    os.link(top / "Mod.py", top / "mod.py")  # as a disk that knows no case has it
    with undo_files.at_work(state), pytest.raises(RunFailed, match=r"Mod\.py and mod\.py are one file on this disk"):
        replace_files(top, {"Mod.py": b"x = 1\n"}, {"Mod.py": None, "mod.py": b"x = 1\n"}, state=state)
    assert (top / "Mod.py").read_text() == "x = 1\n"


def killed(where: Path, number: int, module: str, functions: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A run that is killed where one of some functions of a module would be called for the `number`-th time."""
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent.parent)!r})
import {module} as module
from runner.cli import main

count = 0
def counted(real):
    def call(*words, **more):
        global count
        if count == {number}:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        return real(*words, **more)
    return call

for name in {functions.split()!r}:
    *above, last = name.split(".")
    owner = getattr(module, above[0]) if above else module
    setattr(owner, last, counted(getattr(owner, last)))
main()
"""
    return subprocess.run([sys.executable, "-P", "-c", code, *words], cwd=where, capture_output=True, text=True)


def test_killed_at_any_file_it_can_be_taken_back(repo: Path) -> None:
    before = on_disk(repo)
    for number in range(4):
        done = killed(repo, number, "runner.apply", "put Path.unlink", *MODULE, "--in-place", "-q")
        assert done.returncode == -9, done.stderr
        texts = [text for text, _ in on_disk(repo).values()]
        assert A.encode() in texts
        back = undone(repo)
        assert on_disk(repo) == before, back.stderr


def test_an_undo_that_was_killed_goes_on(repo: Path) -> None:
    before = on_disk(repo)
    for number in range(3):
        assert codemod(repo, *MODULE, "--in-place", "-q").returncode == 0
        done = killed(repo, number, "runner.undo.files", "put_back", "undo")
        assert done.returncode == -9, done.stderr
        assert A.encode() in [text for text, _ in on_disk(repo).values()]
        back = undone(repo)
        assert on_disk(repo) == before, back.stderr


# ---- a plan that was kept ------------------------------------------------------------------------


def test_a_kept_plan_is_applied(repo: Path, git: Git) -> None:
    assert codemod(repo, *MODULE, "-n", "-q").returncode == 0
    git(repo, "commit", "-q", "--allow-empty", "-m", "Another")
    assert codemod(repo, "apply", "-q").returncode == 0
    assert tree(git, repo, BRANCH)["pkg/b.py"] == "100755"
    assert codemod(repo, "apply", "--in-place", "-q").returncode == 0
    assert on_disk(repo)["pkg/b.py"] == (A.encode(), 0o755)


def test_a_plan_is_refused_where_its_new_place_is_taken_since(repo: Path, git: Git, write: Write) -> None:
    assert codemod(repo, *MODULE, "-n", "-q").returncode == 0
    write(repo, {"pkg/b.py": "mine = 1\n"})
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Mine")
    done = codemod(repo, "apply")
    assert (done.returncode, "pkg/b.py" in done.stderr) == (2, True)


@pytest.mark.parametrize("in_place", [False, True])
def test_one_of_two_is_accepted(repo: Path, git: Git, in_place: bool) -> None:
    assert codemod(repo, *BOTH, "-n", "-q").returncode == 0
    shown, _ = review(repo, "s", "n", "y", "q")
    assert "definitions moved unchanged: 1 (lines: 5)\n" in shown
    assert "-… 5 lines moved to b.py:1, unchanged\n" in shown
    assert "b.py is created\n+# why one\n+def one():\n" in shown
    assert codemod(repo, "apply", "-q", *(["--in-place"] if in_place else [])).returncode == 0
    texts = [
        (repo / name).read_text() if in_place else git(repo, "cat-file", "-p", f"{BRANCH}:{name}") + "\n"
        for name in ("a.py", "b.py", "user.py")
    ]
    texts[0] = texts[0].rstrip()
    assert texts == [
        A.partition("def two")[0].rstrip(),
        "def two():\n    return 2\n",
        "from a import one\nfrom b import two\n\nprint(one(), two())\n",
    ]


def test_a_move_is_shown_as_one_in_review(repo: Path) -> None:
    assert codemod(repo, *MODULE, "-n", "-q").returncode == 0
    shown, _ = review(repo, "s", "q")
    assert "a.py moves to pkg/b.py\n" in shown


def test_the_text_of_a_move_is_written_by_a_person(repo: Path, git: Git, tmp_path: Path) -> None:
    assert codemod(repo, *BOTH[:-2], "-n", "-q").returncode == 0
    (tmp_path / "editor").write_text("#!/bin/sh\nsed -i 's/return 1/return 11/' \"$1\"\n")
    (tmp_path / "editor").chmod(0o755)
    review(repo, "e", "q", env={"GIT_EDITOR": str(tmp_path / "editor")})
    assert codemod(repo, "apply", "-q").returncode == 0
    assert git(repo, "show", f"{BRANCH}:b.py").strip() == "# why one\ndef one():\n    return 11"


def test_a_step_moves_what_the_step_before_it_made(repo: Path, git: Git) -> None:
    second = Path(SHIFT).read_text()
    (repo.parent / "again.py").write_text(second.replace("class Shift", "class Again"))
    again = str(repo.parent / "again.py")
    words = ("run", f"{SHIFT},{again}")
    options = [f"-o{name}.{option}" for name, option in (
        ("shift", "source=a.py"), ("shift", "to=b.py"), ("again", "source=b.py"), ("again", "to=pkg/c.py"),
    )]  # fmt: skip
    done = codemod(repo, *words, *options, "-n", "--output-format", "json")
    told = {entry["path"]: entry for entry in json.loads(done.stdout)["files"]}
    assert told["pkg/c.py"] == {"path": "pkg/c.py", "status": "moved", "from": {"path": "a.py"}}
    done = codemod(repo, *words, *options)
    assert done.returncode == 0, done.stderr
    (branch,) = (name for name in lines(git(repo, "branch", "--format=%(refname:short)")) if "codemod/" in name)
    assert tree(git, repo, branch)["pkg/c.py"] == "100755"
    assert "b.py" not in tree(git, repo, branch)
