"""Who owns which file: CODEOWNERS of the base commit, as the forges read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runner.batch.owners import Kind, Owners
from runner.git import Repository

Make = Callable[..., Path]
Git = Callable[..., str]


def at(root: Path, kind: Kind = "") -> Owners:
    repository = Repository.open(root)
    return Owners.at(repository, repository.resolve("HEAD") or "", kind)


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("* @all\n/a/ @a\n", {"x.py": ["@all"], "a/x.py": ["@a"], "b/a/x.py": ["@all"]}),
        ("* @all\n/a/free/\n", {"a/free/x.py": [], "a/x.py": ["@all"]}),  # the last word counts, also that of nobody
        ("*.py @org/py me@example.com # inline @no\n# *.py @no\n", {"a/b.py": ["@org/py", "me@example.com"]}),
        ("docs/* @d\n", {"docs/a.py": ["@d"], "docs/b/a.py": []}),
        ("**/tests/ @t\n", {"a/b/tests/x/y.py": ["@t"], "tests/x.py": ["@t"], "atests/x.py": []}),
        ("/with\\ space/ @w\n", {"with space/x.py": ["@w"]}),
        ("*.py @a\r\n*.pyi @b\r\n", {"x.py": ["@a"], "x.pyi": ["@b"]}),
        (
            "* @all\n!x.py @no\n[ab].py @no\na[.py @no\n",
            {"x.py": ["@all"], "a.py": ["@all"]},
        ),  # GitHub reads past them
        ("* @all\na\\ [b @no\n", {"x.py": ["@all"], "a [b": ["@all"]}),
        (f"* @all\n/{'a*' * 40}b @no\n{'**/' * 40}b @no\n", {"a" * 200 + "/x.py": ["@all"], "b": ["@all"]}),
        ("", {"x.py": []}),
        ("\x00\xff[[[\n* @all\n", {"x.py": ["@all"]}),
    ],
)
@pytest.mark.parametrize("kind", ["", "github"])
def test_the_last_fitting_line_says_who(
    text: str, owners: Mapping[str, list[str]], kind: Kind, make_repo: Make
) -> None:
    found = at(make_repo({"CODEOWNERS": text, "x.py": ""}), kind)
    assert {path: list(found.of(path)) for path in owners} == owners


def test_a_section_of_gitlab_has_its_own_last_word_and_its_own_owners(make_repo: Make) -> None:
    text = "* @all\n[Docs][2] @docs @more\n/docs/\n/docs/api/ @api\n^[Optional Part]\n*.py @py\n[docs] @x\n!/docs/no.py\n"
    repo = make_repo({"docs/CODEOWNERS": text})
    assert at(repo, "gitlab").of("docs/a.md") == ("@all", "@docs", "@more")
    assert at(repo, "gitlab").of("docs/api/a.py") == ("@all", "@api", "@py")
    assert at(repo).of("x.py") == ("@all", "@py")
    assert at(repo, "github").of("docs/a.md") == ()  # there the lines of a section are lines like others


def test_each_forge_looks_in_its_places_in_its_order(make_repo: Make) -> None:
    places = {".github/CODEOWNERS": "1", "CODEOWNERS": "2", "docs/CODEOWNERS": "3", ".gitlab/CODEOWNERS": "4"}
    repo = make_repo({place: f"* @{number}\n" for place, number in places.items()})
    assert [at(repo, kind).place for kind in ("github", "gitlab", "")] == [
        ".github/CODEOWNERS",
        "CODEOWNERS",
        ".github/CODEOWNERS",
    ]
    only = make_repo({".gitlab/CODEOWNERS": "* @4\n"}, name="only")
    assert [at(only, kind).of("x") for kind in ("github", "gitlab", "")] == [(), ("@4",), ("@4",)]


def test_it_is_read_from_the_commit_and_nothing_else(make_repo: Make, git: Git, write: Callable[..., None]) -> None:
    repo = make_repo({"CODEOWNERS": "* @commit\n"})
    write(repo, {"CODEOWNERS": "* @working\n", ".github/CODEOWNERS": "* @untracked\n"})
    assert at(repo).of("x.py") == ("@commit",)


def test_what_is_no_file_or_too_large_says_nothing(make_repo: Make) -> None:
    repo = make_repo({"CODEOWNERS/x": "* @no\n", "docs/CODEOWNERS": "* @yes\n"})
    assert at(repo).place == "docs/CODEOWNERS"
    large = make_repo({"CODEOWNERS": "#" * 3_000_001 + "\n* @no\n"}, name="large")
    assert at(large).of("x.py") == ()
    assert at(large).remark == "CODEOWNERS is larger than 3 MB, no forge reads it"
    assert at(make_repo({"x": ""}, name="none")) == Owners()
