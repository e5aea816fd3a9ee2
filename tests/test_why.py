"""`codemod why`: what would be done at a line, or the reason why not, and what that goes by."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import codemod
from tests.test_run import MODULE, SWAP, commit, repo, snapshot

__all__ = ["repo"]

CONFTEST = "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n"
TEST = "def test_a(db):\n    assert db\n\n\ndef test_b(db, db_session):\n    assert db\n\n\ndef test_c():\n    pass\n"


@pytest.fixture
def suite(make_repo: Callable[..., Path]) -> Path:
    tests = {"tests/test_a.py": TEST, "tests/test_ok.py": "def test(db):\n    pass\n"}
    return make_repo({"conftest.py": CONFTEST, "pytest.ini": "[pytest]\n", **tests}, name="suite")


def why(where: Path, *words: str) -> str:
    before = snapshot(where)
    done = codemod(where, "why", *words)
    assert (done.returncode, done.stderr, snapshot(where)) == (0, "", before)
    return done.stdout


def test_a_change_is_told_with_its_reason_its_safety_its_text_and_where_else_it_is(suite: Path) -> None:
    (suite / "tests/test_a.py").unlink()
    told = why(suite, "fixture-rename", "--in-place", "tests/test_ok.py:1")
    assert told == (
        "tests/test_ok.py:1: fixture-rename would change it: rename the fixture db to db_session\n"
        "  safe: applied by default\n"
        "  one change with 1 other place, all or none of them:\n"
        "    conftest.py:5: rename the fixture db to db_session\n"
        "  @@ -1,2 +1,2 @@\n"
        "  -def test(db):\n"
        "  +def test(db_session):\n"
        "       pass\n"
        "  configuration that may hold for it: pytest.ini\n"
        "  it went by facts of 1 other file: conftest.py\n"
    )


def test_a_skip_is_told_with_its_code_and_what_that_means(suite: Path) -> None:
    told = why(suite, "fixture-rename", "tests/test_a.py:5")
    assert "tests/test_a.py:5: fixture-rename leaves it alone (F11-both)\n" in told
    assert "  F11-both: " in told


def test_what_leaves_all_of_a_fixture_alone_is_told_at_each_of_its_places(suite: Path) -> None:
    told = why(suite, "fixture-rename", "tests/test_ok.py:1")
    assert "what it leaves alone elsewhere may be why:\n    conftest.py:5: " in told
    assert "    tests/test_a.py:5: the function takes db and db_session (F11-both)\n" in told


def test_where_there_is_nothing_the_nearest_is_named(repo: Path) -> None:
    assert why(repo, SWAP, "a.py:2").splitlines()[:3] == [
        "a.py:2: swap-call sees nothing to change there",
        "  what it sees nearest in this file:",
        "    a.py:5: old is new now",
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((SWAP, "pkg/other.py:1"), "the file holds none of the words that it looks for: old"),
        ((SWAP, "text.txt:1"), "it looks at files called *.py"),
        ((SWAP, "vendor/v.py:1"), "excluded by */vendor/*"),
    ],
)
def test_a_file_that_is_not_looked_at_is_told_with_the_reason(
    repo: Path, git: Callable[..., str], write: Callable[..., None], words: tuple[str, ...], reason: str
) -> None:
    write(repo, {"text.txt": "old\n", "vendor/v.py": MODULE})
    commit(git, repo)
    assert f"swap-call does not look at it: {reason}\n" in why(repo, *words)


def test_a_file_that_cannot_be_parsed_says_so_at_any_line(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, {"bad.py": "old(1)\n\n)\n"})
    commit(git, repo)
    assert "bad.py:1: swap-call leaves it alone (C001-syntax)\n  unmatched ')' (at bad.py:3)\n" in why(
        repo, SWAP, "bad.py:1"
    )


def test_what_a_run_would_leave_out_is_told_with_its_options(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, {"vendor/v.py": MODULE})
    commit(git, repo)
    for words, reason in (
        (("--extend-exclude", "a.*"), "excluded by a.*"),
        (("--exclude", "*.py"), "excluded by *.py"),
        (("--diff-base", "HEAD~1"), "not changed since HEAD~1"),
    ):
        assert f"a.py:5: swap-call does not look at it: {reason}\n" in why(repo, SWAP, "a.py:5", *words)
    assert "swap-call would change it" in why(repo, SWAP, "vendor/v.py:5", "--exclude", "a.py")


def test_a_program_gets_the_same_as_json(suite: Path, repo: Path) -> None:
    [skipped] = json.loads(why(suite, "fixture-rename", "tests/test_a.py:5", "--output-format", "json"))
    assert (skipped["codemod"], skipped["path"], skipped["line"]) == ("fixture-rename", "tests/test_a.py", 5)
    assert [(s["path"], s["line"], s["code"], bool(s["meaning"])) for s in skipped["skips"]] == [
        ("tests/test_a.py", 5, "F11-both", True)
    ]
    assert (skipped["changes"], skipped["configuration"]) == ([], [{"path": "pytest.ini"}])
    first, second = json.loads(why(repo, f"{SWAP},modernize-typing", "a.py:5", "--output-format", "json"))
    told = {c["safety"]: (c["applied"], c["because"]) for c in first["changes"]}
    assert told == {
        "safe": (True, "applied by default"),
        "unsafe": (False, "it may change behaviour; applied with --unsafe"),
    }
    assert all("\n+    return " in c["diff"] and not c["dropped"] for c in first["changes"])
    assert second["codemod"] == "modernize-typing"
    assert second["not_looked_at"].startswith("the file holds none of the words")
    assert second["changes"] == []


def test_an_unsafe_change_says_what_applies_it_and_a_decision_is_told(repo: Path) -> None:
    assert "unsafe: it may change behaviour; applied with --unsafe" in why(repo, SWAP, "a.py:5")


def test_all_that_was_decided_is_shown_with_verbose(suite: Path) -> None:
    (suite / "tests/test_a.py").unlink()
    told = why(suite, "fixture-rename", "--in-place", "conftest.py:5", "-v")
    assert "  what was decided for this file:\n    " in told


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ((SWAP,), "which line? type: codemod why NAME PATH:LINE"),
        ((SWAP, "a.py"), "a.py: a place is PATH:LINE, as in tests/test_orders.py:12"),
        ((SWAP, "a.py:0"), "a place is PATH:LINE"),
        ((SWAP, "a.py:99"), "a.py has 10 lines in HEAD"),
        ((SWAP, "pkg:1"), "pkg: a folder; a place is PATH:LINE of a file"),
        ((SWAP, "none.py:1"), "none.py: no such file or folder in HEAD"),
    ],
)
def test_a_place_that_is_none_is_refused(repo: Path, words: tuple[str, ...], refusal: str) -> None:
    done = codemod(repo, "why", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert refusal in done.stderr


def test_a_name_that_hides_something_is_shown_as_what_it_is(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, {"a\x1b[31m\n.py": "from legacy import old\nold(1)  # \x1b[31m \u202e\n"})
    commit(git, repo)
    told = why(repo, SWAP, "a\x1b[31m\n.py:2")
    assert "\x1b" not in told
    assert "\u202e" not in told
