"""A path on the command line may be spelled in any way; what really lies outside of the project is refused."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.named import below_top, in_project
from tests.command import codemod

OLD = "from typing import Optional\nx: Optional[int] = None\n"
KNOWN = ("a.py", "pkg/b.py", "pkg/deep/c.py", "gone/d.py")


@pytest.fixture
def project(tmp_path: Path, write: Callable[..., None]) -> Path:
    """Files as KNOWN, one of which is in the base commit only; a link to the top, links inside and one that leads out."""
    top = tmp_path / "project"
    write(top, dict.fromkeys(KNOWN[:3], OLD))
    write(tmp_path, {"outside/o.py": OLD, "project-two/a.py": OLD})
    (tmp_path / "link").symlink_to(top)
    (top / "first.py").symlink_to("a.py")
    (top / "current").symlink_to("pkg/deep")
    (top / "leaving").symlink_to(tmp_path / "outside")
    return top


@pytest.mark.parametrize(
    ("where", "word", "expected"),
    [
        (".", "a.py", "a.py"),
        (".", "./a.py", "a.py"),
        (".", "pkg/", "pkg"),
        (".", "pkg/../a.py", "a.py"),
        (".", "{top}/a.py", "a.py"),
        (".", "{top}", ""),
        (".", "{top}/", ""),
        (".", ".", ""),
        ("pkg", "b.py", "pkg/b.py"),
        ("pkg", "..", ""),
        ("pkg", "../a.py", "a.py"),
        ("pkg", "{top}/pkg/../a.py", "a.py"),
        ("pkg", "../../project/a.py", "a.py"),
        (".", "{top}/../link/pkg/b.py", "pkg/b.py"),
        (".", "{top}/../link", ""),
        (".", "first.py", "a.py"),
        (".", "current/c.py", "pkg/deep/c.py"),
        ("current", "../b.py", "pkg/b.py"),  # where a link leads, .. is the folder there
        (".", "leaving/../project/a.py", "a.py"),
        (".", "gone/d.py", "gone/d.py"),
        (".", "{top}/gone", "gone"),
    ],
)
def test_every_spelling_of_a_path_below_the_top(project: Path, where: str, word: str, expected: str) -> None:
    standing = Path(os.path.realpath(project / where))
    assert below_top([word.format(top=project)], standing, project, KNOWN, "HEAD") == [expected]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("..", "outside of the project"),
        ("../outside/o.py", "outside of the project"),
        ("{top}/../outside/o.py", "outside of the project"),
        ("{top}/..", "outside of the project"),
        ("{top}-two/a.py", "outside of the project"),
        ("/", "outside of the project"),
        ("leaving/o.py", "outside of the project"),
        ("nowhere.py", "no such file or folder in HEAD"),
        ("{top}/pk", "no such file or folder in HEAD"),
        ("", "'': outside of the project"),
    ],
)
def test_what_lies_outside_or_nowhere_is_refused(project: Path, word: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        below_top([word.format(top=project)], project, project, KNOWN, "HEAD")


def test_a_bare_repository_has_the_paths_of_its_tree(tmp_path: Path) -> None:
    assert below_top(["pkg", "./a.py"], tmp_path, None, KNOWN, "HEAD") == ["a.py", "pkg"]
    with pytest.raises(UsageError, match="outside of the project"):
        below_top([f"{tmp_path}/a.py"], tmp_path, None, KNOWN, "HEAD")


def test_the_same_paths_in_any_order_and_number_are_the_same(project: Path) -> None:
    words = ["pkg/b.py", "a.py", f"{project}/a.py", "./pkg/b.py"]
    assert below_top(words, project, project, KNOWN, "HEAD") == ["a.py", "pkg/b.py"]


def test_an_absolute_path_is_run_as_the_relative_one(make_repo: Callable[..., Path]) -> None:
    repo = make_repo(
        {"a.py": OLD, "b.py": OLD, "pkg/c.py": OLD, "pyproject.toml": "[project]\nrequires-python='>=3.11'\n"}
    )
    relative = codemod(repo, "run", "modernize-typing", "a.py", "-n")
    absolute = codemod(repo / "pkg", "run", "modernize-typing", f"{repo}/a.py", "-n")
    assert (absolute.returncode, absolute.stdout) == (0, relative.stdout)
    assert absolute.stdout.count("+++ b/a.py") == 1
    done = codemod(repo, "run", "modernize-typing", f"{repo}/a.py", "--in-place")
    assert done.returncode == 0, done.stderr
    assert [(repo / p).read_text() == OLD for p in ("a.py", "b.py", "pkg/c.py")] == [False, True, True]


def test_a_path_outside_is_refused_where_nothing_would_be_found(make_repo: Callable[..., Path]) -> None:
    repo = make_repo({"a.py": "x = 1\n"})
    done = codemod(repo, "run", "fixture-rename", str(repo.parent))
    assert (done.returncode, done.stderr) == (2, f"codemod: {repo.parent}: outside of the project\n")


@pytest.mark.parametrize(
    ("where", "value", "expected"),
    [
        (".", "pkg/b.py", "pkg/b.py"),
        (".", "{top}/pkg/b.py:3", "pkg/b.py:3"),
        ("pkg", "b.py::TestIt", "pkg/b.py::TestIt"),
        ("pkg", "../a.py:7", "a.py:7"),
        ("pkg", "{top}/../link/a.py", "a.py"),
        ("pkg", "pkg/b.py", "pkg/b.py"),  # from the top, as pytest writes it
        (".", "gone/d.py:1", "gone/d.py:1"),
        (".", "../outside/o.py", "../outside/o.py"),  # refused by the codemod, as it stands
        (".", "", ""),
    ],
)
def test_an_option_that_names_a_file_of_the_project_takes_every_spelling(
    project: Path, git: Callable[..., str], where: str, value: str, expected: str
) -> None:
    git(project, "init", "-q")
    assert in_project(value.format(top=project), project / where) == expected


def test_the_definition_to_rename_may_be_named_from_where_one_stands(make_repo: Callable[..., Path]) -> None:
    suite = "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n\n\ndef test_it(db):\n    assert db\n"
    repo = make_repo({"one/test_a.py": suite, "two/test_a.py": suite})
    for definition in ("test_a.py", f"{repo}/one/test_a.py:5", "one/test_a.py"):
        done = codemod(repo / "one", "run", "fixture-rename", "--definition", definition, "-n")
        assert re.findall(r"^\+\+\+ (.*)", done.stdout, re.M) == ["b/one/test_a.py"], (definition, done.stderr)
