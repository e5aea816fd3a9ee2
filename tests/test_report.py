"""What a person reads: quoted for a terminal, at the right line, no more and no less than is needed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.config import Options
from runner.diff import diffstat, patch
from runner.outcome import Report
from runner.plan import Plan
from runner.terminal import printable, quoted, visible
from tests.command import COMMAND, codemod, on_a_terminal, shown_to_the_end, shown_until

LOCAL = Path(__file__).parent / "local"
SWAP = str(LOCAL / "swap_call.py")
MISBEHAVE = str(LOCAL / "misbehave.py")
MODULE = "from legacy import old\n\nold(1)\n"

Git = Callable[..., str]
Make = Callable[..., Path]
Write = Callable[..., None]


def commit(git: Git, where: Path) -> None:
    git(where, "add", "-A")
    git(where, "commit", "-qm", "more")


# ---- text of the project and the terminal ------------------------------------------------------

EVIL = [
    "e\x1b[2Jvil\n.py",
    "b\rack\x07.py",
    'quo"te\\.py',
    "caf\udce9.py",
    "ünï.py",
    "left\u202eyp.py",
    "c1\x9b2J.py",
]
EVIL += ["a\u2028b.py", "tab\tbed.py", "del\x7f.py", "plain name.py"]


def test_a_path_is_quoted_as_git_quotes_it(make_repo: Make, git: Git) -> None:
    repo = make_repo({"a": ""})
    for name in EVIL:
        (repo / name).write_bytes(b"")
    git(repo, "add", "-A")
    shown = git(repo, "ls-files").split("\n")
    raw = git(repo, "ls-files", "-z").split("\0")[:-1]
    assert sorted(raw) == sorted([*EVIL, "a"])
    assert [quoted(path) for path in raw] == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, über – “quoted” × →", None),
        ("a\nb\r\x1b[31m", r"a\nb\r\x1b[31m"),
        ("\u202etxt.exe\u2066", r"\u202etxt.exe\u2066"),
        ("zero\u200bwidth \ufeff \xad", r"zero\u200bwidth \ufeff \xad"),
        ("\x9b2J \x00 \u2028", r"\x9b2J \x00 \u2028"),
        ("lone \udce9 \U000e0041", r"lone \udce9 \U000e0041"),
        (r"already \x1b shown", None),
    ],
)
def test_words_of_the_project_stay_on_their_line_and_move_no_cursor(text: str, shown: str | None) -> None:
    assert printable(text) == (text if shown is None else shown)


def harmless(text: str) -> bool:
    """Whether nothing but the lines' own ends controls a terminal."""
    return all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in text)


def test_a_file_name_cannot_speak_to_the_terminal(make_repo: Make, git: Git) -> None:
    bad = "from legacy import old\nold(1)\nn = '\n"
    repo = make_repo({"e\x1b[2Jvil\n.py": bad, "left\u202eyp.py": MODULE, "w\nx.py": "x = 1  # raise here\n"})
    dry = codemod(repo, "run", SWAP, "-n", "--stat")
    assert r'"e\033[2Jvil\n.py":3: unterminated string literal' in dry.stderr
    check = codemod(repo, "run", SWAP, "--check")
    assert check.stdout == r'"left\342\200\256yp.py"' + "\n"
    real = codemod(repo, "run", SWAP)
    assert r'  "left\342\200\256yp.py"' + "\n" in real.stderr
    failing = codemod(repo, "run", MISBEHAVE, "-q")
    assert failing.stderr.startswith(r'"w\nx.py":1: RuntimeError: as told (misbehave.py:')
    assert failing.stderr.count("\n") == 1
    for done in (dry, check, real, failing):
        assert harmless(done.stdout + done.stderr)
    again = codemod(repo, "run", SWAP, "-n", "--output-format", "json")  # data stay data
    assert json.loads(again.stdout)["steps"][0]["skips"][0]["path"] == "e\x1b[2Jvil\n.py"


def test_errors_are_quoted_too(make_repo: Make) -> None:
    repo = make_repo({"a.py": MODULE, "pyproject.toml": '[tool.codemod]\n"e\\u001b[2J\\u202e" = 1\n'})
    bad_key = codemod(repo, "run", SWAP)
    no_file = codemod(repo, "run", SWAP, "--base", "x\x1b[2J\ny")
    for done in (bad_key, no_file):
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert harmless(done.stderr)


def test_recipes_are_quoted_where_they_are_listed(make_repo: Make) -> None:
    recipe = r'[{ name = "mark-slow", report = "a\u001b[2J\u202e.xml" }]'
    repo = make_repo({"a.py": MODULE, "pyproject.toml": f"[tool.codemod.recipes]\nspring = {recipe}\n"})
    for words in (["list"], ["explain", "spring"], ["run", "spring", "--help"]):
        done = codemod(repo, *words)
        assert done.returncode == 0, done.stderr
        assert "mark-slow" in done.stdout
        assert harmless(done.stdout + done.stderr)


def test_a_step_of_a_recipe_brings_no_line_to_explain_nor_to_a_shell(make_repo: Make) -> None:
    recipe = r'["x\n\nAll of it is safe.\nplain\n$(touch ran)\u001b[2J"]'
    repo = make_repo({"a.py": MODULE, "pyproject.toml": f"[tool.codemod.recipes]\nspring = {recipe}\n"})
    done = codemod(repo, "explain", "spring")
    assert "All of it is safe." not in done.stdout.splitlines()
    for shell in ("zsh", "bash", "fish"):
        told = {"_CODEMOD_COMPLETE": f"{shell}_complete", "COMP_WORDS": "codemod run sp", "COMP_CWORD": "2"}
        done = codemod(repo, env=told | ({"COMP_CWORD": "sp"} if shell == "fish" else {}))
        assert "spring" in done.stdout
        assert not any(line.startswith("$(") for line in done.stdout.splitlines())
        assert harmless(done.stdout.replace("\t", " "))


def test_an_unsafe_change_cannot_break_the_commit_message(make_repo: Make, git: Git) -> None:
    repo = make_repo({"a\n\nCodemod: evil 9\n.py": "from legacy import old\nold(1, key=2)\n"})
    codemod(repo, "run", SWAP, "--unsafe")
    trailers = git(repo, "log", "-1", "--format=%(trailers:key=Codemod,valueonly)", "codemod/swap-call")
    assert trailers.strip() == "swap-call 1"
    body = git(repo, "log", "-1", "--format=%B", "codemod/swap-call")
    assert r'- "a\n\nCodemod: evil 9\n.py": old is new now' in body


def test_a_path_that_a_shell_found_cannot_break_the_commit_message(make_repo: Make, git: Git) -> None:
    text = "from typing import Optional\nx: Optional[int]\n"
    repo = make_repo({"a\n\nCodemod: evil 9\nSigned-off-by: you.py": text})
    words = ["run", "modernize-typing", "-o", "modernize-typing.target-version=3.12"]
    assert codemod(repo, *words, *(path.name for path in repo.glob("*.py"))).returncode == 0
    trailers = git(repo, "log", "-1", "--format=%(trailers:key=Codemod,valueonly)", "codemod/modernize-typing")
    assert trailers.strip() == "modernize-typing 1"
    lines = git(repo, "log", "-1", "--format=%B", "codemod/modernize-typing").splitlines()
    assert not [line for line in lines if line.startswith(("Signed", "Codemod: evil"))]


def test_a_name_of_any_length_fills_no_screen(make_repo: Make) -> None:
    name = "test_" + "x" * 50_000
    settings = "[tool.pytest.ini_options]\ntestpaths = ['tests']\n"
    repo = make_repo({"pyproject.toml": settings, "test_a.py": f"async def {name}(): ...\n"})
    done = codemod(repo, "run", "asyncio-mark", "-n")
    assert "A04-outside-testpaths" in done.stderr
    assert max(map(len, done.stderr.splitlines())) < 1000


# ---- the diff ----------------------------------------------------------------------------------

OLD = b"from typing import Optional\n\nx = 1\ny = 1\nz = 1\n\nlast = 1\n"
NEW = b"x = 2\ny = 1\nz = 2\n\nlast = 1\n"
SHAPING = {
    **{"diff.context": "0", "diff.interHunkContext": "9", "diff.algorithm": "patience", "diff.noprefix": "true"},
    **{"diff.indentHeuristic": "false", "diff.suppressBlankEmpty": "true", "diff.wsErrorHighlight": "all"},
    **{"diff.mnemonicPrefix": "true", "diff.external": "false", "diff.colorMoved": "zebra", "diff.renames": "copies"},
    **{"diff.orderFile": "/nowhere", "diff.statGraphWidth": "3", "diff.submodule": "log", "diff.relative": "true"},
    **{"core.quotePath": "false", "core.abbrev": "30", "core.whitespace": "tab-in-indent", "core.autocrlf": "true"},
    **{"core.safecrlf": "true", "core.eol": "crlf", "core.pager": "false", "apply.whitespace": "error"},
    **{"color.ui": "always", "color.diff": "always", "color.diff.new": "blue", "color.diff.frag": "bold ul"},
    **{"diff.dirstat": "lines", "diff.srcPrefix": "q/", "diff.dstPrefix": "r/", "diff.wordRegex": "."},
}


@pytest.fixture
def plain() -> tuple[bytes, bytes, bytes]:
    return shown()


def shown() -> tuple[bytes, bytes, bytes]:
    before, after = {"a.py": OLD, "ü.py": OLD}, {"a.py": NEW, "ü.py": NEW}
    made = patch(before, after, {})
    return made, patch(before, after, {}, color=True), diffstat(made)


def from_count(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(SHAPING)))
    for number, (key, value) in enumerate(SHAPING.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)


def configured(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    for key, value in SHAPING.items():
        subprocess.run(["git", "config", "-f", path, key, value], check=True)
    return path


def from_global(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configured(home / "config")))


def from_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.delenv("GIT_CONFIG_GLOBAL")
    monkeypatch.setenv("HOME", str(configured(home / ".gitconfig").parent))


def from_attributes(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    (home / "git").mkdir()
    (home / "git/attributes").write_text("*.py -diff\n")


def from_environment(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for name, value in {
        **{"GIT_DIFF_OPTS": "-u0", "GIT_EXTERNAL_DIFF": "false", "GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere"},
        **{"GIT_CONFIG_PARAMETERS": "'diff.context'='0'", "GIT_PREFIX": "x/", "GIT_TRACE": "2", "GIT_PAGER": "false"},
        **{"GIT_LITERAL_PATHSPECS": "1", "GIT_INDEX_FILE": "/nowhere", "LC_ALL": "de_DE.UTF-8"},
    }.items():
        monkeypatch.setenv(name, value)


def from_a_repository_around(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    subprocess.run(["git", "init", "-q", home], check=True)
    configured(home / ".git/config")
    (home / ".gitattributes").write_text("* -diff\n")
    (home / "deep/tmp").mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(home / "deep/tmp"))


def from_a_linked_temporary_folder(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    from_a_repository_around(monkeypatch, home)
    (home / "link").symlink_to(home / "deep/tmp")
    monkeypatch.setattr("tempfile.tempdir", str(home / "link"))


@pytest.mark.parametrize(
    "source",
    [
        from_count,
        from_global,
        from_home,
        from_attributes,
        from_environment,
        from_a_repository_around,
        from_a_linked_temporary_folder,
    ],
)
def test_no_configuration_shapes_the_diff(
    plain: tuple[bytes, bytes, bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    source: Callable[[pytest.MonkeyPatch, Path], None],
) -> None:
    source(monkeypatch, tmp_path)
    assert shown() == plain
    text, coloured, stat = plain
    assert b"@@ -1,7 +1,5 @@\n-from typing import Optional\n-\n-x = 1\n+x = 2\n y = 1\n" in text
    assert b'"b/\\303\\274.py"' in text
    assert b"\033[32m+" in coloured
    assert b"2 files changed, 4 insertions(+), 8 deletions(-)" in stat


def test_the_patch_of_a_run_applies_and_its_stat_counts_wherever_temporary_files_lie(
    make_repo: Make, git: Git
) -> None:
    repo = make_repo({"a.py": "from legacy import old\nold(1)\ny = 1\nold(2)\n"})
    (repo / "tmp").mkdir()
    hostile = {"TMPDIR": str(repo / "tmp"), "GIT_CONFIG_COUNT": "1"}
    hostile |= {"GIT_CONFIG_KEY_0": "diff.context", "GIT_CONFIG_VALUE_0": "0"}
    text = codemod(repo, "run", SWAP, "-n", "-q", env=hostile).stdout
    git(repo, "apply", "--check", "-", stdin=text.encode())
    assert "1 file changed" in codemod(repo, "run", SWAP, "-n", "-q", "--stat", env=hostile).stdout


def test_a_change_that_cannot_be_shown_is_said_and_three(make_repo: Make) -> None:
    repo = make_repo({"a.py": MODULE})
    git_of_ours = repo.parent / "bin/git"
    git_of_ours.parent.mkdir()
    git_of_ours.write_text(
        '#!/bin/sh\n[ "$1" = diff ] && { echo "fatal: no" >&2; exit 128; }\nexec "$REAL_GIT" "$@"\n'
    )
    git_of_ours.chmod(0o755)
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    surroundings = {"PATH": f"{git_of_ours.parent}:{os.environ['PATH']}", "REAL_GIT": real}
    done = codemod(repo, "run", SWAP, "--stat", env=surroundings)
    assert done.returncode == 3
    first, second = done.stderr.splitlines()
    assert first == "codemod: git cannot show the change: no"
    assert second.startswith("before that: branch codemod/swap-call is at ")
    assert second.endswith("; take it back with: git branch -D codemod/swap-call")


# ---- paths, and what --quiet keeps -------------------------------------------------------------


def test_check_and_a_real_run_name_the_files(make_repo: Make, git: Git) -> None:
    repo = make_repo({"a.py": MODULE, "pkg/b.py": MODULE, "c.py": "x = 1\n"})
    check = codemod(repo, "run", SWAP, "--check")
    assert (check.returncode, check.stdout) == (1, "a.py\npkg/b.py\n")
    assert codemod(repo, "run", SWAP, "--check", "-q").stdout == "a.py\npkg/b.py\n"
    assert codemod(repo, "run", SWAP, "--check", "c.py").stdout == ""
    diff = codemod(repo, "run", SWAP, "--check", "-n", "-q").stdout  # it names them, and stays a patch
    assert "\npkg/b.py\n" not in diff
    git(repo, "apply", "--check", "-", stdin=diff.encode())
    assert codemod(repo, "run", SWAP, "--check", "-q", "--output-format", "json").stdout[0] == "{"
    branch = codemod(repo, "run", SWAP)
    assert (branch.stdout, "\n  a.py\n  pkg/b.py\n" in branch.stderr) == ("", True)
    with_stat = codemod(repo, "run", SWAP, "--branch", "other", "--stat")
    assert "\n  a.py\n" not in with_stat.stderr
    assert "a.py     |" in with_stat.stdout
    in_place = codemod(repo, "run", SWAP, "--in-place")
    assert "\n  a.py\n  pkg/b.py\n2 files written" in in_place.stderr


def test_quiet_silences_talk_and_no_failure(make_repo: Make, git: Git) -> None:
    files = {
        "crash.py": "x = 1  # crash here\n",
        "hang.py": "x = 1  # hang here\n",
        "bug.py": "x = 1  # raise here\n",
    }
    repo = make_repo(files | {"fine.py": "x = 1\n", "broken.py": "x = (\n"})
    done = codemod(repo, "run", MISBEHAVE, "-q", "--timeout", "1", "--output-format", "json")
    assert done.returncode == 3
    told = [re.sub(r" \(misbehave.py:\d+\)", "", line) for line in done.stderr.splitlines()]
    assert told == [
        "bug.py:1: RuntimeError: as told (C006-crashed)",
        "crash.py:1: the worker died (7) (C006-crashed)",
        "hang.py:1: took longer than 1 second (C010-timeout)",
    ]
    failures = json.loads(done.stdout)["failures"]
    assert [(f["path"], f["code"]) for f in failures] == [
        ("bug.py", "C006-crashed"),
        ("crash.py", "C006-crashed"),
        ("hang.py", "C010-timeout"),
    ]
    fine = codemod(repo, "run", MISBEHAVE, "-q", "fine.py", "broken.py", "--branch", "fine")
    assert (fine.returncode, fine.stdout, fine.stderr) == (0, "", "")
    refused = codemod(repo, "run", MISBEHAVE, "-q", "--branch", "main", "fine.py")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)


# ---- skips -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"old = 1\ndef f(:\n", "m.py:2: invalid syntax"),
        (b"old = 1\n\nx = '\0'\n", "m.py:3: source code string cannot contain null bytes"),
        (b"old = 1\r\rx = 'caf\xe9'\n", "m.py:3: not utf-8: byte 0xe9, "),
        (b"#!/bin/python\n# coding: nosuch\nold = 1\n", "m.py:2: unknown encoding: nosuch"),
        (b"old = '''\n\n", "m.py:1: unterminated triple-quoted string literal"),
    ],
)
def test_a_skip_of_a_whole_file_stands_at_its_line(make_repo: Make, text: bytes, place: str) -> None:
    done = codemod(make_repo({"m.py": text}), "run", SWAP, "-n")
    assert done.returncode == 0
    assert place in done.stderr
    assert "syntax at line" not in done.stderr


def test_a_file_that_blocks_others_is_named_with_its_line_too(make_repo: Make) -> None:
    fixture = "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n"
    repo = make_repo(
        {"conftest.py": fixture, "sub/conftest.py": "x = 1\n\ndef db(:\n", "test_a.py": "def test_a(db): ...\n"}
    )
    done = codemod(repo, "run", "fixture-rename", "-n")
    assert "sub/conftest.py:3: it may define or request 'db': invalid syntax" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        (
            "pytest.ini",
            "[pytest]\nasyncio_mode = strict\n[pytest]\n",
            "pytest.ini:3: pytest refuses the file (duplicate",
        ),
        (
            "pytest.ini",
            "[pytest]\n\n\nnonsense\n",
            "pytest.ini:4: pytest refuses the file (unexpected line: 'nonsense')",
        ),
        (
            "pyproject.toml",
            "[tool.pytest.ini_options]\n\nx = = 1\n",
            "pyproject.toml:3: pytest refuses the file (Invalid",
        ),
    ],
)
def test_a_configuration_that_pytest_refuses_is_named_with_its_line(
    make_repo: Make, name: str, text: str, place: str
) -> None:
    repo = make_repo({name: text, "requirements.txt": "pytest-asyncio\n", "test_a.py": "async def test_a(): ...\n"})
    assert place in codemod(repo, "run", "asyncio-mark", "-n").stderr


def test_what_is_left_alone_is_listed_where_one_looks_and_counted_where_one_acts(make_repo: Make) -> None:
    ignored = "from legacy import old\n\nold(1)  # codemod: ignore\nold(2)\n"
    repo = make_repo({"a.py": ignored, "b.py": "old = (\n", "c.py": ignored})
    counts = "  left alone: 3 places (C001-syntax × 1, C002-ignored × 2); --verbose shows each\n"
    place = "      a.py:3: line 3 says so: old is new now\n"
    for words in (["--check"], []):
        done = codemod(repo, "run", SWAP, *words)
        assert counts in done.stderr
        assert place not in done.stderr
    for words in (["-n"], ["--check", "-v"], ["-n", "--in-place", "--stat"]):
        done = codemod(repo, "run", SWAP, *words)
        assert "  left alone: 3 places\n    C001-syntax × 1\n" in done.stderr
        assert place in done.stderr or words == ["-n", "--in-place", "--stat"]
    nothing = codemod(repo, "run", SWAP, "b.py")
    assert nothing.stderr == (
        "swap-call: nothing to do (1 file searched)\n  left alone: 1 place (C001-syntax × 1); --verbose shows each\n"
    )


# ---- sentences ---------------------------------------------------------------------------------


def test_sentences_with_a_number_agree_with_it(make_repo: Make, git: Git) -> None:
    repo = make_repo({"a.py": MODULE, "b.py": MODULE})
    (repo / "a.py").write_text(MODULE + "# one\n")
    assert "\n1 modified Python file is not in HEAD\n" in codemod(repo, "run", SWAP, "-n").stderr
    (repo / "new.py").write_text("")
    assert "\n1 modified and 1 untracked Python files are not in HEAD\n" in codemod(repo, "run", SWAP, "-n").stderr
    git(repo, "stash", "-q", "-u")
    (repo / "b.py").unlink()
    git(repo, "commit", "-qam", "less")
    assert "1 change in 1 file\n" in codemod(repo, "run", SWAP, "-n").stderr
    assert "\n1 file written; " in codemod(repo, "run", SWAP, "--in-place").stderr
    assert codemod(repo, "undo").stderr.startswith("1 file restored")


def test_a_delivery_ends_with_a_line_for_each_thing_to_do(make_repo: Make, git: Git) -> None:
    repo = make_repo({"a.py": MODULE})
    tip = codemod(repo, "run", SWAP, "--branch", "it's").stderr.splitlines()
    at = git(repo, "rev-parse", "it's")[:12]
    assert tip[-4:] == [
        f"branch it's is at {at}; your checkout was not touched",
        f"  review it: git diff {git(repo, 'rev-parse', 'HEAD')[:12]}..'it'\"'\"'s'",
        "  take it:   git merge 'it'\"'\"'s'",
        "  drop it:   git branch -D 'it'\"'\"'s'",
    ]
    for line in tip[-3:-1]:
        subprocess.run(["sh", "-c", line.partition(":")[2]], cwd=repo, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("name", "words"),
    [("no.xml", "no.xml: no such file"), ("folder", "folder: a folder, not a file"), ("raw", "raw: not a text file")],
)
def test_a_report_that_cannot_be_read_is_named_in_plain_words(make_repo: Make, name: str, words: str) -> None:
    repo = make_repo({"test_a.py": "def test_a(): ...\n"})
    (repo / "folder").mkdir()
    (repo / "raw").write_bytes(b"\xff\xfe")
    done = codemod(repo, "run", "mark-slow", "--report", name, "-n")
    assert done.returncode == 2
    assert done.stderr.startswith(f"codemod: {words}")


# ---- a terminal, and Ctrl-C --------------------------------------------------------------------


PAGER = (
    "trap 'echo pager heard it' INT; echo pager is here; cat >/dev/null; while read x </dev/tty; do break; done; :"
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--stat"], "take it:   git merge codemod/swap-call"),
        (["--in-place", "--stat"], "1 file written; take it back with: codemod undo"),
        (["-n"], "nothing was written; apply with"),
    ],
)
def test_an_interrupt_belongs_to_the_pager_while_it_lives(make_repo: Make, words: list[str], told: str) -> None:
    repo = make_repo({"a.py": MODULE})
    with on_a_terminal(repo, "run", SWAP, *words, env={"GIT_PAGER": PAGER}) as (process, end):
        assert "pager is here" in shown_until(end, "pager is here")
        os.write(end, b"\x03")
        heard = shown_until(end, "pager heard it")  # and what came with it, where the pager has ended by then
        os.write(end, b"\n")
        text = heard + shown_to_the_end(process, end)
    assert "pager heard it" in text
    assert (process.returncode, "interrupted" in text) == (0, False)
    assert told in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext → é\r\n", "plain\ttext → é\r\n"),
        ("a\x1b[2Jb\x1b]0;t\x07", "a^[[2Jb^[]0;t^G"),
        ("old\rnew\x08\x7f\x0c\n", "old^Mnew^H^?^L\n"),
        ("\u202eevil\u2066 \x9b2J \u200b", "\\u202eevil\\u2066 \\u009b2J \\u200b"),
        ("a\xad\u3164\U000e0041 \u2764\ufe0f", "a\\u00ad\\u3164\\U000e0041 \u2764\ufe0f"),
    ],
)
def test_what_hides_in_a_file_is_shown(text: str, shown: str) -> None:
    assert visible(text.encode()) == shown.encode()
    assert visible(b"\xff\xfe raw") == b"\xff\xfe raw"


def test_a_diff_on_a_terminal_moves_no_cursor_and_one_for_git_is_as_the_file(make_repo: Make) -> None:
    repo = make_repo({"a.py": MODULE + "# \x1b[2J\u202e\n"})
    with on_a_terminal(repo, "run", SWAP, "-n", env={"GIT_PAGER": "cat"}) as (process, end):
        text = shown_to_the_end(process, end)
    assert "# ^[[2J\\u202e" in text
    assert "\x1b[2J" not in text
    assert "# \x1b[2J\u202e" in codemod(repo, "run", SWAP, "-n").stdout


def test_a_pager_that_cannot_be_run_is_not_used(make_repo: Make) -> None:
    repo = make_repo({"a.py": MODULE})
    with on_a_terminal(repo, "run", SWAP, "-n", env={"GIT_PAGER": "no-such-pager --x"}) as (process, end):
        text = shown_to_the_end(process, end)
    assert process.returncode == 0
    assert "from lib import new" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "take it back with: git branch -D codemod/swap-call"),
        (["--in-place"], "1 file written; take it back with: codemod undo 1"),
    ],
)
def test_an_interrupt_after_delivery_says_what_was_done(
    make_repo: Make, git: Git, words: list[str], told: str
) -> None:
    """The report, a pipe that nobody reads, is what it waits for."""
    repo = make_repo({"a.py": MODULE.replace("old(1)", "old(1)\n" * 3000)})
    command = [*COMMAND, "run", SWAP, "--output-format", "json", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=repo, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)  # it has begun to write the report
        process.send_signal(signal.SIGINT)
        late = threading.Timer(60, process.kill)  # a signal that is not heard must not hold up all tests
        late.daemon = True
        late.start()
        talk = process.stderr.read()
        assert process.wait(30) == 130
    assert talk.startswith("interrupted; ")
    assert talk.endswith(f"{told}\n")


def test_a_file_that_changed_meanwhile_is_a_failure_with_a_code() -> None:
    report = Report(Options((), Path()), Plan("", (), {}), (), {}, {}, left=("a.py",))
    assert [(skip.path, skip.code) for skip in report.failed] == [("a.py", "C013-moved-on")]
    assert report.exit_code == 3
