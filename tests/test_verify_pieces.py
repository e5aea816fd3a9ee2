"""The pieces of verification: how a command is read, who imports whom, what is suspected, what is remembered."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from codemods.engine.known import Project
from runner.errors import UsageError
from runner.verify import remembered
from runner.verify.command import make_command, place_of_pytest, split_words
from runner.verify.graph import Graph, imported
from runner.verify.judging import judge
from runner.verify.layout import Layout
from runner.verify.ran import Ran, Result
from runner.verify.suspects import by_suspicion
from runner.verify.values import Item


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("pytest -q", 1),
        (".venv/bin/pytest tests", 1),
        ("py.test", 1),
        ("python -m pytest -q", 3),
        ("python3.12 -W error -m pytest", 5),
        ("/usr/bin/python -X dev -m pytest", 5),
        ("uv run pytest", 3),
        ("uv run --with attrs -q pytest -x", 6),
        ("uv run -- python -m pytest", 6),
        ("poetry run pytest", 3),
        ("coverage run --source calc -m pytest", 6),
        ("env A=1 pytest", 3),
        ("nice -n 5 pytest", 4),
        ("make test", None),
        ("tox -e py311", None),
        ("python -m unittest", None),
        ("python -m", None),
        ("uv pip install pytest", None),
        ("sh -c pytest", None),
        ("coverage run script.py", None),
        ("python run.py -m pytest", None),
    ],
)
def test_where_options_of_pytest_can_stand(command: str, place: int | None) -> None:
    assert place_of_pytest(command.split()) == place


def test_words_are_split_as_a_shell_does_and_no_shell_is_there() -> None:
    assert split_words("pytest -k 'a or b'", "--verify") == ("pytest", "-k", "a or b")
    with pytest.raises(UsageError, match="--verify: '&&' is for a shell"):
        split_words("cd src && pytest", "--verify")
    with pytest.raises(UsageError, match="no closing quotation"):
        split_words("pytest 'a", "--verify")
    with pytest.raises(UsageError, match="--verify: no command is given"):
        split_words("  ", "--verify")


def test_programs_and_paths_of_the_checkout(tmp_path: Path) -> None:
    """A program that is no file of the project stays that of the checkout; the project's files are those of the worktree."""
    top, tree = tmp_path / "top", tmp_path / "tree"
    for place in (top, tree):
        (place / "tests").mkdir(parents=True)
        (place / "run").touch()
    (top / ".venv/bin").mkdir(parents=True)
    (top / ".venv/bin/pytest").touch()
    tracked = ["run", "tests/test_a.py"]

    def made(*words: str) -> tuple[str, ...]:
        return make_command(words, top, tree, "", tracked).words

    assert made(".venv/bin/pytest", "tests") == (f"{top}/.venv/bin/pytest", "tests")
    assert made("./run", f"{top}/tests/test_a.py::test_b") == ("./run", f"{tree}/tests/test_a.py::test_b")
    assert made("./run", f"{top}/tests", str(top)) == ("./run", f"{tree}/tests", str(tree))
    assert made("./run", f"{top}/other", "/etc") == ("./run", f"{top}/other", "/etc")
    assert make_command(["A=1", "B=2", "./run"], top, tree, "", tracked).variables == {"A": "1", "B": "2"}


# ---- imports -----------------------------------------------------------------------------------


def test_imports_are_read_from_the_text() -> None:
    text = (
        "import a, b.c as d\nfrom e import f, g as h\nfrom . import (i,  # why\n  j)\nfrom .k import *\n"
        "def x():\n    from l import m\n    import n; y()\nfrom o import p, \\\n    q\n"
    )
    assert list(imported(text)) == ["a", "b.c", "e.f", "e.g", ".i", ".j", ".k", "l.m", "n", "o.p", "o.q"]


FILES = {
    "src/calc/__init__.py": "",
    "src/calc/core.py": "",
    "src/calc/shop.py": "from .core import add",
    "src/calc/other.py": "",
    "tests/conftest.py": "import calc.other",
    "tests/test_core.py": "from calc.core import add",
    "tests/test_shop.py": "import calc.shop as s",
    "tests/test_none.py": "",
}


def graph(files: Mapping[str, str] = FILES) -> Graph:
    layout = Layout(project=Project(paths=tuple(files)))
    return Graph(layout, lambda paths: {path: files[path].encode() for path in paths})


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("src/calc/shop.py", ["shop"]),
        ("src/calc/core.py", ["core", "shop"]),
        ("src/calc/other.py", ["core", "none", "shop"]),  # through conftest.py
        ("src/calc/__init__.py", ["core", "none", "shop"]),
        ("tests/test_none.py", ["none"]),
        ("README.md", []),
    ],
)
def test_which_test_files_a_change_can_reach(changed: str, tests: list[str]) -> None:
    assert sorted(graph().tests_of([changed])) == [f"tests/test_{name}.py" for name in tests]


def test_suspects_stand_in_the_order_of_their_distance() -> None:
    items = [Item(key=path, paths=(path,), label=path) for path in FILES]
    report = {
        "tests/test_shop.py::test_a": "tests/test_shop.py:3: in test_a\n/tree/src/calc/shop.py:4: ZeroDivisionError"
    }
    ordered, ends = by_suspicion(items, report, ["tests/test_shop.py"], graph(), [""], "/tree")
    assert [item.key for item in ordered] == [
        *("src/calc/shop.py", "tests/test_shop.py"),  # they stand in the report
        *("src/calc/__init__.py", "src/calc/core.py", "tests/conftest.py"),  # imported by those
        "src/calc/other.py",  # through the conftest
        *("tests/test_core.py", "tests/test_none.py"),
    ]
    assert ends == [2, 5]


# ---- verdicts ----------------------------------------------------------------------------------

PASSED, FAILED = Result(state="passed"), Result(state="failed", text="why")
BASE = Ran(
    code=0, per_test=True, complete=True, tests={"t.py::a": PASSED, "t.py::b[1]": PASSED, "t.py::b[2]": PASSED}
)


def failing(tests: Mapping[str, Result], touched: tuple[str, ...] = (), **rest: object) -> list[str]:
    ran = replace(BASE, tests=tests, **rest)  # type: ignore[arg-type]
    return sorted(judge(ran, BASE, ["t.py::aside"], touched).failures)


def test_what_is_a_new_failure() -> None:
    rest = {"t.py::b[1]": PASSED, "t.py::b[2]": PASSED}
    assert failing({**rest, "t.py::a": PASSED}) == []
    assert failing({**rest, "t.py::a": FAILED}, code=1) == ["t.py::a"]
    assert failing({**rest, "t.py::a": PASSED, "t.py::aside": FAILED}, code=1) == []
    assert failing({**rest, "t.py::a": PASSED, "t.py::new": FAILED}, code=1) == ["t.py::new"]
    assert failing({**rest, "t.py::a": PASSED}, code=1) == ["(the command)"]
    assert failing(rest) == ["t.py::a"]
    assert failing(rest, ("t.py",)) == []
    assert failing({"t.py::a": PASSED, "t.py::b[x]": PASSED, "t.py::b[y]": PASSED}) == []
    assert failing({"t.py::a": PASSED, "t.py::b[x]": PASSED}) == ["t.py::b"]
    assert failing({"t.py::a": PASSED}, complete=False, running=("t.py::b[1]",), code=139) == ["t.py::b[1]"]


def test_a_skip_is_taken_as_meant_only_where_the_changed_file_says_so() -> None:
    rest = {"t.py::b[1]": PASSED, "t.py::b[2]": PASSED}
    marked = Result(state="skipped", text="slow", early=True)
    within = Result(state="skipped", text="could not import 'calc'")
    assert failing({**rest, "t.py::a": marked}) == ["t.py::a"]
    assert failing({**rest, "t.py::a": marked}, ("t.py",)) == []
    assert failing({**rest, "t.py::a": within}, ("t.py",)) == ["t.py::a"]
    assert failing({}, ("t.py",), files={"t.py": Result(state="skipped")}) == ["t.py"]


# ---- memory ------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "lib/site-packages"
    (folder / "calc-1.0.dist-info").mkdir(parents=True)
    (tmp_path / "python").touch()
    return folder


def known(place: Path) -> Ran:
    python = str(place.parent.parent / "python")
    return replace(BASE, pythons=frozenset({(python, "3.11", (str(place),))}))


def test_an_outcome_is_remembered_until_something_else_is_installed(place: Path, tmp_path: Path) -> None:
    remembered.keep(tmp_path, "key", known(place), frozenset({"green"}))
    found = remembered.recall(tmp_path, "key")
    assert found is not None
    assert (found.base, found.green) == (known(place), {"green"})
    assert remembered.recall(tmp_path, "other") is None
    (place / "more-2.0.dist-info").mkdir()
    assert remembered.recall(tmp_path, "key") is None


def test_an_outcome_is_not_remembered_for_ever(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered.keep(tmp_path, "key", known(place))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    assert remembered.recall(tmp_path, "key") is None


def test_an_outcome_of_another_hand_is_not_believed(place: Path, tmp_path: Path) -> None:
    remembered.keep(tmp_path, "key", known(place))
    kept = tmp_path / "verify/key"
    (tmp_path / "verify/copied").write_bytes(kept.read_bytes())
    assert remembered.recall(tmp_path, "copied") is None
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    assert remembered.recall(tmp_path, "key") is None


def test_nothing_is_remembered_of_a_command_whose_python_nobody_saw(tmp_path: Path) -> None:
    remembered.keep(tmp_path, "key", replace(BASE, pythons=frozenset()))
    assert not (tmp_path / "verify").exists()


def test_the_oldest_outcomes_go(place: Path, tmp_path: Path) -> None:
    for number in range(25):
        remembered.keep(tmp_path, f"key{number}", known(place))
    assert len(list((tmp_path / "verify").iterdir())) == 20
    assert remembered.recall(tmp_path, "key24") is not None
