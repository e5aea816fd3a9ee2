"""`codemod run` as a user runs it: real repositories, real processes, tiny codemods."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import COMMAND, codemod

LOCAL = Path(__file__).parent / "local"
SWAP = str(LOCAL / "swap_call.py")
RENAME = str(LOCAL / "rename_everywhere.py")
MISBEHAVE = str(LOCAL / "misbehave.py")

MODULE = """\
from legacy import old


def f():
    return old(1), old(2, key=3)


def g(xs):
    return old(*xs)
"""
SWAPPED = """\
from legacy import old
from lib import new


def f():
    return new(1), old(2, key=3)


def g(xs):
    return old(*xs)
"""


@pytest.fixture
def repo(tmp_path: Path, git: Callable[..., str], write: Callable[..., None]) -> Path:
    where = tmp_path / "repo"
    where.mkdir()
    git(where, "init", "-q")
    write(where, {"a.py": MODULE, "pkg/b.py": MODULE, "pkg/other.py": "x = 1\n"})
    commit(git, where)
    return where


def commit(git: Callable[..., str], where: Path) -> str:
    git(where, "add", "-A")
    git(where, "commit", "-qm", "files")
    return git(where, "rev-parse", "HEAD")


def snapshot(where: Path) -> dict[str, bytes]:
    """Everything that a run must not touch: the checkout, the index, HEAD and the stash."""
    bare = not (where / ".git").exists()
    files = (
        {} if bare else {str(p): p.read_bytes() for p in where.rglob("*") if p.is_file() and ".git" not in p.parts}
    )
    for name in ("index", "HEAD", "refs/stash", "logs/HEAD"):
        path = where / name if bare else where / ".git" / name
        files[name] = path.read_bytes() if path.exists() else b""
    return files


# ---- the branch --------------------------------------------------------------------------------


def test_a_run_commits_on_a_branch_and_leaves_the_checkout_alone(repo: Path, git: Callable[..., str]) -> None:
    (repo / "a.py").write_text("half a thought(")
    before = snapshot(repo)
    done = codemod(repo, "run", SWAP)
    assert done.returncode == 0, done.stderr
    assert git(repo, "show", "codemod/swap-call:a.py") + "\n" == SWAPPED
    assert git(repo, "show", "codemod/swap-call:pkg/b.py") + "\n" == SWAPPED
    assert git(repo, "diff", "--name-only", "main", "codemod/swap-call").split() == [
        "a.py",
        "pkg/b.py",
    ]
    assert snapshot(repo) == before
    assert "1 modified Python file is not in HEAD" in done.stderr


def test_the_commit_says_what_ran_and_how_to_repeat_it(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP, "--new", "newer")
    message = git(repo, "log", "-1", "--format=%B", "codemod/swap-call")
    assert message.splitlines()[0] == "Replace calls of legacy.old by lib.new"
    assert "\nTo repeat: codemod run swap_call.py --new newer\n" in message  # not where it lies on this machine
    assert (
        git(repo, "log", "-1", "--format=%(trailers:key=Codemod,valueonly)", "codemod/swap-call").strip()
        == "swap-call 1"
    )
    assert "Codemod-Plan: " in message


def test_the_subject_follows_conventional_commits_where_the_repository_does(
    repo: Path, git: Callable[..., str]
) -> None:
    for number in range(5):
        git(repo, "commit", "-q", "--allow-empty", "-m", f"fix(core): number {number}")
    codemod(repo, "run", SWAP)
    subject = git(repo, "log", "-1", "--format=%s", "codemod/swap-call")
    assert subject == "refactor: replace calls of legacy.old by lib.new"


def test_dry_run_and_run_name_the_same_changes_and_the_patch_gives_the_tree(
    repo: Path, git: Callable[..., str], tmp_path: Path
) -> None:
    planned = json.loads(codemod(repo, "run", SWAP, "--unsafe", "--dry-run", "--output-format", "json").stdout)
    patch = codemod(repo, "run", SWAP, "--unsafe", "--dry-run", "--output-format", "patch").stdout
    assert git(repo, "branch", "--list", "codemod/*") == ""
    made = json.loads(codemod(repo, "run", SWAP, "--unsafe", "--output-format", "json").stdout)
    assert made["steps"] == planned["steps"]
    assert made["plan"] == planned["plan"]
    index = {"GIT_INDEX_FILE": str(tmp_path / "index")}
    for words in (["read-tree", "HEAD"], ["apply", "--cached", "-"]):
        subprocess.run(["git", *words], cwd=repo, input=patch, text=True, check=True, env=os.environ | index)
    tree = subprocess.run(
        ["git", "write-tree"],
        cwd=repo,
        capture_output=True,
        text=True,
        env=os.environ | index,
        check=True,
    )
    assert tree.stdout.strip() == git(repo, "rev-parse", "codemod/swap-call^{tree}")


def test_two_runs_from_the_same_base_give_the_same_commit(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP)
    first = git(repo, "rev-parse", "codemod/swap-call")
    again = codemod(repo, "run", SWAP)
    assert again.returncode == 0
    assert "already holds exactly this change" in again.stderr
    git(repo, "branch", "-D", "codemod/swap-call")
    time.sleep(1.1)  # a commit that held the time of day would differ now
    codemod(repo, "run", SWAP, "--no-cache")
    assert git(repo, "rev-parse", "codemod/swap-call") == first


def test_an_existing_branch_is_refused_with_the_commands_that_help(repo: Path, git: Callable[..., str]) -> None:
    git(repo, "branch", "codemod/swap-call")
    done = codemod(repo, "run", SWAP)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()[-1:]) == 1
    for help_text in ("git branch -D codemod/swap-call", "--force", "--branch"):
        assert help_text in done.stderr
    assert codemod(repo, "run", SWAP, "--force").returncode == 0
    assert git(repo, "show", "codemod/swap-call:a.py") + "\n" == SWAPPED


def test_several_steps_give_a_commit_each_and_see_what_came_before(repo: Path, git: Callable[..., str]) -> None:
    done = codemod(repo, "run", f"{SWAP},{RENAME}", "-o", "rename-everywhere.to=newest")
    assert done.returncode == 0, done.stderr
    branch = "codemod/swap-call-rename-everywhere"
    subjects = git(repo, "log", "--format=%s", f"main..{branch}").splitlines()
    assert subjects == [
        "Rename a name in all files at once",
        "Replace calls of legacy.old by lib.new",
    ]
    assert git(repo, "show", f"{branch}^:a.py") + "\n" == SWAPPED
    assert git(repo, "show", f"{branch}:a.py") + "\n" == SWAPPED.replace("new", "newest")


def test_recipes_run_like_codemods(repo: Path, git: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "codemod").mkdir()
    (tmp_path / "codemod" / "config.toml").write_text(
        f"[recipes]\nspring = [{{name = '{SWAP}', new = 'fresh'}}, {{name = '{RENAME}', word = 'fresh', to = 'crisp'}}]\n"
    )
    done = codemod(repo, "run", "spring", "--branch", "spring", env={"XDG_CONFIG_HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert "from lib import crisp" in git(repo, "show", "spring:a.py")


# ---- what is edited ----------------------------------------------------------------------------


def test_unsafe_changes_wait_for_unsafe_and_are_named_with_their_reason(repo: Path, git: Callable[..., str]) -> None:
    done = codemod(repo, "run", SWAP, "--dry-run")
    assert "2 unsafe changes not applied (--unsafe applies them):" in done.stderr
    assert "a.py:5: old is new now" in done.stderr
    codemod(repo, "run", SWAP, "--unsafe")
    assert "return new(1), new(2, key=3)" in git(repo, "show", "codemod/swap-call:a.py")


def test_a_dry_run_with_unsafe_changes_alone_says_where_to_decide_on_them(make_repo: Callable[..., Path]) -> None:
    repo = make_repo({"a.py": "from legacy import old\n\nold(2, key=3)\n"})
    done = codemod(repo, "run", SWAP, "--dry-run")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith("nothing was written; decide on each change: codemod review swap-call\n")


def test_paths_and_excludes_limit_edits(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP, "pkg", "--branch", "named")
    assert git(repo, "diff", "--name-only", "main", "named").split() == ["pkg/b.py"]
    codemod(repo, "run", SWAP, "--extend-exclude", "pkg", "--branch", "excluded")
    assert git(repo, "diff", "--name-only", "main", "excluded").split() == ["a.py"]
    codemod(repo / "pkg", "run", SWAP, ".", "--branch", "below")
    assert git(repo, "diff", "--name-only", "main", "below").split() == ["pkg/b.py"]


def test_a_group_with_a_part_in_an_excluded_path_is_left_alone_whole(repo: Path, git: Callable[..., str]) -> None:
    done = codemod(repo, "run", RENAME, "--word", "old", "--extend-exclude", "pkg/*")
    assert done.returncode == 0
    assert "C004-excluded" in done.stderr
    assert git(repo, "branch", "--list", "codemod/*") == ""


def test_diff_base_edits_only_what_changed_since(repo: Path, git: Callable[..., str]) -> None:
    (repo / "a.py").write_text(MODULE + "\n\nold(7)\n")
    commit(git, repo)
    codemod(repo, "run", SWAP, "--diff-base", "HEAD~1")
    assert git(repo, "diff", "--name-only", "main", "codemod/swap-call").split() == ["a.py"]


def test_generated_and_vendored_files_are_left_out_unless_named(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(
        repo,
        {
            "thing_pb2.py": MODULE,
            "pkg/vendor/v.py": MODULE,
            "made.py": MODULE,
            ".gitattributes": "made.py linguist-generated\n",
        },
    )
    commit(git, repo)
    codemod(repo, "run", SWAP)
    assert git(repo, "diff", "--name-only", "main", "codemod/swap-call").split() == [
        "a.py",
        "pkg/b.py",
    ]
    codemod(repo, "run", SWAP, "thing_pb2.py", "--branch", "named")
    assert git(repo, "diff", "--name-only", "main", "named").split() == ["thing_pb2.py"]


def test_ignore_comments_leave_a_line_alone_and_stale_ones_are_reported(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    text = "from legacy import old\n\nold(1)  # codemod: ignore[swap-call]\nold(2)\nx = 3  # codemod: ignore[swap-call]\n"
    write(repo, {"a.py": text, "pkg/b.py": "# codemod: ignore-file\n" + MODULE})
    commit(git, repo)
    done = codemod(repo, "run", SWAP)
    expected = text.replace("old(2)", "new(2)").replace("import old\n", "import old\nfrom lib import new\n")
    assert git(repo, "show", "codemod/swap-call:a.py") + "\n" == expected
    assert "C002-ignored × 3" in done.stderr
    assert "C003-unused-ignore × 1" in done.stderr


# ---- odd files ---------------------------------------------------------------------------------


def test_odd_files_are_right_or_reported_and_never_stop_the_run(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    latin = "# -*- coding: latin-1 -*-\nfrom legacy import old\nold('é'), old(1)\n"
    write(
        repo,
        {
            "syntax.py": "def old(:\n",
            "nul.py": b"old = '\0'\n",
            "big.py": "# " + "x" * 5_000_000 + "\nold(1)\n",
            "latin.py": latin.encode("latin-1"),
            "mixed.py": b"from legacy import old\r\nold(1)\nold(2)\r\n",
            "bom.py": b"\xef\xbb\xbffrom legacy import old\nold(1)\n",
            "undecodable.py": b"old(1)  # \xff\n",
            "lfs.py": "version https://git-lfs.github.com/spec/v1\noid sha256:old\nsize 3\n",
        },
    )
    os.symlink("a.py", repo / "link.py")
    commit(git, repo)
    done = codemod(repo, "run", SWAP, "--output-format", "json")
    assert done.returncode == 0, done.stderr
    skips = {s["path"]: s["code"] for s in json.loads(done.stdout)["steps"][0]["skips"] if s["code"].startswith("C")}
    assert skips == {
        "syntax.py": "C001-syntax",
        "nul.py": "C001-syntax",
        "big.py": "C008-too-large",
        "undecodable.py": "C001-syntax",
        "lfs.py": "C001-syntax",
    }

    def blob(path: str) -> bytes:
        return subprocess.run(
            ["git", "show", f"codemod/swap-call:{path}"], cwd=repo, capture_output=True, check=True
        ).stdout

    changed = latin.replace("old(", "new(").replace("from legacy import old", "from lib import new")
    assert blob("latin.py") == changed.encode("latin-1")
    assert blob("mixed.py") == b"from lib import new\r\nnew(1)\nnew(2)\r\n"
    assert blob("bom.py") == b"\xef\xbb\xbffrom lib import new\nnew(1)\n"


def test_a_crashing_and_a_hanging_file_cost_only_themselves(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    names = {f"m{n}.py": f"x = {1}\n" for n in range(40)}
    write(
        repo,
        {
            **names,
            "crash.py": "x = 1  # crash here\n",
            "hang.py": "x = 1  # hang here\n",
            "bug.py": "x = 1  # raise here\n",
        },
    )
    commit(git, repo)
    done = codemod(repo, "run", MISBEHAVE, "--timeout", "3")
    assert done.returncode == 3, done.stderr
    changed = git(repo, "diff", "--name-only", "main", "codemod/misbehave").split()
    assert sorted(changed) == sorted([*names, "pkg/other.py"])
    assert "crash.py:1: the worker died (7)" in done.stderr, done.stderr
    assert "hang.py:1: took longer than 3 seconds" in done.stderr
    assert "bug.py:1: RuntimeError: as told" in done.stderr


def test_a_change_that_fails_a_check_is_dropped_and_ends_with_three(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, {"w.py": "wrap = 1\nx = wrap('gone')\n", "v.py": "wrap = 1\nx = wrap(2)\n"})
    commit(git, repo)
    done = codemod(repo, "run", str(LOCAL / "unwrap_call.py"))
    assert done.returncode == 3
    assert "w.py:2: leaves the name 'gone' undefined" in done.stderr
    assert git(repo, "diff", "--name-only", "main", "codemod/unwrap-call") == "v.py"


def test_a_repository_with_packages_of_our_names_works_and_is_not_imported(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    trap = "raise SystemExit('imported')\n"
    names = ("runner", "codemods", "tests", "libcst", "click", "git", "pebble")
    write(
        repo,
        {f"{n}/__init__.py": trap for n in names} | {"ast.py": trap, "sitecustomize.py": trap, "conftest.py": trap},
    )
    commit(git, repo)
    done = codemod(repo, "run", SWAP)
    assert done.returncode == 0, done.stderr
    assert git(repo, "diff", "--name-only", "main", "codemod/swap-call").split() == [
        "a.py",
        "pkg/b.py",
    ]


# ---- --in-place --------------------------------------------------------------------------------


def test_in_place_edits_the_working_tree_and_undo_brings_it_back(repo: Path, git: Callable[..., str]) -> None:
    (repo / "a.py").write_text(MODULE + "# not committed\n")
    (repo / "new.py").write_text(MODULE)
    (repo / "ignored.py").write_text(MODULE)
    (repo / ".gitignore").write_text("ignored.py\n")
    (repo / "a.py").chmod(0o755)
    done = codemod(repo, "run", SWAP, "--in-place")
    assert done.returncode == 0, done.stderr
    assert (repo / "a.py").read_text() == SWAPPED + "# not committed\n"
    assert (repo / "a.py").stat().st_mode & 0o777 == 0o755
    assert (repo / "new.py").read_text() == SWAPPED
    assert (repo / "ignored.py").read_text() == MODULE
    assert git(repo, "branch", "--list", "codemod/*") == ""
    (repo / "new.py").write_text("mine now\n")
    undone = codemod(repo, "undo")
    assert undone.returncode == 3
    assert "new.py: changed since; left alone" in undone.stderr
    assert (repo / "a.py").read_text() == MODULE + "# not committed\n"


def test_in_place_works_outside_git(tmp_path: Path, write: Callable[..., None]) -> None:
    write(tmp_path, {"a.py": MODULE, "deep/b.py": MODULE, ".hidden/c.py": MODULE})
    refused = codemod(tmp_path, "run", SWAP)
    assert refused.returncode == 2
    assert "--in-place" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert codemod(tmp_path, "run", SWAP, "--in-place").returncode == 0
    assert (tmp_path / "deep/b.py").read_text() == SWAPPED
    assert (tmp_path / ".hidden/c.py").read_text() == MODULE
    assert codemod(tmp_path, "undo").returncode == 0
    assert (tmp_path / "a.py").read_text() == MODULE


def test_a_dry_run_in_place_writes_nothing(repo: Path) -> None:
    before = snapshot(repo)
    done = codemod(repo, "run", SWAP, "--in-place", "--dry-run")
    assert "+from lib import new" in done.stdout
    assert snapshot(repo) == before


# ---- formatting --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "setting",
    ["[tool.black]\nline-length = 29\n", "[tool.ruff]\nline-length = 29\n[tool.ruff.format]\n"],
)
def test_a_formatted_project_stays_formatted_and_nothing_else_is_reflowed(
    repo: Path, git: Callable[..., str], write: Callable[..., None], setting: str
) -> None:
    formatted = "from legacy import old\n\nx = old(1, 22222, 333333)\n"
    sloppy = "from legacy import old\n\nx = old( 1, 22222, 333333)\n"
    write(repo, {"pyproject.toml": setting, "good.py": formatted, "sloppy.py": sloppy})
    commit(git, repo)
    codemod(repo, "run", SWAP, "--new", "brandnew")
    expected = "from lib import brandnew\n\nx = brandnew(\n    1, 22222, 333333\n)\n"
    assert git(repo, "show", "codemod/swap-call:good.py") + "\n" == expected
    assert "brandnew( 1, 22222, 333333)" in git(repo, "show", "codemod/swap-call:sloppy.py")
    codemod(repo, "run", SWAP, "--new", "brandnew", "--format", "off", "--branch", "raw")
    assert "brandnew(1, 22222, 333333)" in git(repo, "show", "raw:good.py")


# ---- words, codes, formats ---------------------------------------------------------------------


def test_check_fails_when_changes_are_pending_and_writes_nothing(repo: Path, git: Callable[..., str]) -> None:
    before = snapshot(repo)
    assert codemod(repo, "run", SWAP, "--check").returncode == 1
    assert snapshot(repo) == before
    assert git(repo, "branch", "--list", "codemod/*") == ""
    assert codemod(repo, "run", SWAP, "--check", "pkg/other.py").returncode == 0


def test_nothing_to_do_is_one_line_and_exit_code_zero(repo: Path) -> None:
    done = codemod(repo, "run", SWAP, "--old", "nowhere")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "swap-call: nothing to do\n"


def test_paths_start_in_the_folder_where_one_stands(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, {".ci/c.py": MODULE})
    commit(git, repo)
    done = codemod(repo / ".ci", "run", SWAP, "c.py", "-n")
    assert (done.returncode, done.stdout.count("+++ b/.ci/c.py"), done.stdout.count("+++")) == (0, 1, 1), done.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["run", "fixture-renam"], "fixture-rename"),
        (["run", SWAP, "--base", "nowhere"], "nowhere"),
        (["run", SWAP, "missing_folder"], "missing_folder: no such file or folder"),
        (["run", SWAP, "../outside"], "outside of the project"),
        (["run", SWAP, "--branch", "-x"], "-x"),
        (["run", SWAP, "--format", "sometimes"], "one of auto, off is needed"),
        (["run", SWAP, "-o", "nonsense"], "NAME.OPTION=VALUE"),
        (["run", SWAP, "-o", "swap-call.olt=x"], "did you mean 'old'"),
        (["run", "no/such/file.py"], "no such file"),
        (["runn"], "did you mean: codemod run?"),
        (["run", SWAP, "--in-place", "--branch", "x"], "--in-place"),
    ],
)
def test_bad_input_gets_one_clear_line_and_exit_code_two(repo: Path, words: list[str], expected: str) -> None:
    before = snapshot(repo)
    done = codemod(repo, *words)
    assert done.returncode == 2, done.stderr
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(repo) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[tool.codemod]\nexlude = ['x']\n", 'unknown key "exlude"; did you mean "exclude"'),
        (
            "[tool.codemod]\njobs = 'many'\n",
            'jobs: "many" is not accepted; a whole number from 0 up to 1,000 is needed',
        ),
        ("[tool.codemod]\nexclude = 'x'\n", 'exclude: "x" is not accepted; a list is needed, in brackets: ["x"]'),
        ("[tool.codemod\n", "not valid TOML"),
    ],
)
def test_a_bad_configuration_is_named_with_the_file(repo: Path, text: str, expected: str) -> None:
    (repo / "pyproject.toml").write_text(text)
    done = codemod(repo, "run", SWAP)
    assert done.returncode == 2
    assert expected in done.stderr
    assert "pyproject.toml" in done.stderr


def test_configuration_is_read_and_the_command_line_wins(repo: Path, git: Callable[..., str]) -> None:
    (repo / "pyproject.toml").write_text(
        f"[tool.codemod]\nextend-exclude = ['pkg']\n\n[tool.codemod.'{SWAP}']\nnew = 'configured'\n"
    )
    codemod(repo, "run", SWAP, "--branch", "one")
    assert "from lib import configured" in git(repo, "show", "one:a.py")
    assert git(repo, "diff", "--name-only", "main", "one").split() == ["a.py"]
    codemod(repo, "run", SWAP, "--new", "typed", "--branch", "two")
    assert "from lib import typed" in git(repo, "show", "two:a.py")


def test_jsonl_has_a_record_a_line_and_paths_that_are_not_text_have_their_bytes(
    repo: Path, git: Callable[..., str]
) -> None:
    with open(os.fsencode(repo) + b"/caf\xe9.py", "w") as file:
        file.write(MODULE)
    commit(git, repo)
    done = codemod(repo, "run", SWAP, "-n", "--output-format", "jsonl")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {r["type"] for r in records} == {"change", "skip", "file", "run"}
    assert [r["path_b64"] for r in records if r["type"] == "file" and "path_b64" in r] == ["Y2Fm6S5weQ=="]


def test_stat_and_colour(repo: Path) -> None:
    plain = codemod(repo, "run", SWAP, "-n", "--stat")
    assert "2 files changed" in plain.stdout
    coloured = codemod(repo, "run", SWAP, "-n", "--color", "always")
    assert "\033[32m" in coloured.stdout
    assert "\033[" not in codemod(repo, "run", SWAP, "-n").stdout
    assert "\033[" in codemod(repo, "run", SWAP, "-n", env={"FORCE_COLOR": "1"}).stdout


def test_a_closed_pipe_is_no_error(repo: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "run", SWAP, "-n"], cwd=repo, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()  # as `| head` does
    assert b"Traceback" not in process.stderr.read()
    assert process.wait() in (0, 1)


def test_a_second_run_takes_its_answers_from_the_cache_and_says_the_same(repo: Path) -> None:
    first = codemod(repo, "run", SWAP, "-n")
    assert list((repo / ".git/codemod/cache").iterdir())
    again = codemod(repo, "run", SWAP, "-n")
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)


def test_an_interrupt_changes_nothing_and_exits_130(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, {"hang.py": "x = 1  # hang here\n"})
    commit(git, repo)
    before = snapshot(repo)
    hangs = repo.parent / "hangs"
    process = subprocess.Popen(
        [*COMMAND, "run", MISBEHAVE],
        cwd=repo,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"MISBEHAVE_HANGS": str(hangs)},
    )
    until = time.monotonic() + 60
    while not hangs.exists() and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, talk = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in talk
    assert snapshot(repo) == before
    assert git(repo, "branch", "--list", "codemod/*") == ""


# ---- repositories of every shape ---------------------------------------------------------------


def _bare(repo: Path, git: Callable[..., str]) -> Path:
    git(repo.parent, "clone", "-q", "--bare", str(repo), "bare.git")
    return repo.parent / "bare.git"


def _linked(repo: Path, git: Callable[..., str]) -> Path:
    git(repo, "worktree", "add", "-q", "-b", "other", str(repo.parent / "linked"))
    return repo.parent / "linked"


def _detached(repo: Path, git: Callable[..., str]) -> Path:
    git(repo, "switch", "-q", "--detach")
    return repo


def _shallow(repo: Path, git: Callable[..., str]) -> Path:
    (repo / "a.py").write_text(MODULE + "\n")
    commit(git, repo)
    git(repo.parent, "clone", "-q", "--depth", "1", f"file://{repo}", "shallow")
    return repo.parent / "shallow"


def _sparse(repo: Path, git: Callable[..., str]) -> Path:
    git(repo, "sparse-checkout", "set", "--cone", "--sparse-index", "nowhere")
    return repo


def _sha256(repo: Path, git: Callable[..., str]) -> Path:
    where = repo.parent / "sha256"
    where.mkdir()
    git(where, "init", "-q", "--object-format=sha256")
    (where / "a.py").write_text(MODULE)
    (where / "pkg").mkdir()
    (where / "pkg/b.py").write_text(MODULE)
    commit(git, where)
    return where


def _locked(repo: Path, git: Callable[..., str]) -> Path:
    (repo / ".git/index.lock").write_text("")
    return repo


@pytest.mark.parametrize("shape", [_bare, _linked, _detached, _shallow, _sparse, _sha256, _locked])
def test_the_branch_is_right_in_a_repository_of_any_shape(
    repo: Path, git: Callable[..., str], shape: Callable[[Path, Callable[..., str]], Path]
) -> None:
    where = shape(repo, git)
    before = snapshot(where)
    done = codemod(where, "run", SWAP)
    assert done.returncode == 0, done.stderr
    assert git(where, "diff", "--name-only", "HEAD", "codemod/swap-call").split() == [
        "a.py",
        "pkg/b.py",
    ]
    assert git(where, "show", "codemod/swap-call:pkg/b.py") + "\n" == SWAPPED
    assert snapshot(where) == before
    git(where, "fsck", "--no-dangling")


# ---- fixture-rename as a whole -----------------------------------------------------------------

SUITE = {
    "tests/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef other():\n    return 0\n",
    "tests/api/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n",
    "tests/api/test_api.py": "def test_api(db):\n    assert db == 1\n",
    "tests/api/deep/test_deep.py": "def test_deep(db):\n    assert db\n",
}


def test_a_warm_run_sees_a_change_in_a_far_conftest(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, SUITE)
    commit(git, repo)
    words = ("run", "fixture-rename", "--dry-run", "--output-format", "json")
    first = json.loads(codemod(repo, *words).stdout)
    assert {f["path"] for f in first["files"]} >= {"tests/api/conftest.py", "tests/api/test_api.py"}
    assert json.loads(codemod(repo, *words).stdout) == first
    # far from all that is edited: now a test below the renamed definition would get another fixture
    write(
        repo,
        {
            "tests/conftest.py": SUITE["tests/conftest.py"].replace("other", "db_session"),
            "tests/api/test_more.py": "def test_more(db_session):\n    assert db_session == 0\n",
        },
    )
    commit(git, repo)
    warm = json.loads(codemod(repo, *words).stdout)
    assert warm["files"] == []
    assert "F10-capture" in {s["code"] for s in warm["steps"][0]["skips"]}
    cold = json.loads(codemod(repo, *words, "--no-cache").stdout)
    assert cold == warm


def test_a_conftest_that_cannot_be_read_blocks_its_scope_and_never_half_of_a_rename(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, SUITE | {"tests/api/deep/conftest.py": "def db(:\n"})
    write(repo, {p.replace("tests/", "elsewhere/"): t for p, t in SUITE.items()})
    commit(git, repo)
    done = codemod(repo, "run", "fixture-rename", "--output-format", "json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert {f["path"].split("/")[0] for f in result["files"]} == {"elsewhere"}
    skip = next(s for s in result["steps"][0]["skips"] if s["code"] == "F22-unreadable-in-scope")
    assert "tests/api/deep/conftest.py" in skip["reason"] + skip["path"]
