"""The first screen helps, help can be read, options stand where one puts them, and TAB knows the names."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.shell_completion import CompletionItem, ShellComplete

from codemods.engine import registry
from codemods.engine.options import describe
from runner import __version__
from runner.cli import invoke
from runner.commands import cli
from runner.request import asked_of
from tests.command import COMMAND

RECIPE = "[tool.codemod.recipes]\nspring-cleaning = ['modernize-typing', 'mark-slow']\n"
LOCAL = '''
from dataclasses import dataclass
from codemods.engine import Codemod, Needles, option

@dataclass(frozen=True)
class Mine(Codemod):
    """Do what I want."""

    name_of_it: str = option(help="what it is called")
    kind: str = option("", help="one kind", choices=("", "big", "small"))
    deep: bool = option(True, help="look into folders")
    loud: bool = option(False, help="say more")
    size: int = option(3, help="how big", least=1)
    words: tuple[str, ...] = option(("a", "b,c"), help="some words")

    def needles(self):
        return Needles(("nothing_has_this",))
'''


@pytest.fixture
def repo(make_repo: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    where = make_repo({"a.py": "x = 1\n", "mine.py": LOCAL, "db.py": LOCAL, "pyproject.toml": RECIPE})
    monkeypatch.chdir(where)
    monkeypatch.setenv("COLUMNS", "80")
    return where


@pytest.fixture
def run(repo: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*words: str) -> tuple[int, str, str]:
        code = invoke(words)
        return (code, *capsys.readouterr())

    return call


Run = Callable[..., tuple[int, str, str]]

# ---- the first screen --------------------------------------------------------------------------


def test_every_command_is_described_in_a_whole_sentence_of_80_columns(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert "..." not in out.partition("Commands:")[2]
    assert max(map(len, out.splitlines())) <= 90  # examples are not folded
    for name, command in cli.commands.items():
        first = " ".join((command.help or "").partition("\n\n")[0].split())
        assert first.endswith(".")
        assert f"{name} {first}" in " ".join(out.split())
    assert "-V, --version" in out
    assert run("-V")[1] == run("--version")[1] == f"codemod {__version__}\n"


def test_help_is_help(run: Run) -> None:
    assert run("help") == run("--help")
    assert run("help", "explain") == run("explain", "--help")
    assert run("help", "run") == run("run", "--help")
    assert run("help", "mark-slow") == run("run", "mark-slow", "--help")
    assert run("help", "spring-cleaning") == run("run", "spring-cleaning", "-h")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("runn", "did you mean: codemod run?"),
        ("lst -v", "did you mean: codemod list -v?"),
        ("fixture-rename", "did you mean: codemod run fixture-rename?"),
        ("fixture-renam --old 'a b'", "did you mean: codemod run fixture-rename --old 'a b'?"),
        ("spring-cleaning -n", "did you mean: codemod run spring-cleaning -n?"),
        ("spring-cleanin", "did you mean: codemod run spring-cleaning?"),
        ("./mine.py", "did you mean: codemod run ./mine.py?"),
        ("zzzzzz", "see codemod --help"),
    ],
)
def test_a_word_that_is_no_command_gets_the_nearest_one(run: Run, words: str, hint: str) -> None:
    code, _, err = run(*shlex.split(words))
    assert code == 2
    assert err == f"codemod: there is no command {shlex.split(words)[0]!r}; {hint}\n"


# ---- the help of run ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*registry.names(), "./mine.py"])
def test_the_codemods_own_options_come_first_and_each_is_there_once(run: Run, name: str) -> None:
    code, out, _ = run("run", name, "--help")
    assert code == 0
    headings = [line for line in out.splitlines() if line.endswith(":") and line[0] != " "]
    assert headings == [
        f"Options of {name}:", "What to change:", "Which files:", "Where it goes:",
        "Does it pass the tests:", "What is shown:", "How it works:",
        "Configuration:",
    ]  # fmt: skip
    own = out.partition(headings[0])[2].partition(headings[1])[0]
    for option in describe(registry.load(name)):
        assert own.count(f" {option.flag} ") == (option.default is not True) or option.kind is not bool
        assert f"({name})" not in out
    assert "[|" not in out
    assert max(map(len, out.splitlines())) <= 90


def test_a_users_own_codemod_is_shown_by_the_same_rules(run: Run) -> None:
    own = run("run", "mine.py", "--help")[1].partition("Options of mine.py:\n")[2].partition("\n\n")[0]
    assert " ".join(own.split()) == (
        "--name-of-it TEXT what it is called [required] "
        "--kind [big|small] one kind "
        "--no-deep turn off: look into folders "
        "--loud say more "
        "--size N how big [default: 3] "
        '--words TEXT some words [default: a,"b,c"]'
    )


def test_an_option_without_a_default_is_required(run: Run) -> None:
    code, _, err = run("run", "mark-slow", "-n")
    assert code == 2
    assert err.startswith("codemod: --report: is needed; JUnit XML")
    assert "--report PATH" in run("run", "mark-slow", "-h")[1]
    assert "[required]" in run("explain", "mark-slow")[1]


# ---- options in every position -----------------------------------------------------------------


def parsed(words: str) -> tuple[str, dict[str, object], tuple[str, ...]]:
    context = cli.commands["run"].make_context("run", shlex.split(words), parent=click.Context(cli))
    asked = asked_of(context.params)
    return ",".join(asked.names), {**asked.own, **asked.settings}, asked.paths


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--target-version 3.11 modernize-typing", ("modernize-typing", {"target_version": "3.11"}, ())),
        ("--target-version=3.11 modernize-typing a b", ("modernize-typing", {"target_version": "3.11"}, ("a", "b"))),
        (
            "--only 585 -n --only 604 modernize-typing",
            ("modernize-typing", {"only": ("585", "604"), "dry_run": True}, ()),
        ),
        ("--fix-callable modernize-typing --no-fix-callable", ("modernize-typing", {"fix_callable": False}, ())),
        ("--prune --report r.xml mark-slow", ("mark-slow", {"prune": True, "report": "r.xml"}, ())),
        (
            "-nj 2 --old db fixture-rename a.py",
            ("fixture-rename", {"dry_run": True, "jobs": "2", "old": "db"}, ("a.py",)),
        ),
        ("-j2 -qv modernize-typing", ("modernize-typing", {"jobs": "2", "quiet": True, "verbose": True}, ())),
        # a value that is a codemod's name, or a file of code, is a value
        ("--old asyncio-mark fixture-rename", ("fixture-rename", {"old": "asyncio-mark"}, ())),
        ("--report mine.py mark-slow", ("mark-slow", {"report": "mine.py"}, ())),
        (
            "--branch async-mock modernize-typing async-mock",
            ("modernize-typing", {"branch": "async-mock"}, ("async-mock",)),
        ),
        ("--size 4 mine.py", ("mine.py", {"size": "4"}, ())),
        ("--no-deep mine.py --loud", ("mine.py", {"deep": False, "loud": True}, ())),
        ("modernize-typing -- --only", ("modernize-typing", {}, ("--only",))),
        ("-n -- modernize-typing -x", ("modernize-typing", {"dry_run": True}, ("-x",))),
    ],
)
def test_a_codemods_options_may_stand_anywhere(repo: Path, words: str, expected: object) -> None:
    assert parsed(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("modernize-typing,async-mock --target-version 3.10", "several codemods run; write -o modernize-typing.target-version=3.10"),
        ("--target-version 3.10 modernize-typing,async-mock", "several codemods run; write -o modernize-typing.target-version=3.10"),
        ("async-mock,mark-slow --no-prune", "several codemods run; write -o mark-slow.prune=false"),
        ("async-mock,modernize-typing --only 585 --only 604", "several codemods run; write -o modernize-typing.only=585,604"),
        ("asyncio-mark,async-fixture --mode auto",
         "several codemods run; write -o asyncio-mark.mode=auto or -o async-fixture.mode=auto"),
        ("fixture-rename,asyncio-mark,async-fixture --old db --mode auto --new dbs",
         "several codemods run; write -o fixture-rename.old=db and -o fixture-rename.new=dbs and "
         "-o asyncio-mark.mode=auto or -o async-fixture.mode=auto"),
        ("async-mock,mine.py --kind 'a b'", "several codemods run; write -o 'mine.kind=a b'"),
        ("modernize-typing --targt-version 3.10", "did you mean '--target-version'?"),
        ("modernize-typing --diff", "there is no option '--diff'; --dry-run shows the diff and changes nothing"),
        ("--targt-version 3.10 modernize-typing", "did you mean '--target-version'?"),
        ("nothing,modernize-typing --target-version 3.10", "there is no codemod 'nothing'"),
        ("nothing --target-version 3.10", "there is no codemod 'nothing'"),
        ("--frobnicate", "the name of a codemod comes before its options"),
        ("--size 4 mine.py db.py", "the name of a codemod comes before its options"),  # which one is to be run?
        ("async-mock --jobs", "requires an argument; see: codemod run --help"),
    ],
)  # fmt: skip
def test_an_option_that_cannot_stand_says_what_to_type(run: Run, words: str, expected: str) -> None:
    code, _, err = run("run", *shlex.split(words))
    assert (code, err.count("\n")) == (2, 1)
    assert expected.lower() in err.lower()


# ---- TAB ---------------------------------------------------------------------------------------


def offered(words: str) -> list[CompletionItem]:
    *before, last = words.split(" ")
    return ShellComplete(cli, {}, "codemod", "_CODEMOD_COMPLETE").get_completions(before, last)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ex", ["explain"]),
        ("run async-", ["async-fixture", "async-mock"]),
        ("run spr", ["spring-cleaning"]),
        ("run async-mock,async-", ["async-mock,async-fixture"]),
        ("run async-mock,sp", ["async-mock,split-module", "async-mock,spring-cleaning"]),
        ("run -n -j 2 mark", ["mark-slow"]),
        ("explain mod", ["modernize-typing"]),
        ("explain spr", ["spring-cleaning"]),
        ("run mark-slow --thr", ["--threshold"]),
        ("run --report r.xml mark-slow --pru", ["--prune"]),
        ("run modernize-typing --introspection re", ["refuse"]),
        ("run modernize-typing --format ", ["auto", "off"]),
        ("run spring-cleaning -o mark-slow.p", ["mark-slow.prune="]),
        ("run spring-cleaning -o mark-slow.prune=", ["mark-slow.prune=true", "mark-slow.prune=false"]),
        ("run modernize-typing,async-mock -o modernize-typing.intr", ["modernize-typing.introspection="]),
        ("run --iso", ["--isolated"]),
        ("run nothing --dr", ["--dry-run"]),
    ],
)
def test_tab_offers_names_and_options(repo: Path, words: str, expected: list[str]) -> None:
    assert [item.value for item in offered(words)] == expected


def test_tab_offers_files_where_no_name_fits_and_runs_none(repo: Path) -> None:
    (repo / "mine.py").write_text("raise SystemExit('loaded')\n")
    assert [item.type for item in offered("run ./mi")] == ["file"]
    assert [item.type for item in offered("run modernize-typing a")] == ["file"]
    assert [item.value for item in offered("run mine.py --dr")] == ["--dry-run"]
    assert [item.value for item in offered("run --size 3 mine.py --dr")] == ["--dry-run"]


def test_tab_works_beside_a_broken_configuration(repo: Path) -> None:
    (repo / "pyproject.toml").write_text("[tool.codemod]\njobs = 'x'\n")
    assert [item.value for item in offered("run mod")] == ["modernize-typing"]


def test_the_line_of_the_readme_completes_in_bash(repo: Path) -> None:
    bash = shutil.which("bash")
    assert bash
    (repo / "bin").mkdir()
    script = repo / "bin" / "codemod"
    script.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
    script.chmod(0o755)
    typed = 'COMP_WORDS=(codemod run spr); COMP_CWORD=2; _codemod_completion codemod; echo "${COMPREPLY[@]}"'
    line = 'eval "$(_CODEMOD_COMPLETE=bash_source codemod)"'
    assert f"`{line}`" in (Path(__file__).parent.parent / "README.md").read_text().replace("\n", " ")
    environment = os.environ | {"PATH": f"{repo / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(
        [bash, "-c", f"{line}; {typed}"], cwd=repo, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == "spring-cleaning\n", done.stderr
