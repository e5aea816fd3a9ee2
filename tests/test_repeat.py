"""The command to repeat is written anew from what was understood: one plan, one command, one commit."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from runner.commands import cli
from runner.plan import from_json, to_json
from runner.request import asked_of, make_options
from runner.settings import load
from runner.usage import known
from tests.command import codemod

LOCAL = Path(__file__).parent / "local" / "swap_call.py"
OLD = "from typing import Optional\nx: Optional[int] = None\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
CONFIG = (
    PROJECT + "[tool.codemod]\nextend-exclude = ['legacy']\n[tool.codemod.fixture-rename]\nold = 'conn'\n"
    "[tool.codemod.recipes]\nspring = ['modernize-typing', {name = 'fixture-rename', new = 'database'}]\n"
)


@pytest.fixture
def repeated(make_repo: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[str, str]]:
    """`repeated(words, below="")` gives the commands: for where one stands, and for a commit."""
    repo = make_repo(
        {"pyproject.toml": CONFIG, "a.py": OLD, "pkg/b.py": OLD, "tools/swap_call.py": LOCAL.read_text()}
    )

    def call(words: str, below: str = "") -> tuple[str, str]:
        monkeypatch.chdir(repo / below)
        split = shlex.split(words.replace("REPO", str(repo)))
        context = cli.commands["run"].make_context("run", split, parent=click.Context(cli))
        options = make_options(asked_of(context.params), Path.cwd(), known(context))
        named = [path.replace("../", "") for path in options.paths]
        return shlex.join(options.command), shlex.join(options.asked.anywhere(repo, named))

    return call


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("modernize-typing", "run modernize-typing"),
        ("-nv modernize-typing", "run modernize-typing"),
        ("-qvnj 2 modernize-typing --check --stat --color=always --output-format json --no-cache", "run modernize-typing"),
        ("-j1 --timeout=3 modernize-typing --force", "run modernize-typing"),
        ("modernize-typing, --branch b --base main", "run modernize-typing"),
        ("--target-version 3.11 modernize-typing", "run modernize-typing --target-version 3.11"),
        ("modernize-typing --target-version=3.11 -n", "run modernize-typing --target-version 3.11"),
        ("modernize-typing -o modernize-typing.target-version=3.11", "run modernize-typing --target-version 3.11"),
        ("-omodernize-typing.target_version=3.11 modernize-typing", "run modernize-typing --target-version 3.11"),
        ("modernize-typing --only 585 --only 604", "run modernize-typing --only 585 --only 604"),
        ("modernize-typing --imports typing-only --no-fix-callable", "run modernize-typing"),
        ("modernize-typing --fix-callable --unsafe", "run modernize-typing --fix-callable --unsafe"),
        ("modernize-typing --format auto", "run modernize-typing"),
        ("modernize-typing --format off", "run modernize-typing --format off"),
        ("modernize-typing --exclude b,a --exclude=a", "run modernize-typing --exclude a,b"),
        ("modernize-typing --extend-exclude legacy", "run modernize-typing"),  # the configuration says so already
        ("modernize-typing --extend-exclude ''", "run modernize-typing --extend-exclude ''"),
        ("modernize-typing --diff-base main", "run modernize-typing --diff-base main"),
        ("fixture-rename --old conn", "run fixture-rename"),
        ("fixture-rename --old db", "run fixture-rename --old db"),  # a default, but not what the configuration says
        ("fixture-rename --plugin-fixture=-a", "run fixture-rename --plugin-fixture=-a"),
        ("fixture-scope --match 'a b'", "run fixture-scope --match 'a b'"),
        ("async-mock,modernize-typing -o modernize-typing.only=585,604",
         "run async-mock,modernize-typing -o modernize-typing.only=585,604"),
        ("spring", "run spring"),
        ("spring -o fixture-rename.new=database", "run spring"),
        ("spring,async-mock -o fixture-rename.new=x", "run spring,async-mock -o fixture-rename.new=x"),
        ("modernize-typing --isolated", "run modernize-typing --isolated"),
        ("modernize-typing --config pyproject.toml", "run modernize-typing --config pyproject.toml"),
        ("modernize-typing --config REPO/pyproject.toml", "run modernize-typing --config pyproject.toml"),
        ("tools/swap_call.py --new x", "run tools/swap_call.py --new x"),
        ("./tools/../tools/swap_call.py", "run tools/swap_call.py"),
        ("REPO/tools/swap_call.py", "run tools/swap_call.py"),
        (f"{LOCAL}", "run swap_call.py"),  # where it lies on this machine is nobody's business
        ("modernize-typing a.py pkg", "run modernize-typing a.py pkg"),
        ("modernize-typing -- -x.py", "run modernize-typing -- -x.py"),
    ],
)  # fmt: skip
def test_a_commit_tells_what_alters_it_and_nothing_else(
    repeated: Callable[..., tuple[str, str]], words: str, expected: str
) -> None:
    assert repeated(words)[1] == expected


@pytest.mark.parametrize(
    ("words", "below", "expected"),
    [
        ("-nv modernize-typing", "", "run modernize-typing"),
        (
            "modernize-typing -n --branch b --base main --force",
            "",
            "run modernize-typing --base main --branch b --force",
        ),
        ("modernize-typing --check --in-place .", "", "run modernize-typing --in-place ."),
        ("modernize-typing -n b.py REPO/a.py", "pkg", "run modernize-typing b.py REPO/a.py"),
        ("../tools/swap_call.py -n", "pkg", "run REPO/tools/swap_call.py"),
        ("swap_call.py -n", "tools", "run swap_call.py"),
        (
            "modernize-typing --config REPO/pyproject.toml -n",
            "pkg",
            "run modernize-typing --config REPO/pyproject.toml",
        ),
    ],
)
def test_what_a_dry_run_advises_can_be_typed_where_one_stands(
    repeated: Callable[..., tuple[str, str]], make_repo: object, tmp_path: Path, words: str, below: str, expected: str
) -> None:
    assert repeated(words, below)[0] == expected.replace("REPO", str(tmp_path / "repo"))


def test_every_spelling_gives_the_same_commit(make_repo: Callable[..., Path], git: Callable[..., str]) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, "a.py": OLD, "pkg/b.py": OLD})
    dry = codemod(repo, "run", "-nv", "modernize-typing")
    assert dry.stderr.splitlines()[-2:] == [
        "nothing was written; apply with: codemod run modernize-typing",
        "or decide on each change first: codemod review modernize-typing",
    ]
    assert codemod(repo, "run", "modernize-typing", "-q").returncode == 0
    first = git(repo, "rev-parse", "codemod/modernize-typing")
    for folder, *words in (
        [".", "modernize-typing", "-j1", "."],
        ["pkg", "--target-version=", "modernize-typing", "-qv", str(repo)],
        ["pkg", "-omodernize-typing.imports=typing-only", "--base", "main", "modernize-typing", "..", "--stat"],
    ):
        done = codemod(repo / folder, "run", *words)
        assert done.returncode == 0, done.stderr
        assert git(repo, "rev-parse", "codemod/modernize-typing") == first
    assert "\nTo repeat: codemod run modernize-typing\n" in git(repo, "log", "-1", "--format=%B", first)


def test_the_command_of_a_commit_makes_it_again(make_repo: Callable[..., Path], git: Callable[..., str]) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, "a.py": OLD, "pkg/b.py": OLD, "pkg/c.py": OLD})
    words = ["run", "--only", "604", "modernize-typing", "c.py", "-oasync-mock.evidence=typed", "b.py"]
    assert codemod(repo / "pkg", *[w for w in words if not w.startswith("-o")]).returncode == 0
    first, message = git(repo, "log", "-1", "--format=%H%n%B", "codemod/modernize-typing").split("\n", 1)
    command = next(line for line in message.splitlines() if line.startswith("To repeat: "))
    assert command == "To repeat: codemod run modernize-typing --only 604 pkg/b.py pkg/c.py"
    git(repo, "branch", "-D", "codemod/modernize-typing")
    assert codemod(repo, *shlex.split(command)[3:]).returncode == 0
    assert git(repo, "rev-parse", "codemod/modernize-typing") == first


def test_a_plan_keeps_its_command(make_repo: Callable[..., Path]) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, "a.py": OLD})
    codemod(repo, "run", "modernize-typing", "-n", str(repo / "a.py"))
    (path,) = (repo / ".git/codemod/plans").glob("????????.json")
    plan = from_json(json.loads(path.read_bytes()))
    assert plan.command == ("run", "modernize-typing", "a.py")
    assert to_json(plan) == json.loads(path.read_bytes())


def test_the_users_own_settings_are_told_as_if_they_were_typed(
    make_repo: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever repeats the run has the project's configuration, and not that of the one who ran it first."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "codemod").mkdir()
    (tmp_path / "codemod/config.toml").write_text(
        "unsafe = true\njobs = 1\n[fixture-rename]\nold = 'mine'\nnew = 'm'\n"
    )
    repo = make_repo({"pyproject.toml": CONFIG})
    asked = asked_of({"names": "fixture-rename", "paths": (), "option": (), "isolated": False, "config": None})
    options = make_options(asked, repo, load(repo))
    assert shlex.join(options.command) == "run fixture-rename --new m --unsafe"
