"""Every way out of the program: one exit code of the table, and a line that says why."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runner.errors import EXIT_CODES, exit_codes

LOCAL = Path(__file__).parent / "local"
SWAP = str(LOCAL / "swap_call.py")
MISBEHAVE = str(LOCAL / "misbehave.py")
CLUMSY = str(LOCAL / "clumsy.py")
CODEMOD = str(Path(sys.executable).with_name("codemod"))
README = (Path(__file__).parent.parent / "README.md").read_text()

MODULE = "from legacy import old\n\nold(1)\n"


@pytest.fixture
def repo(make_repo: Callable[..., Path]) -> Path:
    return make_repo({"a.py": MODULE})


def shell(where: Path, line: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A line of bash in which `codemod` is ours; the exit code is that of the first command in a pipe."""
    script = f'codemod() {{ {shlex.quote(CODEMOD)} "$@"; }}; {line}\nexit ${{PIPESTATUS[0]}}'
    surroundings = os.environ | dict(env or {})
    return subprocess.run(
        ["bash", "-c", script], cwd=where, capture_output=True, text=True, check=False, env=surroundings
    )


# ---- the table ---------------------------------------------------------------------------------


def in_one_line(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def test_help_prints_the_table_and_the_readme_repeats_it(repo: Path) -> None:
    assert exit_codes() in in_one_line(README)
    assert exit_codes() in in_one_line(shell(repo, "codemod --help").stdout)


RAISED = {
    0: f"codemod run {SWAP}",
    1: f"codemod run {SWAP} --check",
    2: f"codemod run {SWAP} --base nowhere",
    3: f"codemod run {MISBEHAVE} crash.py",
    4: f"codemod run {SWAP} --verify false",
    70: f"codemod run {CLUMSY} --how type",
    130: f"codemod run {CLUMSY} --how interrupt",
}


@pytest.mark.parametrize("code", EXIT_CODES)
def test_each_code_of_the_table_is_raised(
    repo: Path, git: Callable[..., str], write: Callable[..., None], code: int
) -> None:
    write(repo, {"crash.py": "x = 1  # crash here\n"})
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "more")
    done = shell(repo, RAISED[code])
    assert done.returncode == code, done.stderr
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_what_could_not_be_delivered_is_three_and_says_so(repo: Path, git: Callable[..., str]) -> None:
    hook = repo / ".git/hooks/reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    done = shell(repo, f"codemod run {SWAP} -q")
    assert done.returncode == 3
    assert "branch codemod/swap-call was not written" in done.stderr
    assert git(repo, "branch", "--list", "codemod/*") == ""


# ---- what nobody has thought of ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("type", "TypeError: as told"),
        ("exit", "SystemExit: 1"),
        ("base", r"Fallen: first line\nsecond \x1b[2Jline"),
        ("mute", "Mute"),
        ("os", "FileNotFoundError: no/such/place: no such file"),
        ("pipe", "BrokenPipeError: broken pipe"),
    ],
)
def test_the_unforeseen_is_one_line_and_seventy(repo: Path, how: str, words: str) -> None:
    done = shell(repo, f"codemod run {CLUMSY} --how {how} --check -q")
    expected = f"codemod: internal error: {words}; --verbose shows the traceback\n"
    assert (done.returncode, done.stdout, done.stderr) == (70, "", expected)


def test_verbose_shows_the_traceback(repo: Path) -> None:
    done = shell(repo, f"codemod run {CLUMSY} --how type -nv")
    assert done.returncode == 70
    assert 'clumsy.py", line' in done.stderr
    assert done.stderr.endswith("codemod: internal error: TypeError: as told\n")


def test_a_current_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    done = shell(tmp_path, 'cd gone; rmdir "$PWD"; codemod list')
    assert (done.returncode, done.stderr) == (2, "codemod: the current folder cannot be used: no such file\n")


# ---- streams -----------------------------------------------------------------------------------

CLOSED = "codemod: cannot write to stdout: it is closed\n"
FULL = "codemod: cannot write to stdout: no space left on device\n"
TALK = "swap-call: would make 1 change in 1 file\n"


@pytest.mark.parametrize(
    ("line", "code", "talk"),
    [
        (f"codemod run {SWAP} -n | true", 0, TALK),  # enough seen is nothing lost
        (f"codemod run {SWAP} --check | true", 1, TALK),
        (f"codemod run {SWAP} -n --output-format json -q | true", 0, ""),
        (f"codemod run {SWAP} -n -q >&-", 3, CLOSED),
        (f"codemod run {SWAP} -n -q >/dev/full", 3, FULL),
        (f"codemod run {SWAP} -n -q --output-format patch >/dev/full", 3, FULL),
        (f"codemod run {SWAP} -q a.py >&-", 0, ""),  # it had nothing to write there
        (f"codemod run {SWAP} --base nowhere >&-", 2, "nowhere"),
        (f"codemod run {SWAP} --check 2>&-", 1, ""),
        (f"codemod run {SWAP} -n 2>/dev/full", 0, ""),
        (f"codemod run {SWAP} -n <&- >&- 2>&-", 3, ""),
        (f"codemod run {CLUMSY} --how type 2>&-", 70, ""),
        ("codemod list >/dev/full", 3, FULL),
        ("codemod explain modernize-typing >&-", 3, CLOSED),
        ("codemod --help >/dev/full", 3, FULL),
        ("codemod --version >/dev/full", 3, FULL),
        ("codemod --version | true", 0, ""),
    ],
)
def test_a_stream_that_is_closed_or_full_costs_its_text_and_no_more(
    repo: Path, line: str, code: int, talk: str
) -> None:
    done = shell(repo, line)
    assert done.returncode == code, done.stderr
    assert talk in done.stderr if talk else done.stderr == ""
    assert not re.search("Traceback|Exception ignored|Errno", done.stderr)


def test_a_terminal_or_locale_without_our_letters_stops_nothing(repo: Path) -> None:
    done = shell(repo, "codemod explain modernize-typing", {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u2192" in done.stdout or "->" in done.stdout
