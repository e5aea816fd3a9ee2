"""A recipe is a name for steps: it has a branch and an explanation of its own, wherever a codemod's name is accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine import registry
from runner.request import Asked, make_options
from runner.settings import LONGEST_NAME, load
from tests.command import codemod

PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
FILES = {
    "a.py": "from typing import Optional\nx: Optional[int] = None\n",
    "test_a.py": "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n\n\ndef test_it(db):\n    assert db\n",
    "pyproject.toml": PROJECT + "[tool.codemod.recipes]\n"
    "spring-cleaning = ['modernize-typing', {name = 'fixture-rename', old = 'db', new = 'database'}]\n",
}


@pytest.fixture
def repo(make_repo: Callable[..., Path]) -> Path:
    return make_repo(FILES)


def test_the_branch_has_the_recipes_name_and_a_commit_for_each_step(repo: Path, git: Callable[..., str]) -> None:
    done = codemod(repo, "run", "spring-cleaning")
    assert done.returncode == 0, done.stderr
    assert git(repo, "branch", "--list", "codemod/*").split() == ["codemod/spring-cleaning"]
    assert len(git(repo, "log", "--format=%s", "main..codemod/spring-cleaning").splitlines()) == 2
    assert "def database():" in git(repo, "show", "codemod/spring-cleaning:test_a.py")
    assert "To repeat: codemod run spring-cleaning\n" in git(
        repo, "log", "-1", "--format=%B", "codemod/spring-cleaning"
    )
    assert "already holds exactly" in codemod(repo, "run", "spring-cleaning").stderr


def test_explain_list_and_help_name_the_steps_with_their_options(repo: Path) -> None:
    step = 'fixture-rename (old = "db", new = "database")'
    explained = codemod(repo, "explain", "spring-cleaning").stdout
    assert f"1. modernize-typing\n   {registry.summary(registry.load('modernize-typing'))}\n2. {step}\n" in explained
    assert str(repo / "pyproject.toml") in explained
    assert f"spring-cleaning   recipe: modernize-typing; {step}\n" in codemod(repo, "list").stdout
    for words in (["spring-cleaning", "--help"], ["async-mock,spring-cleaning", "-h"]):
        shown = codemod(repo, "run", *words).stdout
        assert f"spring-cleaning is a recipe:\n    modernize-typing\n    {step}\n" in shown


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["spring-cleaning", "--new", "x"], "a recipe has several codemods; write -o fixture-rename.new=x"),
        (["--new=x", "spring-cleaning"], "a recipe has several codemods; write -o fixture-rename.new=x"),
        (["spring-cleaning", "--docs", "--only", "585"],
         "a recipe has several codemods; write -o modernize-typing.only=585 and -o fixture-rename.docs=true"),
        (["spring-cleanin"], "there is no codemod 'spring-cleanin'; did you mean the recipe 'spring-cleaning'?"),
        (["spring-cleaning", "-o", "spring-cleaning.new=x"],
         "-o spring-cleaning.new=x: not of the form NAME.OPTION=VALUE for one of modernize-typing, fixture-rename"),
    ],
)  # fmt: skip
def test_an_option_of_a_step_says_whose_it_is(repo: Path, words: list[str], advice: str) -> None:
    done = codemod(repo, "run", *words)
    assert (done.returncode, done.stderr) == (2, f"codemod: {advice}\n")


def test_the_advised_option_works(repo: Path) -> None:
    done = codemod(repo, "run", "spring-cleaning", "-o", "fixture-rename.new=x", "-n")
    assert "+def x():" in done.stdout


def title(repo: Path, *names: str) -> str:
    asked = Asked(names=names, own={}, pairs=(), settings={}, paths=())
    return make_options(asked, repo, load(repo)).name


def test_a_run_is_called_as_it_was_typed_and_a_long_name_is_cut(repo: Path) -> None:
    assert title(repo, "spring-cleaning") == "spring-cleaning"
    assert title(repo, "modernize-typing", "fixture-scope") == "modernize-typing-fixture-scope"
    assert title(repo, "spring-cleaning", "async-mock") == "spring-cleaning-async-mock"
    twenty = title(repo, *["modernize-typing"] * 20)
    assert twenty.startswith("modernize-typing-and-19-more-")
    assert len(twenty) <= LONGEST_NAME
    assert twenty != title(repo, *["modernize-typing"] * 19, "async-mock")
    local = repo / f"{'long_' * 30}.py"
    local.write_text((Path(__file__).parent / "local" / "swap_call.py").read_text())
    assert len(title(repo, str(local))) <= LONGEST_NAME


def test_twenty_steps_get_a_branch(repo: Path, git: Callable[..., str]) -> None:
    done = codemod(repo, "run", ",".join(["modernize-typing", "fixture-rename"] * 10), "-q", "--no-cache", "-j1")
    assert done.returncode == 0, done.stderr
    (branch,) = git(repo, "branch", "--list", "codemod/*").split()
    assert branch.startswith("codemod/modernize-typing-and-19-more-")
